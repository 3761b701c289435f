"""Screens and windows by Qt Multimedia, under an X server with a window manager: as on Windows, macOS and Wayland."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.scene.sources import ScreenContent
from powerstream_desktop.engine.sources.held import HeldSource
from powerstream_desktop.engine.sources.qt_capture import QtCapture
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until
from tests.integration.engine.sources import qt_viewer
from tests.integration.engine.sources.desktop import Desktop, order
from tests.unit.engine.sources.captures import ignore
from tests.unit.engine.sources.qt_application import host_with_application

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb exists on Linux only"),
]
ROOT = Path(__file__).parents[4]
RED, RIGHT, GREEN, CYAN = [255, 0, 0], [0x20, 0x40, 0xFF], [0, 255, 0], [0, 255, 255]
WAIT_S = 20.0


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with Desktop(tmp_path) as made:
        yield made


class Viewer(TestProcess):
    """The watching program."""

    def __init__(self, desktop: Desktop, folder: Path, kind: str, name: str) -> None:
        environ = {**desktop.environ, "PYTHONPATH": os.fspath(ROOT)}
        command = [sys.executable, qt_viewer.__file__, kind, name]
        super().__init__(command, name="viewer", folder=folder, env=environ, stdin=subprocess.PIPE)

    def await_line(self, **wanted: Any) -> dict[str, Any]:
        """Wait for a line that holds all this."""

        def look() -> dict[str, Any]:
            assert self.running, self.log_tail()
            return next((line for line in self.json_lines() if wanted.items() <= line.items()), {})

        return wait_until(look, what=str(wanted), timeout_s=WAIT_S)

    def end(self) -> dict[str, Any]:
        """End it by the end of its stdin and return what it measured."""
        assert self._popen.stdin is not None
        self._popen.stdin.close()
        assert self.wait_for_exit(timeout_s=WAIT_S) == 0, self.log_tail()
        *_, figures, ended = self.json_lines()
        assert ended == {"ended": True}
        return figures


def test_a_window_is_shown_lost_and_found_again_by_its_title(desktop: Desktop, tmp_path: Path) -> None:
    window = desktop.window("game", (100, 100, 320, 200), "ff0000")
    with Viewer(desktop, tmp_path, "window", "game") as viewer:
        assert viewer.await_line(screens=["screen"])["windows"] == ["game"]
        viewer.await_line(text="rgba")
        viewer.await_line(state="live", size=[320, 200], corners=[RED, RIGHT, RED, RIGHT])
        order(window, "colour 00ffff")
        viewer.await_line(state="live", corners=[CYAN, RIGHT, CYAN, RIGHT])
        window.stop()
        assert "game" in viewer.await_line(state="replaced", size=[320, 200])["cause"]
        desktop.window("game", (300, 200, 240, 100), "00ff00")
        viewer.await_line(state="live", size=[240, 100], corners=[GREEN, RIGHT, GREEN, RIGHT])
        viewer.end()
        told = [line["told"] for line in viewer.json_lines() if "told" in line]
    assert len(told) == 2
    assert told[1] is None


def test_a_screen_is_shown_in_its_size(desktop: Desktop, tmp_path: Path) -> None:
    desktop.window("on it", (100, 100, 320, 200), "ff0000")
    with Viewer(desktop, tmp_path, "screen", "") as viewer:
        viewer.await_line(state="live", size=[800, 600])
        viewer.await_line(steady=True)
        assert viewer.end()["cpu_ms"] > 0


def test_a_window_that_is_not_there_is_named(desktop: Desktop, tmp_path: Path) -> None:
    with Viewer(desktop, tmp_path, "window", "nowhere") as viewer:
        viewer.await_line(refused="There is no window 'nowhere'.")
        viewer.await_line(state="replaced", size=[1280, 720])
        viewer.end()


def test_without_a_desktop_it_is_said_instead_of_showing_nothing() -> None:
    capture = QtCapture(ScreenContent(), host_with_application(), 30)
    source = HeldSource(capture, "screen", ignore)
    with pytest.raises(SystemFault, match="no desktop here"):
        source.open()
    source.close()
