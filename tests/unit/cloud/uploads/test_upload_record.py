"""Records of uploads: what is kept comes back, and the change of a step is all that has to be written."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from powerstream_desktop.cloud.uploads.record_changes import apply_change, change_between, head_of
from powerstream_desktop.cloud.uploads.upload_record import (
    UploadRecord,
    UploadTrouble,
    record_from_words,
    record_to_words,
)
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.common.errors import BugError, SystemFault
from powerstream_desktop.common.frozen_json import MalformedError
from tests.unit.cloud.uploads.records import ASSET_ID, NEW, PART_BYTES, film, hashed, receipts


def test_a_record_comes_back_from_its_words() -> None:
    record = hashed(
        film(3 * PART_BYTES), upload_id="u", trouble=UploadTrouble(code="c", sentence="s", remedy="r")
    )
    record = dataclasses.replace(record, receipts=receipts(record, 2, 1), verified_at_ms=5, level=1)
    assert record_from_words(json.loads(json.dumps(record_to_words(record)))) == record


@pytest.mark.parametrize(
    "wrong",
    [
        {"asset_id": "../../etc"},
        {"suffix": "mp4"},
        {"suffix": "./a"},
        {"sha256": "abc"},
        {"part_sha256s": ["0" * 64]},
        {"size_bytes": -1},
        {"level": 4},
        {"attempt": -1},
        {"key": "k" * 3000},
        {"unknown": 1},
    ],
)
def test_a_record_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    words = record_to_words(hashed(film(3 * PART_BYTES)))
    with pytest.raises(MalformedError):
        record_from_words(words | wrong)


def test_an_impossible_event_is_a_bug() -> None:
    with pytest.raises(BugError):
        NEW.after(UploadEvent.PROVEN)


def test_an_upload_has_sent_what_its_receipts_say_and_all_when_it_is_complete() -> None:
    record = hashed(film(3 * PART_BYTES - 1))
    assert record.sent_bytes == 0
    sent = dataclasses.replace(record, state=UploadState.SENDING, receipts=receipts(record, 3, 1))
    assert sent.sent_bytes == 2 * PART_BYTES - 1
    assert dataclasses.replace(record, state=UploadState.VERIFIED).sent_bytes == 3 * PART_BYTES - 1


def test_the_change_of_a_part_holds_that_part_only() -> None:
    before = dataclasses.replace(hashed(film(3 * PART_BYTES)), state=UploadState.SENDING)
    before = dataclasses.replace(before, receipts=receipts(before, 2))
    after = dataclasses.replace(before, receipts=receipts(before, 2, 1))
    change = change_between(before, after)
    assert change.part_sha256s is None
    assert change.receipts == receipts(before, 1)
    assert not change.is_anew
    assert apply_change(before, change) == after


def test_a_change_that_drops_receipts_says_so() -> None:
    record = hashed(film(3 * PART_BYTES))
    before = dataclasses.replace(record, receipts=receipts(record, 1, 2))
    after = dataclasses.replace(record, receipts=receipts(record, 2))
    change = change_between(before, after)
    assert change.is_anew
    assert apply_change(before, change) == after


def test_the_change_of_a_reading_holds_the_hashes_of_the_parts() -> None:
    after = hashed(film(3 * PART_BYTES))
    change = change_between(NEW, after)
    assert change.part_sha256s == after.part_sha256s
    assert change.head == head_of(after)
    assert apply_change(NEW, change) == after


def test_a_replay_of_another_machine_is_one_without_a_file() -> None:
    record = UploadRecord.of_cloud(
        asset_id=ASSET_ID, key=f"vod/{ASSET_ID}/ab.mkv", size_bytes=7, sha256="0" * 64
    )
    assert record.state is UploadState.EVICTED
    assert record.suffix == ".mkv"
    assert record_from_words(record_to_words(record)) == record


def test_a_trouble_is_kept_in_its_words_for_people() -> None:
    trouble = UploadTrouble.of(SystemFault("The disk is gone.", hint="Plug it in.", detail="EIO /home/me"))
    assert trouble == UploadTrouble(code="system", sentence="The disk is gone.", remedy="Plug it in.")
