"""What is never uploaded (V07), what must never be broken (I1-I3), what objects are called, and by what a file is known again."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.uploads.file_mark import mark_of_file
from powerstream_desktop.cloud.uploads.invariants import (
    FRESH_MS,
    assert_delete_was_asked_for,
    assert_may_be_told,
    assert_may_give_up_file,
)
from powerstream_desktop.cloud.uploads.object_keys import content_type_of, media_key
from powerstream_desktop.cloud.uploads.refusals import (
    LEAST_FILE_BYTES,
    MOST_ZEROS_AT_END,
    refuse_by_end,
    refuse_by_look,
)
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD, UploadState
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from tests.unit.cloud.uploads.records import ASSET_ID, film, hashed

NOW_MS = 1_800_000_000_000
GOOD = Verdict(is_good=True, is_missing=False, level=2, why="", at_ms=NOW_MS - FRESH_MS, etag="e")
DONE = hashed(film(5000), state=UploadState.ACKNOWLEDGED, level=1, verified_at_ms=1)


@pytest.mark.parametrize(
    ("name", "size_bytes"),
    [("film.mp4", 0), ("film.mp4", LEAST_FILE_BYTES - 1), ("film.recording.mp4", 10**9)],
)
def test_what_holds_no_finished_film_is_refused(name: str, size_bytes: int) -> None:
    with pytest.raises(UserError, match=r"^film"):
        refuse_by_look(name, size_bytes)


def test_a_film_passes_that_is_just_large_enough_and_one_byte_less_does_not() -> None:
    for name in ("film.mp4", "a .recording of mine.mp4"):
        refuse_by_look(name, LEAST_FILE_BYTES)
        with pytest.raises(UserError):
            refuse_by_look(name, LEAST_FILE_BYTES - 1)


def test_a_film_may_end_in_as_many_empty_bytes_as_a_block_has_and_no_more() -> None:
    refuse_by_end("film.mp4", MOST_ZEROS_AT_END)
    with pytest.raises(UserError, match="empty bytes"):
        refuse_by_end("film.mp4", MOST_ZEROS_AT_END + 1)


def test_a_file_goes_when_all_holds() -> None:
    assert_may_give_up_file(DONE, GOOD, local_sha256=DONE.sha256, now_ms=NOW_MS)


@pytest.mark.parametrize(
    "verdict",
    [{"is_good": False}, {"level": 1}, {"at_ms": NOW_MS - FRESH_MS - 1}, {"at_ms": NOW_MS + 1}],
)
def test_a_file_stays_without_a_fresh_and_thorough_look_at_its_copy(verdict: dict[str, Any]) -> None:
    with pytest.raises(BugError) as refused:
        assert_may_give_up_file(
            DONE, dataclasses.replace(GOOD, **verdict), local_sha256=DONE.sha256, now_ms=NOW_MS
        )
    assert "I1" in refused.value.detail


@pytest.mark.parametrize("state", sorted(set(UploadState) - {UploadState.ACKNOWLEDGED}))
def test_a_file_stays_in_any_other_state(state: UploadState) -> None:
    with pytest.raises(BugError):
        assert_may_give_up_file(
            dataclasses.replace(DONE, state=state), GOOD, local_sha256=DONE.sha256, now_ms=NOW_MS
        )


@pytest.mark.parametrize("local_sha256", ["", "0" * 64])
def test_a_file_of_other_content_stays(local_sha256: str) -> None:
    with pytest.raises(BugError):
        assert_may_give_up_file(DONE, GOOD, local_sha256=local_sha256, now_ms=NOW_MS)


def test_only_objects_of_the_replay_that_was_named_are_deleted() -> None:
    for key in (f"p/vod/{ASSET_ID}/ab.mp4", f"p/manifests/{ASSET_ID}.json"):
        assert_delete_was_asked_for(key, prefix="p/", asset_id=ASSET_ID)
    for key in (
        f"vod/{ASSET_ID}/ab.mp4",
        "p/vod/another/ab.mp4",
        f"p/vod/{ASSET_ID}x/a",
        "p/manifests/x.json",
    ):
        with pytest.raises(BugError):
            assert_delete_was_asked_for(key, prefix="p/", asset_id=ASSET_ID)
    with pytest.raises(BugError):
        assert_delete_was_asked_for("vod//x", prefix="", asset_id="")


@pytest.mark.parametrize("state", UploadState)
def test_only_what_was_verified_is_told(state: UploadState) -> None:
    record = dataclasses.replace(DONE, state=state)
    if state in IN_THE_CLOUD:
        assert_may_be_told(record)
        with pytest.raises(BugError):
            assert_may_be_told(dataclasses.replace(record, level=0))
    else:
        with pytest.raises(BugError):
            assert_may_be_told(record)


def test_a_key_holds_the_content() -> None:
    assert (
        media_key("p/", ASSET_ID, "0123456789abcdef" * 4, ".mp4") == f"p/vod/{ASSET_ID}/0123456789abcdef.mp4"
    )
    assert content_type_of(".mkv") == "video/x-matroska"
    assert content_type_of(".xyz") == "application/octet-stream"


def test_a_file_is_known_again_until_it_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(b"film")
    mark = mark_of_file(file)
    assert mark_of_file(file) == mark
    os.utime(file, ns=(1, 1))
    assert mark_of_file(file) != mark


def test_a_file_that_is_gone_is_a_fault_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match=r"film\.mp4"):
        mark_of_file(tmp_path / "film.mp4")
