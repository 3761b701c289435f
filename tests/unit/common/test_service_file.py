from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import (
    FILE_NAME,
    ServiceFile,
    find_service,
    remove_service_file,
    write_service_file,
)

SERVICE = ServiceFile(
    url="http://127.0.0.1:5001",
    token=Secret("a.token.of-a-run"),
    pid=4711,
    version="0.1.0",
    started_at_s=1_800_000_000,
)
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="there the folder's access list decides")


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[HomeLock]:
    lock = HomeLock(tmp_path)
    assert lock.acquire()
    yield lock
    lock.release()


@pytest.fixture
def path(tmp_path: Path, lock: HomeLock) -> Path:
    write_service_file(tmp_path, SERVICE)
    return tmp_path / FILE_NAME


def test_a_running_service_is_found(path: Path) -> None:
    assert find_service(path.parent) == SERVICE


def test_where_none_ever_ran_none_is_found(tmp_path: Path) -> None:
    assert find_service(tmp_path) is None


def test_what_a_dead_service_left_is_not_believed(path: Path, lock: HomeLock) -> None:
    lock.release()
    assert find_service(path.parent) is None


def test_one_that_leaves_takes_its_file_along(path: Path) -> None:
    remove_service_file(path.parent)
    remove_service_file(path.parent)
    assert find_service(path.parent) is None


def test_a_newer_service_takes_the_place_of_an_older_one_as_a_whole(path: Path) -> None:
    newer = ServiceFile(
        url="http://127.0.0.1:5002", token=Secret("other"), pid=1, version="0.2.0", started_at_s=1_900_000_000
    )
    write_service_file(path.parent, newer)
    assert find_service(path.parent) == newer


@only_posix
def test_only_this_user_may_read_the_token(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@only_posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_file_that_others_may_read_or_write_is_not_believed(path: Path, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(SystemFault, match="not this user's alone"):
        find_service(path.parent)


@only_posix
def test_a_file_of_another_user_is_not_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    with pytest.raises(SystemFault, match="not this user's alone"):
        find_service(path.parent)


@only_posix
def test_neither_a_link_nor_a_pipe_nor_a_folder_is_read(path: Path) -> None:
    real = path.rename(path.parent / "real.json")
    path.symlink_to(real)
    with pytest.raises(SystemFault):
        find_service(path.parent)
    path.unlink()
    os.mkfifo(path, 0o600)
    with pytest.raises(SystemFault, match="no file"):
        find_service(path.parent)
    path.unlink()
    path.mkdir()
    with pytest.raises(SystemFault):
        find_service(path.parent)


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"\xff", b'{"url":1}', b"[" * 100_000])
def test_a_damaged_file_is_said_and_not_guessed_at(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SystemFault, match="it is damaged"):
        find_service(path.parent)


def test_a_token_that_is_printed_is_not_seen() -> None:
    assert SERVICE.token.reveal() not in repr(SERVICE)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="cannot be used"):
        write_service_file(tmp_path / "nowhere", SERVICE)
