"""Sound processes that do not let go of what the engine listens to."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest

from powerstream_desktop.engine.monitor.monitor_player import MonitorPlayer
from powerstream_desktop.engine.sound import SAMPLE_RATE, silence
from powerstream_desktop.engine.sources import sound_process
from powerstream_desktop.engine.sources.sound_process import SoundListener, SoundProcess
from powerstream_desktop.engine.sources.sound_wire import SoundOpened, SoundReport
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals")

PATIENCE_S = 15.0
HOLDS_ON = (
    sys.executable,
    "-c",
    """
import subprocess, sys, time
from powerstream_desktop.engine.sources.sound_wire import SoundOpened, encode_report

heir = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.DEVNULL)
sys.stdout.buffer.write(encode_report(SoundOpened(name=str(heir.pid))))
sys.stdout.buffer.flush()
time.sleep(60)
""",
)
"""As a process that cannot be killed looks from outside: its output does not end. Its device is called like who holds that."""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_process, "KILL_S", 0.1)
    monkeypatch.setattr("powerstream_desktop.engine.monitor.monitor_player.KILL_S", 0.1)


def released(pids: list[int], is_over: Callable[[], bool]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_until(is_over, what="the end of the thread that listens", timeout_s=PATIENCE_S)


@pytest.mark.usefixtures("impatient")
def test_a_recording_whose_output_never_ends_does_not_hold_up_whoever_closes_it() -> None:
    heirs: list[int] = []
    ends: list[bool] = []

    def note(report: SoundReport) -> None:
        assert isinstance(report, SoundOpened)
        heirs.append(int(report.name))

    listener = SoundListener(samples=lambda _samples: None, report=note, ended=lambda: ends.append(True))
    process = SoundProcess([], listener, command=HOLDS_ON)
    process.start()
    wait_until(lambda: heirs, what="its first words", timeout_s=PATIENCE_S)
    process.close()
    assert process._thread.is_alive()
    released(heirs, lambda: not process._thread.is_alive())
    assert ends == [], "nobody is told anything after the end"


@pytest.mark.usefixtures("impatient")
def test_a_monitor_whose_process_never_falls_silent_does_not_hold_up_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    player = MonitorPlayer("", lambda _lost: None, command=HOLDS_ON)
    player.start()
    player.play(silence(SAMPLE_RATE // 30) + 0.5)

    def heirs() -> list[int]:
        said = (record.message for record in caplog.records if "is heard on" in record.message)
        return [int(each.rstrip(".").split()[-1]) for each in said]

    wait_until(heirs, what="its first words", timeout_s=PATIENCE_S)
    player.close()
    assert not player._thread.is_alive()
    released(heirs(), lambda: True)
