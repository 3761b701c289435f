"""An upload's record, written step by step as it changes, is the same when it is put together again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord, UploadTrouble
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record, shown_state, verified_at
from powerstream_desktop.service.store.store_faults import DamagedStoreError
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import NOW, opened

MIB = 1024 * 1024
BEGUN = UploadRecord(asset_id="replay-one", suffix=".mp4")
HASHED = replace(
    BEGUN,
    state=UploadState.SENDING,
    key="vod/replay-one/x.mp4",
    size_bytes=20 * MIB,
    mark="1-2-3",
    sha256="ab" * 32,
    part_bytes=8 * MIB,
    part_sha256s=("aa" * 32, "bb" * 32, "cc" * 32),
    upload_id="u1",
)


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        yield tables


def receipt(number: int, etag: str = "e") -> PartReceipt:
    return PartReceipt(number=number, etag=f"{etag}{number}", checksum=None)


def test_each_step_is_read_as_it_was_kept(tables: Tables) -> None:
    trouble = UploadTrouble(code="unreachable", sentence="It is away.", remedy="Wait.")
    steps = [
        BEGUN,
        HASHED,
        replace(HASHED, receipts=(receipt(1),)),
        replace(HASHED, receipts=(receipt(1), receipt(2))),
        replace(HASHED, state=UploadState.FAILED, receipts=(receipt(1), receipt(2)), trouble=trouble),
        replace(HASHED, receipts=(receipt(2, "other"),)),
        replace(HASHED, receipts=()),
        replace(BEGUN, state=UploadState.HASHING),
    ]
    before = None
    for step in steps:
        keep_record(tables, before, step, NOW)
        before = step
        assert read_record(tables, "replay-one") == step
    assert read_record(tables, "replay-two") is None


def test_a_step_that_is_kept_without_the_one_before_leaves_nothing_of_it(tables: Tables) -> None:
    keep_record(tables, None, replace(HASHED, receipts=(receipt(1), receipt(2))), NOW)
    anew = replace(HASHED, receipts=(receipt(3),))
    keep_record(tables, None, anew, NOW)
    assert read_record(tables, "replay-one") == anew


def test_a_part_that_is_sent_is_all_that_is_written_of_the_parts(tables: Tables) -> None:
    one = replace(HASHED, receipts=(receipt(1),))
    keep_record(tables, None, one, NOW)
    upload = keep_record(tables, one, replace(one, receipts=(receipt(1), receipt(2))), NOW)
    assert "etag" not in upload.record.replace('"etag":""', "")
    assert "bb" * 32 not in upload.record
    assert sorted(tables.uploads.parts("replay-one")) == [1, 2]
    assert upload.bytes_done == 16 * MIB


def test_every_state_is_shown(tables: Tables) -> None:
    for state in UploadState:
        record = replace(HASHED, state=state)
        upload = keep_record(tables, None, record, NOW)
        assert (upload.state, upload.life) == (shown_state(record), state.value)


@pytest.mark.parametrize("damage", ["{", "[]", '{"asset_id":"x"}'])
def test_a_record_that_was_not_written_so_is_a_damage(tables: Tables, damage: str) -> None:
    tables.uploads.put(replace(keep_record(tables, None, HASHED, NOW), record=damage))
    with pytest.raises(DamagedStoreError):
        read_record(tables, "replay-one")


def test_hashes_that_were_not_written_so_are_a_damage(tables: Tables) -> None:
    keep_record(tables, None, HASHED, NOW)
    tables.uploads.keep_hashes("replay-one", "[1")
    with pytest.raises(DamagedStoreError):
        read_record(tables, "replay-one")


def test_when_a_copy_was_verified_is_not_known_where_its_row_cannot_be_read(tables: Tables) -> None:
    proven = replace(HASHED, state=UploadState.VERIFIED, verified_at_ms=1000, level=1)
    kept = keep_record(tables, None, proven, NOW)
    found = verified_at(kept)
    assert found is not None
    assert found.timestamp() == 1
    assert verified_at(replace(kept, record="{")) is None
