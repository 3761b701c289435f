"""Passes of several computers over one store (V15-V22, V30, V31, V33)."""

from __future__ import annotations

import asyncio
import tracemalloc
from dataclasses import replace

import pytest

from powerstream_desktop.cloud.manifests.manifest import MAX_REVISION
from powerstream_desktop.cloud.manifests.manifest_words import write_manifest
from powerstream_desktop.cloud.manifests.object_keys import manifest_key
from powerstream_desktop.cloud.manifests.pass_plan import QuestionKind
from tests.unit.cloud.manifests.replays import MINUTE_MS, YEAR_MS, film
from tests.unit.cloud.manifests.station import Station, names
from tests.unit.cloud.manifests.world import Computer, KilledError


def test_a_replay_of_one_computer_appears_on_the_other_and_its_edit_comes_back(station: Station) -> None:
    station.record(station.studio, "A1")
    station.sync(station.studio)
    assert station.sync(station.laptop).added == ("A1",)
    station.change(station.laptop, "A1", title="Finale")
    station.sync(station.laptop)
    assert station.sync(station.studio).changed == ("A1",)
    assert station.at(station.studio, "A1").title.value == "Finale"
    assert station.there("A1").revision == 3


def test_a_pass_without_news_reads_and_writes_no_manifest(station: Station) -> None:
    station.share(*names(7))
    reads, writes = station.bucket.reads, station.bucket.writes
    for computer in (station.studio, station.laptop):
        outcome = station.sync(computer)
        assert outcome.finished_ms == station.bucket.now_ms
    assert (station.bucket.reads, station.bucket.writes) == (reads, writes)


@pytest.mark.parametrize("is_conditional", [True, False])
def test_two_computers_that_write_at_once_lose_nothing(station: Station, is_conditional: bool) -> None:
    station.bucket.is_conditional = is_conditional
    station.share("A1")
    station.change(station.studio, "A1", title="Here")
    station.change(station.laptop, "A1", title="There", description="Both")

    async def both() -> None:
        await asyncio.gather(station.studio.sync(), station.laptop.sync())

    station.loop.run_until_complete(both())
    for _ in range(2):
        station.sync(station.studio)
        station.sync(station.laptop)
    assert station.at(station.studio, "A1") == station.at(station.laptop, "A1") == station.there("A1")
    assert station.there("A1").title.value == "There"
    assert station.there("A1").description.value == "Both"
    assert [each.text for each in station.there("A1").lost] == ["Here"]
    assert {each.text for _, each in station.studio.history} == {"Here"}
    assert {each.text for _, each in station.laptop.history} == {"Here"}


def test_two_computers_with_the_same_file_make_one_replay_of_it(station: Station) -> None:
    for computer in (station.studio, station.laptop):
        station.record(computer, "A1")
        station.change(computer, "A1", media=film())
        station.sync(computer)
    station.sync(station.studio)
    assert station.at(station.studio, "A1") == station.at(station.laptop, "A1")
    assert station.there("A1").file_in_store == film()
    assert station.there("A1").lost == ()


def test_who_is_beaten_five_times_goes_on_in_the_next_pass(station: Station) -> None:
    station.share("A1")
    station.change(station.studio, "A1", description="Mine")
    beaten = iter(range(100))
    write = station.studio.write

    async def too_late(key: str, data: bytes, *, if_match: str | None) -> str | None:
        station.change(station.laptop, "A1", duration_ms=next(beaten) + 1)
        await station.laptop.sync()
        return await write(key, data, if_match=if_match)

    station.studio.write = too_late  # type: ignore[method-assign]
    assert station.sync(station.studio).unwritten == ("A1",)
    assert next(beaten) == 5
    station.studio.write = write  # type: ignore[method-assign]
    assert station.sync(station.studio).unwritten == ()
    assert station.there("A1").description.value == "Mine"


def test_what_is_written_while_a_pass_runs_is_not_taken_for_published(station: Station) -> None:
    station.share("A1")
    for at in range(1, 14):
        station.change(station.studio, "A1", title=f"Before {at}")

        def meanwhile(operation: int, at: int = at) -> None:
            if operation == at:
                station.change(station.studio, "A1", title=f"Meanwhile {at}")

        station.studio.meanwhile = meanwhile
        station.sync(station.studio)
        station.studio.meanwhile = lambda _operation: None
        station.sync(station.studio)
        title = station.at(station.studio, "A1").title.value
        assert station.there("A1").title.value == title
        assert title.startswith("Meanwhile") or at > 7


@pytest.mark.parametrize("is_done_before", [True, False])
def test_a_pass_that_is_killed_anywhere_is_made_good_by_the_next(
    station: Station, is_done_before: bool
) -> None:
    station.share(*names(3))
    for at in range(1, 60):
        station.change(station.studio, "A0", title=f"Title {at}")
        station.change(station.laptop, "A1", description=f"Text {at}")
        station.sync(station.laptop)
        station.studio.killed_at = (at, is_done_before)
        try:
            station.sync(station.studio)
            break
        except KilledError:
            station.studio.killed_at = None
        writes = station.bucket.writes
        station.sync(station.studio)
        assert station.bucket.writes - writes <= 1
        assert station.there("A0").title.value == f"Title {at}"
        assert station.at(station.studio, "A1").description.value == f"Text {at}"
        station.sync(station.laptop)
    assert at > 10
    assert station.there("A0").lost == ()
    assert station.studio.history == station.laptop.history == set()


def test_many_changes_from_elsewhere_wait_for_a_yes_and_the_rest_goes_on(station: Station) -> None:
    station.share(*names(20))
    for name in names(7):
        station.change(station.studio, name, title="Renamed by mistake")
    station.record(station.studio, "fresh")
    station.sync(station.studio)
    outcome = station.sync(station.laptop)
    (question,) = outcome.questions
    assert (question.kind, len(question.asset_ids)) == (QuestionKind.MANY_CHANGES, 7)
    assert (outcome.added, outcome.changed) == (("fresh",), ())
    assert station.at(station.laptop, "A0").title.value == "Show"
    agreed = station.sync(station.laptop, many_changes=frozenset(question.asset_ids))
    assert len(agreed.changed) == 7
    assert station.at(station.laptop, "A0").title.value == "Renamed by mistake"


def test_two_of_a_few_replays_may_be_renamed_elsewhere_without_a_question(station: Station) -> None:
    station.share(*names(4))
    for name in names(2):
        station.change(station.studio, name, title="Renamed")
    station.sync(station.studio)
    outcome = station.sync(station.laptop)
    assert (outcome.questions, set(outcome.changed)) == ((), set(names(2)))


def test_a_yes_is_carried_out_although_more_has_come_to_ask_about(station: Station) -> None:
    station.share(*names(20))
    for name in names(7):
        station.change(station.studio, name, title="First")
    station.sync(station.studio)
    (question,) = station.sync(station.laptop).questions
    for name in names(14)[7:]:
        station.change(station.studio, name, title="Second")
    station.sync(station.studio)
    outcome = station.sync(station.laptop, many_changes=frozenset(question.asset_ids))
    assert set(outcome.changed) == set(names(7))
    assert [set(each.asset_ids) for each in outcome.questions] == [set(names(14)[7:])]


def test_changes_that_wait_for_a_yes_do_not_fill_the_memory(station: Station) -> None:
    station.share(*names(200))
    for name in names(200):
        station.change(station.studio, name, description=f"{name} {'😀' * 4_900}")
    for name in names(200):
        station.change(station.studio, name, title="Renamed")
    station.sync(station.studio)
    tracemalloc.start()
    try:
        outcome = station.sync(station.laptop)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (question,) = outcome.questions
    assert len(question.asset_ids) == 200
    assert peak_bytes < 2_500_000


# --- what is lost, foreign or wrong ---------------------------------------------------------------------------------


def test_yesterdays_database_loses_nothing_of_what_came_since(station: Station) -> None:
    station.share(*names(12))
    yesterday = dict(station.laptop.rows)
    station.change(station.laptop, "A1", title="Since then")
    station.sync(station.laptop)
    station.change(station.studio, "A2", title="By the studio")
    station.record(station.studio, "fresh")
    station.sync(station.studio)
    station.laptop.rows = yesterday
    outcome = station.sync(station.laptop)
    assert outcome.needs_new_device
    assert station.at(station.laptop, "A1").title.value == "Since then"
    assert station.at(station.laptop, "A2").title.value == "By the studio"
    assert set(station.laptop.rows) == {*names(12), "fresh"}
    assert not station.sync(station.laptop).needs_new_device


def test_a_lost_database_comes_back_from_files_and_the_store_with_the_newer_titles(station: Station) -> None:
    station.share(*names(12))
    station.change(station.studio, "A1", title="Renamed since")
    station.delete(station.studio, "A2")
    station.sync(station.studio)
    station.laptop = Computer(station.bucket, "laptop01", "Laptop")
    station.record(station.laptop, *names(11))
    station.sync(station.laptop)
    station.sync(station.studio)
    assert station.at(station.laptop, "A1").title.value == "Renamed since"
    assert station.at(station.laptop, "A2").is_deleted
    assert set(station.laptop.rows) == set(names(12))
    for name in names(12):
        assert station.at(station.laptop, name) == station.at(station.studio, name)


def test_a_clock_ten_years_ahead_wins_once_at_most(station: Station) -> None:
    station.share("A1")
    station.laptop.clock_error_ms = 10 * YEAR_MS
    station.laptop.knows_the_time = False
    station.change(station.laptop, "A1", title="From the future")
    station.sync(station.laptop)
    station.sync(station.studio)
    assert station.there("A1").seen.newest is not None
    assert station.there("A1").seen.newest.wall_ms <= station.bucket.now_ms + 5 * MINUTE_MS  # type: ignore[union-attr]
    station.bucket.now_ms += 6 * MINUTE_MS
    station.change(station.studio, "A1", title="Later")
    station.change(station.laptop, "A1", description="Also later")
    station.sync(station.studio)
    station.sync(station.laptop)
    assert station.there("A1").title.value == "Later"


@pytest.mark.parametrize(
    "text", [b"{}", b"not json", b"[" * 5000, b'{"format":"powerstream-manifest","version":2}']
)
def test_what_is_no_manifest_is_left_alone_told_of_and_not_read_again(station: Station, text: bytes) -> None:
    station.share("A1", "A2")
    etag = station.bucket.put(manifest_key("A1"), text)
    station.bucket.put("manifests/../../A1.json", text)
    station.change(station.studio, "A1", title="Unsaid")
    station.change(station.studio, "A2", title="Said")
    outcome = station.sync(station.studio)
    assert outcome.refused == {"A1": etag}
    assert station.bucket.objects[manifest_key("A1")][0] == text
    assert station.there("A2").title.value == "Said"
    reads = station.bucket.reads
    assert station.sync(station.studio).refused == {"A1": etag}
    assert station.bucket.reads == reads
    station.bucket.put(manifest_key("A1"), write_manifest(station.at(station.laptop, "A1")))
    assert station.sync(station.studio).refused == {}
    assert station.there("A1").title.value == "Unsaid"


def test_a_manifest_of_another_replay_and_one_without_end_are_refused(station: Station) -> None:
    station.share("A1")
    station.bucket.put(manifest_key("A9"), write_manifest(station.there("A1")))
    station.bucket.put(manifest_key("A8"), b" " * (5 * 1024 * 1024))
    reads = station.bucket.reads
    assert set(station.sync(station.studio).refused) == {"A8", "A9"}
    assert station.bucket.reads == reads + 1
    assert set(station.studio.rows) == {"A1"}


def test_a_revision_that_cannot_grow_keeps_no_edit_back(station: Station) -> None:
    station.share("A1", "A2")
    last = replace(station.there("A1"), revision=MAX_REVISION)
    station.bucket.put(manifest_key("A1"), write_manifest(last))
    for name in ("A1", "A2"):
        station.change(station.studio, name, title="Said all the same")
    station.sync(station.studio)
    assert {station.there(name).title.value for name in ("A1", "A2")} == {"Said all the same"}
    assert station.there("A1").revision == MAX_REVISION


def test_a_pass_fails_with_the_stores_own_trouble_and_goes_on_later(station: Station) -> None:
    station.share(*names(30))
    for name in names(30):
        station.change(station.studio, name, duration_ms=5)
    station.studio.killed_at = (60, True)
    with pytest.raises(KilledError):
        station.sync(station.studio)
    station.studio.killed_at = None
    done = station.bucket.writes
    station.sync(station.studio)
    assert station.bucket.writes - done < 30
    assert all(station.there(name).duration_ms.value == 5 for name in names(30))
