"""A file that is moved into the bin of a Linux desktop is found there by the desktop, and can be put back."""

from __future__ import annotations

import errno
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import unquote

import pytest

from powerstream_desktop.service.system_bin.freedesktop import FreedesktopBin, _trash_at
from powerstream_desktop.service.system_bin.macos import MacBin

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="user ids are POSIX")


def moment() -> datetime:
    return datetime(2026, 11, 23, 20, 0, 5)  # noqa: DTZ001 - the bin's notes have local time


def film(folder: Path, content: bytes = b"film") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "Evening 100% & more.mp4"
    file.write_bytes(content)
    return file


def test_a_file_goes_to_the_users_bin_with_a_note_of_where_it_was(tmp_path: Path) -> None:
    file = film(tmp_path / "videos")
    taken = FreedesktopBin({"XDG_DATA_HOME": str(tmp_path / "data")}, moment).take(file)
    assert not file.exists()
    assert taken == tmp_path / "data" / "Trash" / "files" / file.name
    assert taken.read_bytes() == b"film"
    note = (tmp_path / "data" / "Trash" / "info" / f"{file.name}.trashinfo").read_text()
    head, path, date = note.splitlines()
    assert (head, date) == ("[Trash Info]", "DeletionDate=2026-11-23T20:00:05")
    assert unquote(path.removeprefix("Path=")) == str(file)


def test_two_files_of_one_name_lie_in_the_bin_beside_each_other(tmp_path: Path) -> None:
    bin_ = FreedesktopBin({"XDG_DATA_HOME": str(tmp_path / "data")}, moment)
    first = bin_.take(film(tmp_path / "videos", b"one"))
    second = bin_.take(film(tmp_path / "videos", b"two"))
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert second.name == "Evening 100% & more 2.mp4"


def test_a_file_that_is_gone_leaves_no_note_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        FreedesktopBin({"XDG_DATA_HOME": str(tmp_path / "data")}, moment).take(tmp_path / "gone.mp4")
    assert list((tmp_path / "data" / "Trash" / "info").iterdir()) == []


def test_a_disk_without_room_for_the_note_leaves_none_and_the_file_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = film(tmp_path / "videos")

    def full(descriptor: int, mode: str) -> IO[bytes]:
        os.close(descriptor)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="space"):
        FreedesktopBin({"XDG_DATA_HOME": str(tmp_path / "data")}, moment).take(file)
    assert file.exists()
    assert list((tmp_path / "data" / "Trash" / "info").iterdir()) == []


def test_the_bin_of_another_disk_is_the_users_own_there(tmp_path: Path) -> None:
    assert _trash_at(tmp_path) == tmp_path / f".Trash-{os.getuid()}"
    shared = tmp_path / ".Trash"
    shared.mkdir(mode=0o777)
    assert _trash_at(tmp_path) == tmp_path / f".Trash-{os.getuid()}", "others could empty it"
    shared.chmod(0o1777)
    assert _trash_at(tmp_path) == shared / str(os.getuid())
    shared.rmdir()
    shared.symlink_to(tmp_path)
    assert _trash_at(tmp_path) == tmp_path / f".Trash-{os.getuid()}", "a link may lead anywhere"


def test_the_bin_of_macos_is_a_folder_that_keeps_every_name_apart(tmp_path: Path) -> None:
    bin_ = MacBin(tmp_path / "home")
    first = bin_.take(film(tmp_path / "videos", b"one"))
    second = bin_.take(film(tmp_path / "videos", b"two"))
    assert first.parent == tmp_path / "home" / ".Trash"
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
