"""An engine process with a studio, steered by commands, publishing to a relay of the test."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.commands import EngineCommand
from powerstream_desktop.engine.control.reports import EngineReport
from powerstream_desktop.service.studio.engine_process import EngineProcess
from tests.canary import descendants
from tests.e2e.support.live_broadcast import environment
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.waiting import wait_until

PATIENCE_S = 20.0


class StudioEngine:
    """One engine; leave it as a context to end it properly.

    Args:
        config: what it does.
        home: its folders.

    Attributes:
        reports: all that it said, with the monotonic time at which it was heard.
    """

    def __init__(self, config: EngineConfig, home: Path) -> None:
        self.reports: list[tuple[float, EngineReport]] = []
        self._loop = LoopThread("studio-engine")
        self._process = EngineProcess(config, monotonic, self._heard)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment(home).items():
                patch.setenv(name, value)
            self._loop.run(self._process.start())
            wait_until(lambda: self.reports, what="the engine's first word", timeout_s=PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.run(self._process.aclose())
        self._loop.close()

    def obey(self, command: EngineCommand) -> None:
        """Have a command obeyed, and wait until it is."""
        self._loop.run(self._process.send(command))

    def wait_for(self, is_it: Callable[[EngineReport], bool], what: str) -> float:
        """Wait for a report; return when it was heard."""
        found: list[float] = []

        def look() -> bool:
            found[:] = [heard_s for heard_s, report in self.reports if is_it(report)]
            return bool(found)

        wait_until(look, what=what, timeout_s=PATIENCE_S)
        return found[0]

    @property
    def pid(self) -> int:
        """Of the engine's process."""
        process = self._process._process
        assert process is not None
        return process.pid

    def camera_pid(self) -> int:
        """Return the process of the only camera."""
        [camera] = [pid for pid in descendants(self.pid) if b"camera" in _command_line(pid)]
        return camera

    def _heard(self, report: EngineReport) -> None:
        self.reports.append((time.monotonic(), report))


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
