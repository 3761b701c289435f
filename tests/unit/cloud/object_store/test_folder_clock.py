"""The clock of a folder's disk counts, and not that of the computer that looks: one that is wrong takes nothing from others (V17, V26)."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.folder_clock import TRUSTED_S
from powerstream_desktop.cloud.object_store.folder_store import OURS, FolderStore
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreKind

MONTH_S = 30 * 24 * 3600.0


def opened(folder: Path, ahead_s: float = 0.0) -> FolderStore:
    """Open the store at a computer whose clock is ahead."""
    config = StoreConfig(kind=StoreKind.FOLDER, folder=folder)
    return FolderStore(config, wall=lambda: time.time() + ahead_s)


@pytest.mark.parametrize("look", [lambda store: list(store.list("")), lambda store: list(store.pending(""))])
@pytest.mark.parametrize("ahead_s", [MONTH_S, -MONTH_S])
def test_how_far_the_disks_clock_is_ahead_is_known_after_a_listing_and_nothing_is_left_of_the_look(
    tmp_path: Path, ahead_s: float, look: Callable[[FolderStore], object]
) -> None:
    store = opened(tmp_path, ahead_s)
    assert store.clock_offset_s == 0.0
    look(store)
    assert store.clock_offset_s == pytest.approx(-ahead_s, abs=TRUSTED_S)
    assert list((tmp_path / OURS / "aside").iterdir()) == []
    assert list(store.list("")) == []


def test_a_clock_that_goes_right_is_left_alone(tmp_path: Path) -> None:
    store = opened(tmp_path, TRUSTED_S / 2)
    list(store.pending(""))
    assert store.clock_offset_s == 0.0


def test_a_computer_whose_clock_is_a_month_ahead_removes_nothing_that_another_is_just_writing(
    tmp_path: Path,
) -> None:
    other = opened(tmp_path)
    upload_id = other.create_upload("vod/somebody/film.mp4", content_type="video/mp4", metadata={})
    aside = tmp_path / OURS / "aside" / "theirs.part"
    aside.parent.mkdir()
    aside.write_bytes(b"being written")
    half = tmp_path / OURS / "uploads" / ("0" * len(upload_id))
    half.mkdir()  # what it has begun, and not told of yet
    assert [each.upload_id for each in opened(tmp_path, MONTH_S).pending("")] == [upload_id]
    assert (aside.exists(), half.exists()) == (True, True)
