"""A virtual screen with something moving on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from tests.e2e.support import moving_picture
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until

BINARY = "Xvfb"
START_S = 45.0


class Screen:
    """An X server without hardware; it finds a free display number by itself.

    Args:
        folder: existing folder for logs.
        size: width and height in pixels.
        moving_fps: pictures a second drawn on it; 0 leaves it empty and still.
    """

    def __init__(self, folder: Path, *, size: tuple[int, int] = (1280, 720), moving_fps: float = 30) -> None:
        self.size = size
        told, telling = os.pipe()
        with os.fdopen(told, "rb") as numbers:
            try:
                command = [BINARY, "-displayfd", str(telling), "-screen", "0", f"{size[0]}x{size[1]}x24"]
                command += ["-nolisten", "tcp", "-noreset"]
                self.server = TestProcess(command, name="xvfb", folder=folder, pass_fds=(telling,))
            finally:
                os.close(telling)
            number = numbers.readline().decode().strip()  # ends at once if the server does
        assert number, self.server.log_tail()
        self.display = f":{number}"
        self.painter: TestProcess | None = None
        try:
            if moving_fps:
                self._paint(folder, moving_fps)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End painter and server."""
        if self.painter is not None:
            self.painter.stop()
        self.server.stop()

    def _paint(self, folder: Path, fps: float) -> None:
        command = [sys.executable, moving_picture.__file__, self.display, str(fps)]
        painter = self.painter = TestProcess(command, name="painter", folder=folder)
        wait_until(
            lambda: not painter.running or "drawing" in painter.out,
            what="a moving picture",
            timeout_s=START_S,
        )
        assert painter.running, painter.log_tail()
