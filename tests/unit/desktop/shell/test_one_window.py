"""One window per home."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from powerstream_desktop.desktop.shell.one_window import OneWindow
from tests.unit.desktop.driver import wait_for


@pytest.fixture(params=["short", "a-path-that-is-too-long-for-a-socket-" * 4])
def runtime(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / str(request.param)
    folder.mkdir()
    return folder


def test_a_second_window_raises_the_first(runtime: Path) -> None:
    first, second = OneWindow(runtime), OneWindow(runtime)
    wanted: list[bool] = []
    first.wanted.connect(lambda: wanted.append(True))
    assert first.claim()
    assert not second.claim()
    wait_for(lambda: bool(wanted))
    assert wanted == [True]
    first.release()


def test_another_home_has_a_window_of_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, second = OneWindow(tmp_path / "a"), OneWindow(tmp_path / "b")
    assert first.claim()
    assert second.claim()
    first.release()
    second.release()


def test_the_next_window_takes_the_place_of_one_that_was_closed(runtime: Path) -> None:
    first, second = OneWindow(runtime), OneWindow(runtime)
    assert first.claim()
    first.release()
    assert second.claim()
    second.release()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="only Unix leaves a file")
def test_what_a_killed_window_left_behind_is_taken_over(tmp_path: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / "window.sock"))
    left.close()  # the file stays, and nobody answers
    window = OneWindow(tmp_path)
    wanted: list[bool] = []
    window.wanted.connect(lambda: wanted.append(True))
    assert window.claim()
    assert not OneWindow(tmp_path).claim()
    wait_for(lambda: bool(wanted))
    window.release()
