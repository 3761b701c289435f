"""The disk of a folder store: gone, empty, full, closed to us, with what a crash has left on it."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.object_store.folder_store import OURS
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from tests.unit.cloud.object_store.folder_films import (
    KEY,
    TEXT,
    begun,
    kind_of,
    opened,
    put_part,
)


def test_a_folder_that_is_gone_is_away_and_is_not_made(tmp_path: Path) -> None:
    store = opened(tmp_path / "disk")
    for ask in (lambda: store.head(KEY), lambda: list(store.list("")), lambda: store.put(KEY, b"", **TEXT)):
        with pytest.raises(StoreTrouble) as error:
            ask()
        assert kind_of(error) is TroubleCode.AWAY
    assert not (tmp_path / "disk").exists()


def test_a_tested_folder_that_is_empty_now_is_a_disk_that_is_away_and_not_an_empty_store(
    tmp_path: Path,
) -> None:
    store = opened(tmp_path, was_tested=True)
    for ask in (lambda: list(store.list("")), lambda: store.put(KEY, b"", **TEXT), lambda: store.delete(KEY)):
        with pytest.raises(StoreTrouble) as error:
            ask()
        assert kind_of(error) is TroubleCode.AWAY
        assert error.value.is_worth_retrying
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_goes_away_in_between_is_noticed(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    store = opened(disk)
    store.put(KEY, b"x", **TEXT)
    disk.rename(tmp_path / "unplugged")
    disk.mkdir()  # the empty place where it was mounted
    with pytest.raises(StoreTrouble) as error:
        store.head(KEY)
    assert kind_of(error) is TroubleCode.AWAY
    disk.rmdir()
    (tmp_path / "unplugged").rename(disk)
    assert store.head(KEY) is not None


def test_a_disk_that_goes_away_in_the_midst_of_a_listing_is_no_short_listing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    store = opened(disk)
    store.put(KEY, b"x", **TEXT)
    scandir = os.scandir

    def unplug(folder: Any) -> Any:
        if isinstance(folder, Path) and folder.name == "vod":
            disk.rename(tmp_path / "unplugged")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", unplug)
    with pytest.raises(StoreTrouble) as error:
        list(store.list(""))
    assert kind_of(error) is TroubleCode.AWAY


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(tmp_path)
    upload_id, _ = begun(store)

    def no_room(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    for ask in (lambda: put_part(store, upload_id, 3, b"x"), lambda: store.put("a", b"x", **TEXT)):
        with pytest.raises(StoreTrouble) as error:
            ask()
        assert kind_of(error) is TroubleCode.FULL
    monkeypatch.undo()
    assert [part.number for part in store.parts(KEY, upload_id)] == [1, 2]
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="needs a folder that is closed to us"
)
def test_a_folder_that_is_closed_to_us_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(StoreTrouble) as error:
        opened(tmp_path / "closed").put(KEY, b"x", **TEXT)
    assert kind_of(error) is TroubleCode.REFUSED


def test_what_a_crash_left_of_small_objects_is_removed_after_a_day(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.put(KEY, b"x", **TEXT)
    aside = tmp_path / OURS / "aside"
    old, new = aside / "old.part", aside / "new.part"
    old.write_bytes(b"x")
    new.write_bytes(b"x")
    os.utime(old, (time.time() - 90_000, time.time() - 90_000))
    assert list(store.pending("")) == []
    assert list(aside.iterdir()) == [new]


def test_an_upload_whose_removal_was_interrupted_is_removed_after_a_day(tmp_path: Path) -> None:
    store = opened(tmp_path)
    upload_id, _ = begun(store)
    folder = tmp_path / OURS / "uploads" / upload_id
    (folder / "about.json").unlink()
    assert list(store.pending("")) == []
    assert folder.is_dir()
    os.utime(folder, (time.time() - 90_000, time.time() - 90_000))
    assert list(store.pending("")) == []
    assert not folder.exists()


def test_what_is_not_ours_is_neither_listed_nor_touched(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.put(KEY, b"x", **TEXT)
    (tmp_path / "station" / "Holiday pictures.zip").write_bytes(b"mine")
    (tmp_path / "station" / ".DS_Store").write_bytes(b"theirs")
    (tmp_path / "station" / "vod" / "link.mp4").symlink_to("/etc/hostname")
    assert [each.key for each in store.list("")] == [KEY]
    assert store.head("station/vod/link.mp4") is None
    store.delete(KEY)
    assert (tmp_path / "station" / "Holiday pictures.zip").exists()
    assert (tmp_path / "station" / "vod" / "link.mp4").is_symlink()
