"""The monitor's sound on a real PulseAudio server, played by real processes, recorded from what the loudspeaker plays."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.engine.monitor.monitor_player import MonitorPlayer
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples
from powerstream_desktop.engine.sources.sound_device import DeviceSound, SoundState
from powerstream_desktop.engine.sources.sound_wire import SoundKind, SoundLost
from tests.e2e.support.pulseaudio import PulseAudio
from tests.e2e.support.waiting import wait_until

pytestmark = [pytest.mark.e2e]

SLOT = SAMPLE_RATE // 30
HZ = 1000
START_S = 15.0


class Program:
    """Plays a sine on the monitor at a program's pace, and records what the loudspeaker is given."""

    def __init__(self, player: MonitorPlayer, heard: DeviceSound | None = None) -> None:
        self._player = player
        self._heard = heard
        self._slots = 0
        self._begun_s = monotonic()

    def slot(self) -> Samples | None:
        places = np.arange(self._slots * SLOT, (self._slots + 1) * SLOT)
        sine = (0.5 * np.sin(2 * np.pi * HZ / SAMPLE_RATE * places)).astype(np.float32)
        self._slots += 1
        time.sleep(max(0.0, self._begun_s + self._slots / 30 - monotonic()))
        self._player.play(np.stack([sine, sine]))
        return self._heard.read(0, SLOT) if self._heard is not None else None

    def heard(self, seconds: float) -> Samples:
        return np.concatenate(
            [block for block in (self.slot() for _ in range(round(seconds * 30))) if block is not None],
            axis=1,
        )

    def play_until_heard(self) -> None:
        end_s = monotonic() + START_S
        while monotonic() < end_s:
            block = self.slot()
            if block is not None and np.abs(block).max() > 0.4:
                return
        raise AssertionError("nothing is heard")


def recording(device: str) -> DeviceSound:
    sound = DeviceSound(SoundKind.DESKTOP, device, lambda _lost: None)
    sound.open()
    sound.start()
    wait_until(lambda: sound.snapshot.state is SoundState.LIVE, what="a recording", timeout_s=START_S)
    return sound


def test_the_chosen_loudspeaker_plays_the_monitor_without_gaps(pulse: PulseAudio) -> None:
    changes: list[SoundLost | None] = []
    with (
        closing(recording("porch.monitor")) as porch,
        closing(MonitorPlayer("porch", changes.append)) as player,
    ):
        player.start()
        program = Program(player, porch)
        program.play_until_heard()
        program.heard(1.0)  # until both buffers are settled
        heard = program.heard(2.0)
    assert changes == []
    spectrum = np.abs(np.fft.rfft(heard[0] * np.hanning(heard.shape[1])))
    loudest = int(spectrum.argmax()) * SAMPLE_RATE / heard.shape[1]
    assert loudest == pytest.approx(HZ, rel=0.003)
    silent = np.abs(heard[0].reshape(-1, 480)).max(axis=1) < 0.1
    assert silent.mean() < 0.1  # a machine that is busy with other tests is late now and then


def test_another_loudspeaker_can_be_chosen_while_it_plays(pulse: PulseAudio) -> None:
    changes: list[SoundLost | None] = []
    with (
        closing(recording("desk.monitor")) as desk,
        closing(MonitorPlayer("porch", changes.append)) as player,
    ):
        player.start()
        program = Program(player, desk)
        assert np.abs(program.heard(2.0)).max() < 0.01
        player.choose("desk")
        program.play_until_heard()
    assert changes == []


def test_a_loudspeaker_that_is_not_there_is_said_once_and_comes_later(pulse: PulseAudio) -> None:
    changes: list[SoundLost | None] = []
    with closing(MonitorPlayer("late", changes.append)) as player:
        player.start()
        program = Program(player)
        end_s = monotonic() + START_S
        while not changes and monotonic() < end_s:
            program.slot()
        pulse.control("load-module", "module-null-sink", "sink_name=late", "rate=48000")
        end_s = monotonic() + START_S
        while len(changes) < 2 and monotonic() < end_s:
            program.slot()
    assert isinstance(changes[0], SoundLost)
    assert changes[1:] == [None]


def test_a_server_that_is_killed_costs_the_program_nothing(pulse: PulseAudio) -> None:
    changes: list[SoundLost | None] = []
    with closing(MonitorPlayer("", changes.append)) as player:
        player.start()
        program = Program(player)
        for _ in range(60):
            program.slot()
        pulse.kill()
        longest_s = 0.0
        block = np.full((2, SLOT), 0.5, np.float32)
        end_s = monotonic() + START_S
        while not changes and monotonic() < end_s:
            begun_s = time.thread_time()
            player.play(block)
            longest_s = max(longest_s, time.thread_time() - begun_s)
            time.sleep(0.01)
        assert isinstance(changes[0], SoundLost)
        assert longest_s < 0.005


def test_a_process_that_reads_nothing_neither_holds_the_program_nor_the_end() -> None:
    deaf = [sys.executable, "-c", "import time; time.sleep(60)"]
    player = MonitorPlayer("", lambda _lost: None, command=deaf)
    player.start()
    block = np.full((2, SLOT), 0.5, np.float32)
    end_s = monotonic() + START_S
    while player.dropped < SAMPLE_RATE and monotonic() < end_s:
        player.play(block)
    assert player.dropped >= SAMPLE_RATE
    begun_s = monotonic()
    player.close()
    assert monotonic() - begun_s < 5.0


def test_silence_ends_the_process_and_sound_starts_another(tmp_path: Path) -> None:
    marks = tmp_path / "started"
    code = f"import sys; open({str(marks)!r}, 'a').write('x'); sys.stdin.buffer.read()"
    with closing(MonitorPlayer("", lambda _lost: None, command=[sys.executable, "-c", code])) as player:
        player.start()
        block = np.full((2, SLOT), 0.5, np.float32)
        for runs in (1, 2):
            player.play(block)
            wait_until(
                lambda runs=runs: marks.exists() and marks.stat().st_size == runs,  # type: ignore[misc]
                what=f"process {runs}",
                timeout_s=START_S,
            )
            wait_until(lambda: player._child is None, what="its end", timeout_s=START_S)
    assert marks.read_text() == "xx"


def test_a_monitor_that_was_never_started_can_be_closed_and_stays_closed(tmp_path: Path) -> None:
    marks = tmp_path / "started"
    player = MonitorPlayer("", lambda _lost: None, command=["touch", str(marks)])
    player.close()
    player.play(np.full((2, SLOT), 0.5, np.float32))
    assert player._child is None
    assert not marks.exists()
