"""A virtual screen on which a desktop is at work, and the time at which each of its pictures was drawn."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, Self

from tests.e2e.support.live_broadcast import environment
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.xvfb import Screen

START_S: Final = 15.0


class BusyScreen:
    """An X server with ``desktop_painter`` on it.

    Args:
        folder: existing folder for logs.
        size: width and height in pixels.
        fps: pictures drawn a second. What is captured at 30 a second shall be drawn at another rate: then the wait from a
            drawing to the next grab takes all lengths in turn and no run is lucky.
    """

    def __init__(self, folder: Path, *, size: tuple[int, int], fps: float) -> None:
        self.size = size
        self._screen = Screen(folder, size=size, moving_fps=0)
        self.display = self._screen.display
        command = [sys.executable, "-m", "tests.bench.engine.desktop_painter", self.display, str(fps)]
        try:
            self._painter = TestProcess(command, name="desktop", folder=folder, env=environment(folder))
        except BaseException:
            self._screen.close()
            raise
        try:
            self._wait_for_first_picture()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End painter and server."""
        self._painter.stop()
        self._screen.close()

    def drawn_at_s(self) -> dict[int, float]:
        """Return when each number was on the screen, in monotonic seconds; of those drawn twice, the last time."""
        lines = self._painter.out.splitlines(keepends=True)
        whole = [line.split() for line in lines if line.endswith("\n")]
        return {int(number): float(at_s) for number, at_s in whole}

    def _wait_for_first_picture(self) -> None:
        painter = self._painter
        wait_until(
            lambda: painter.out or not painter.running, what="a desktop on the screen", timeout_s=START_S
        )
        assert painter.running, painter.log_tail()
