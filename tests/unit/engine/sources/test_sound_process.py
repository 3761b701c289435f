from __future__ import annotations

import logging
import subprocess
from typing import IO

import pytest

from powerstream_desktop.engine.sources.sound_process import KILL_S, end_sound_process


class FakeProcess:
    """Ends only when it is killed, or not even then."""

    stdin: IO[bytes] | None = None

    def __init__(self, *, is_immortal: bool = False) -> None:
        self._is_immortal = is_immortal
        self.is_killed = False
        self.waited_s = 0.0

    def kill(self) -> None:
        self.is_killed = True

    def wait(self, timeout: float | None = None) -> int:
        if self.is_killed and not self._is_immortal:
            return -9
        assert timeout is not None, "this would wait for ever"
        self.waited_s += timeout
        raise subprocess.TimeoutExpired("sound", timeout)


def test_a_process_that_is_still_opening_its_device_is_not_waited_for() -> None:
    process = FakeProcess()
    end_sound_process(process)
    assert process.is_killed
    assert process.waited_s == 0.0


@pytest.mark.allow_warning_logs
def test_a_process_whose_driver_hangs_is_left_behind_and_said(caplog: pytest.LogCaptureFixture) -> None:
    process = FakeProcess(is_immortal=True)
    end_sound_process(process)
    assert process.waited_s <= KILL_S
    assert [(record.levelno, record.message) for record in caplog.records] == [
        (logging.WARNING, "A sound process cannot be killed: its driver hangs.")
    ]
