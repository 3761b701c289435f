"""Room kept aside for the end of a recording."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from powerstream_desktop.recording.ballast import BALLAST_NAME, Ballast

SIZE = 3 * 1024 * 1024 + 5


@pytest.fixture(params=["allocated by a call", "written"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    if request.param == "written":
        monkeypatch.setattr(os, "posix_fallocate", refuse, raising=False)


@pytest.mark.usefixtures("_both_ways")
def test_the_room_is_really_taken(tmp_path: Path) -> None:
    Ballast(tmp_path, SIZE).fill()
    found = (tmp_path / BALLAST_NAME).stat()
    assert found.st_size >= SIZE
    if sys.platform != "win32":
        assert found.st_blocks * 512 >= SIZE


def test_it_is_given_up_once_for_all_who_ask(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path, SIZE)
    ballast.fill()
    before = ballast.is_given_up
    assert ballast.give_up()
    assert ballast.give_up()
    assert (before, ballast.is_given_up) == (False, True)
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_needed_is_given_back_at_the_end(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path, SIZE)
    ballast.fill()
    ballast.remove()
    assert not ballast.is_given_up
    assert not ballast.give_up()
    assert list(tmp_path.iterdir()) == []


def test_one_that_a_crash_left_is_taken_over(tmp_path: Path) -> None:
    Ballast(tmp_path, SIZE).fill()
    ballast = Ballast(tmp_path, SIZE)
    ballast.fill()
    assert ballast.give_up()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_both_ways")
@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_in_its_place_leads_into_no_file(tmp_path: Path) -> None:
    other = tmp_path / "somebody's file"
    other.write_bytes(b"dear")
    (tmp_path / BALLAST_NAME).symlink_to(other)
    Ballast(tmp_path, SIZE).fill()
    assert other.read_bytes() == b"dear"


def test_what_another_recording_gave_back_at_its_end_is_taken_again(tmp_path: Path) -> None:
    before, now = Ballast(tmp_path, SIZE), Ballast(tmp_path, SIZE)
    before.fill()
    now.fill()
    before.remove()
    now.keep()
    assert (tmp_path / BALLAST_NAME).stat().st_size >= SIZE
    assert now.give_up()
    now.keep()
    assert list(tmp_path.iterdir()) == [], "it was needed, and is not taken again"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_has_no_room_for_it_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "posix_fallocate", refuse, raising=False)
    monkeypatch.setattr(os, "write", refuse)
    ballast = Ballast(tmp_path, SIZE)
    ballast.fill()
    assert not ballast.give_up()
    assert list(tmp_path.iterdir()) == []
