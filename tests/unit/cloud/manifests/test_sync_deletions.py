"""Deletions that several computers hear of, and stores in which something is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

import pytest

from powerstream_desktop.cloud.manifests.edits import brought_back
from powerstream_desktop.cloud.manifests.kept_manifests import Listed
from powerstream_desktop.cloud.manifests.manifest_words import write_manifest
from powerstream_desktop.cloud.manifests.object_keys import manifest_key
from powerstream_desktop.cloud.manifests.pass_plan import QuestionKind
from powerstream_desktop.cloud.uploads.object_keys import MANIFESTS
from powerstream_desktop.common.errors import BugError
from tests.unit.cloud.manifests.replays import DAY_MS
from tests.unit.cloud.manifests.station import Station, names
from tests.unit.cloud.manifests.world import Bucket


def test_a_deletion_arrives_and_an_edit_that_knew_nothing_of_it_brings_the_replay_back(
    station: Station,
) -> None:
    station.share("A1", "A2")
    station.delete(station.studio, "A1")
    station.delete(station.studio, "A2")
    station.change(station.laptop, "A2", title="Still good")
    station.sync(station.studio, many_deletions=frozenset({"A1", "A2"}))
    outcome = station.sync(station.laptop)
    assert (outcome.removed, outcome.came_back) == (("A1",), ("A2",))
    assert station.sync(station.studio).came_back == ("A2",)
    assert station.at(station.studio, "A1").is_deleted
    assert station.at(station.studio, "A2").title.value == "Still good"


def test_a_month_after_a_deletion_the_objects_go_and_half_a_year_later_the_manifest(station: Station) -> None:
    station.share("A1", "A2")
    objects = station.bucket.objects
    for key in ("vod/A1/aa.mp4", "vod/A1/thumbnail.jpg", "vod/A2/bb.mp4"):
        objects[key] = (b"film", '"f"', station.bucket.now_ms)
    station.delete(station.studio, "A1")
    station.sync(station.studio)
    station.bucket.now_ms += 29 * DAY_MS
    station.sync(station.laptop)
    assert "vod/A1/aa.mp4" in objects
    station.bucket.now_ms += 2 * DAY_MS
    station.sync(station.laptop)
    assert sorted(objects) == ["manifests/A1.json", "manifests/A2.json", "vod/A2/bb.mp4"]
    assert station.there("A1").tombstone is not None
    for _ in range(2):
        station.bucket.now_ms += 101 * DAY_MS
        station.sync(station.studio)
    station.sync(station.laptop)
    assert sorted(objects) == ["manifests/A2.json", "vod/A2/bb.mp4"]
    assert set(station.studio.rows) == set(station.laptop.rows) == {"A2"}


def test_the_objects_of_a_replay_that_somebody_brings_back_at_that_very_moment_stay(station: Station) -> None:
    station.share("A1")
    station.bucket.objects["vod/A1/aa.mp4"] = (b"film", '"f"', station.bucket.now_ms)
    station.delete(station.studio, "A1")
    station.sync(station.studio)
    station.sync(station.laptop)
    station.bucket.now_ms += 31 * DAY_MS

    def meanwhile(operation: int) -> None:
        if operation == 4:  # the studio has listed the store and begins to clear
            back = brought_back(station.at(station.laptop, "A1"), station.laptop.author())
            station.bucket.put(manifest_key("A1"), write_manifest(back))

    station.studio.meanwhile = meanwhile
    station.sync(station.studio)
    assert "vod/A1/aa.mp4" in station.bucket.objects


class Told:
    """A listing that was written down before."""

    def __init__(self, *rows: Listed) -> None:
        self._batches: Iterator[Sequence[Listed]] = iter([rows])

    def __aiter__(self) -> AsyncIterator[Sequence[Listed]]:
        return self

    async def __anext__(self) -> Sequence[Listed]:
        for batch in self._batches:
            return batch
        raise StopAsyncIteration


def test_no_object_of_another_replay_is_removed_whatever_the_store_lists(station: Station) -> None:
    station.share("A1", "A2")
    station.bucket.objects["vod/A2/bb.mp4"] = (b"film", '"f"', station.bucket.now_ms)
    station.delete(station.studio, "A1")
    station.sync(station.studio)
    station.bucket.now_ms += 31 * DAY_MS
    truth, wrong = station.studio.list, Listed(key="vod/A2/bb.mp4", etag='"f"', size_bytes=4, changed_ms=0)
    station.studio.list = lambda prefix: truth(prefix) if prefix == MANIFESTS else Told(wrong)  # type: ignore[method-assign]
    with pytest.raises(BugError):
        station.sync(station.studio)
    assert "vod/A2/bb.mp4" in station.bucket.objects


def test_a_computer_that_was_away_for_200_days_deletes_nothing_of_what_it_deleted_then(
    station: Station,
) -> None:
    station.share("A1", "A2")
    station.delete(station.laptop, "A1")
    station.bucket.now_ms += 200 * DAY_MS
    station.sync(station.studio)
    outcome = station.sync(station.laptop)
    assert outcome.withdrawn == ("A1",)
    assert outcome.came_back == ("A1",)
    assert not station.there("A1").is_deleted
    assert not station.at(station.laptop, "A1").is_deleted
    assert not station.sync(station.studio).removed


def test_an_empty_store_deletes_nothing_and_gets_nothing_until_the_user_says_so(station: Station) -> None:
    station.share(*names(3))
    station.record(station.studio, "fresh")
    station.studio.bucket = Bucket()
    outcome = station.sync(station.studio)
    assert [each.kind for each in outcome.questions] == [QuestionKind.EMPTY_STORE]
    assert outcome.finished_ms is None
    assert station.studio.bucket.objects == {}
    assert set(station.studio.rows) == {*names(3), "fresh"}
    assert station.sync(station.studio, empty_store=frozenset(names(3))).questions == ()
    assert len(station.studio.bucket.objects) == 4


def test_a_manifest_that_is_gone_without_a_deletion_is_written_again(station: Station) -> None:
    station.share(*names(10))
    del station.bucket.objects[manifest_key("A3")]
    station.sync(station.laptop)
    assert station.there("A3").title.value == "Show"
    station.sync(station.studio)
    assert station.at(station.studio, "A3") == station.at(station.laptop, "A3") == station.there("A3")


def test_a_computer_with_an_empty_database_gets_everything_and_deletes_nothing(station: Station) -> None:
    station.share(*names(9))
    station.laptop.rows.clear()
    assert len(station.sync(station.laptop).added) == 9
    assert station.bucket.removed == []
