"""Uploads and what is known of the bucket, as they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.service.store.cloud_notes import MAX_LOST_TEXTS, CloudFact, KeptManifest, LostText
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import CopyWish, Upload, UploadState, UploadTrouble
from tests.unit.service.store.rows import NOW, asset, later, opened


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        yield tables


def upload(asset_id: str = "as1", state: UploadState = UploadState.WAITING, rank: int = 1) -> Upload:
    return Upload(asset_id=asset_id, state=state, rank=rank, changed_at=NOW)


def test_an_upload_is_replaced_as_it_goes_on_and_outlives_its_replay(tables: Tables) -> None:
    tables.assets.put(asset())
    waiting = replace(upload(), bytes_total=2**40, record='{"a":1}')
    tables.uploads.put(waiting)
    going = replace(
        waiting,
        state=UploadState.FAILED,
        bytes_done=2**39,
        trouble=UploadTrouble(code="slow", sentence="Slow.", remedy="Wait."),
        was_file="/x/a.mp4",
        changed_at=later(1),
    )
    tables.uploads.put(going)
    assert tables.uploads.of_assets(["as1", "other"]) == {"as1": going}
    tables.assets.remove("as1")
    assert tables.uploads.get("as1") == going
    tables.uploads.remove("as1")
    assert tables.uploads.get("as1") is None


def test_parts_and_hashes_stay_while_the_upload_is_written_anew_and_go_with_it(tables: Tables) -> None:
    tables.uploads.put(upload())
    tables.uploads.keep_hashes("as1", '["aa"]')
    tables.uploads.keep_parts("as1", {2: "two", 1: "one"})
    tables.uploads.put(replace(upload(), bytes_done=5))
    tables.uploads.keep_parts("as1", {3: "three", 1: "again"})
    assert tables.uploads.parts("as1") == {1: "again", 2: "two", 3: "three"}
    tables.uploads.forget_parts("as1", (2, 3))
    assert (tables.uploads.parts("as1"), tables.uploads.hashes("as1")) == ({1: "again"}, '["aa"]')
    tables.uploads.remove("as1")
    assert (tables.uploads.parts("as1"), tables.uploads.hashes("as1")) == ({}, "")


def test_the_queue_is_in_the_order_of_ranks_and_anybody_can_be_put_first(tables: Tables) -> None:
    for asset_id in ("as1", "as2", "as3"):
        tables.uploads.put(upload(asset_id, rank=tables.uploads.next_rank()))
    tables.uploads.put(upload("as3", rank=tables.uploads.first_rank()))
    assert [each.asset_id for each in tables.uploads.all()] == ["as3", "as1", "as2"]


def test_uploads_are_found_by_where_they_are_in_their_lives(tables: Tables) -> None:
    for number, life in enumerate(("sending", "verified", "waiting", "sending")):
        tables.uploads.put(replace(upload(f"as{number}", rank=-number), life=life))
    tables.uploads.put(replace(upload("as9", UploadState.EVICTED), life="evicted"))
    assert [each.asset_id for each in tables.uploads.living(("sending", "waiting"))] == ["as3", "as2", "as0"]
    tables.uploads.remove_all_but((UploadState.EVICTED,))
    assert [each.asset_id for each in tables.uploads.all()] == ["as9"]


def test_uploads_are_counted_of_replays_that_are_in_the_library(tables: Tables) -> None:
    for number, state in enumerate((UploadState.SYNCED, UploadState.SYNCED, UploadState.EVICTED)):
        tables.assets.put(asset(f"as{number}"))
        tables.uploads.put(upload(f"as{number}", state))
    assert tables.uploads.counts() == {UploadState.SYNCED: 2, UploadState.EVICTED: 1}
    tables.asset_bin.put("as0", "token", 1)
    tables.assets.remove("as2")
    assert tables.uploads.counts() == {UploadState.SYNCED: 1}


def test_what_is_wanted_of_copies_is_done_in_the_order_in_which_it_was_asked(tables: Tables) -> None:
    assert tables.uploads.first_wanted() is None
    for asset_id, wanted in (("as1", None), ("as2", CopyWish.EVICT), ("as3", CopyWish.DOWNLOAD)):
        tables.uploads.put(replace(upload(asset_id, rank=tables.uploads.next_rank()), wanted=wanted))
    first = tables.uploads.first_wanted()
    assert first is not None
    assert (first.asset_id, first.wanted) == ("as2", CopyWish.EVICT)
    tables.uploads.put(replace(first, wanted=None))
    then = tables.uploads.first_wanted()
    assert then is not None
    assert (then.asset_id, then.wanted) == ("as3", CopyWish.DOWNLOAD)


def test_what_is_left_to_send_is_counted(tables: Tables) -> None:
    for number, (life, done) in enumerate((("sending", 3), ("waiting", 0), ("verified", 0), ("sending", 11))):
        tables.uploads.put(replace(upload(f"as{number}"), life=life, bytes_done=done, bytes_total=10))
    assert tables.uploads.left(("sending", "waiting")) == (3, 17)
    assert tables.uploads.left(("failed",)) == (0, 0)


def test_only_what_was_verified_counts_as_copied(tables: Tables) -> None:
    for number, state in enumerate(UploadState):
        tables.uploads.put(upload(f"as{number}", state))
    assert tables.uploads.copied() == {f"as{list(UploadState).index(UploadState.SYNCED)}"}


def test_a_fact_is_replaced_and_forgotten(tables: Tables) -> None:
    assert tables.cloud.fact(CloudFact.DEVICE_ID) is None
    for value in ("a", "b"):
        tables.cloud.keep_fact(CloudFact.DEVICE_ID, value)
    assert tables.cloud.fact(CloudFact.DEVICE_ID) == "b"
    tables.cloud.keep_fact(CloudFact.DEVICE_ID, None)
    assert tables.cloud.fact(CloudFact.DEVICE_ID) is None


def test_manifests_are_kept_until_another_store_is_used(tables: Tables) -> None:
    first = KeptManifest(asset_id="as1", manifest="{}")
    tables.cloud.put_manifest(first)
    assert tables.cloud.manifest("as1") == first
    agreed = replace(first, etag="e1", published="[]", is_ahead=False, is_deleted=True, is_purged=True)
    tables.cloud.put_manifest(agreed)
    assert tables.cloud.manifest("as1") == agreed
    assert tables.cloud.manifests() == {"as1": replace(agreed, manifest="", published="")}
    tables.cloud.put_manifest(replace(first, asset_id="as2"))
    tables.cloud.forget_manifest("as2")
    assert tables.cloud.manifest("as2") is None
    tables.cloud.forget_manifests()
    assert tables.cloud.manifest("as1") is None


def test_lost_texts_are_listed_the_newest_first_and_the_oldest_of_many_are_forgotten(tables: Tables) -> None:
    for number in range(MAX_LOST_TEXTS + 2):
        tables.cloud.add_lost_text(
            LostText(
                asset_id="as1",
                field="title",
                value=f"Title {number}",
                device="PC",
                written_at=NOW,
                lost_at=later(number),
            )
        )
    tables.cloud.add_lost_text(replace(tables.cloud.lost_texts("as1")[0], lost_at=NOW))
    texts = tables.cloud.lost_texts("as1")
    assert len(texts) == MAX_LOST_TEXTS
    assert (texts[0].value, texts[-1].value) == (f"Title {MAX_LOST_TEXTS + 1}", "Title 2")
    assert tables.cloud.lost_text("as1", texts[0].number) == texts[0]
    for asset_id, number in (("as1", 1), ("as2", texts[0].number)):
        with pytest.raises(UnknownRecordError):
            tables.cloud.lost_text(asset_id, number)
