"""A virtual desktop: an X server without hardware, a window manager, and windows in plain colours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Self

from Xlib import X, display  # type: ignore[import-untyped]

from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.xvfb import Screen
from tests.integration.engine.sources import painted_window

START_S = 45.0


class Desktop:
    """The desktop.

    Args:
        folder: existing folder for logs.
        size: width and height in pixels.
    """

    def __init__(self, folder: Path, *, size: tuple[int, int] = (800, 600)) -> None:
        self._folder = folder
        self._count = 0
        self._windows: list[TestProcess] = []
        self.screen = Screen(folder, size=size, moving_fps=0)
        self.environ = {"DISPLAY": self.screen.display, "XDG_SESSION_TYPE": "x11"}
        self._manager = TestProcess(
            ["openbox", "--sm-disable"], name="openbox", folder=folder, env=self.environ
        )
        # A window that is mapped while its manager takes over the screen may wait for ever.
        wait_until(self._is_managed, what="the window manager", timeout_s=START_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def display(self) -> str:
        """Name of the display."""
        return self.screen.display

    def _is_managed(self) -> bool:
        connection = display.Display(self.screen.display)
        try:
            check = connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
            return connection.screen().root.get_full_property(check, X.AnyPropertyType) is not None
        finally:
            connection.close()

    def window(self, title: str, place: tuple[int, int, int, int], colour: str) -> TestProcess:
        """Open a window; ``place`` is x, y, width and height, ``colour`` RRGGBB."""
        self._count += 1
        command = [sys.executable, painted_window.__file__, self.display, title, *map(str, place), colour]
        window = TestProcess(command, name=f"window{self._count}", folder=self._folder, stdin=subprocess.PIPE)
        self._windows.append(window)
        window.wait_for_line("shown", timeout_s=START_S)
        return window

    def close(self) -> None:
        """End everything."""
        for window in self._windows:
            window.stop()
        self._manager.stop()
        self.screen.close()


def order(window: TestProcess, command: str) -> None:
    """Have a window do something and wait until it is done."""
    done = window.out.count(f"{command}\n")
    window.write_line(command)
    wait_until(lambda: window.out.count(f"{command}\n") > done, what=command, timeout_s=START_S)
