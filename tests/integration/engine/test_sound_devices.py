"""Sound devices of a real PulseAudio server, recorded by real sound processes."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from powerstream_desktop.engine.mixer.drifting_input import CAPACITY_S
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples
from powerstream_desktop.engine.sources.sound_device import DeviceSound, SoundState
from powerstream_desktop.engine.sources.sound_devices import SoundDevices
from powerstream_desktop.engine.sources.sound_wire import SoundDevice, SoundKind, SoundLost
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.pulseaudio import SINE_AMPLITUDE, SINE_HZ, PulseAudio
from tests.e2e.support.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

SLOT = SAMPLE_RATE // 30
START_S = 15.0


class Listener:
    """Reads a device as a program does: a slot whenever one is due."""

    def __init__(self, kind: SoundKind, device: str = "") -> None:
        self.changes: list[SoundLost | None] = []
        self.sound = DeviceSound(kind, device, self.changes.append)
        self.sound.open()
        self.sound.start()
        self._begun_s = time.monotonic()
        self._slots = 0

    def close(self) -> None:
        self.sound.close()

    def slot(self) -> Samples:
        self._slots += 1
        due_s = self._begun_s + self._slots * SLOT / SAMPLE_RATE
        time.sleep(max(0.0, due_s - time.monotonic()))
        return self.sound.read(0, SLOT)

    def listen(self, seconds: float) -> Samples:
        return np.concatenate([self.slot() for _ in range(round(seconds * 30))], axis=1)

    def wait_for_sound(self, *, timeout_s: float = START_S) -> float:
        """Return after how many seconds something was heard."""
        begun_s = time.monotonic()
        while time.monotonic() - begun_s < timeout_s:
            if np.abs(self.slot()).max() > 0.01:
                return time.monotonic() - begun_s
        pytest.fail(f"nothing was heard for {timeout_s} s")

    def wait_for_silence(self) -> float:
        begun_s = time.monotonic()
        while time.monotonic() - begun_s < START_S:
            if not self.slot().any():
                return time.monotonic() - begun_s
        pytest.fail("it never fell silent")


def frequency_of(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples[0] * np.hanning(samples.shape[1])))
    return float(np.argmax(spectrum) * SAMPLE_RATE / samples.shape[1])


def test_a_microphone_is_recorded_with_its_level_and_pitch(pulse: PulseAudio) -> None:
    with closing(Listener(SoundKind.MICROPHONE, "hum")) as listener:
        listener.wait_for_sound()
        listener.listen(1.0)
        heard = listener.listen(2.0)
        assert listener.sound.snapshot.state is SoundState.LIVE
        assert listener.sound.snapshot.name == "Hum"
    assert abs(frequency_of(heard) - SINE_HZ) < 1
    # Of tenths of a second the one in the middle: a machine that is busy for a moment leaves a hole in one.
    tenths = heard[0, : heard.shape[1] // (SAMPLE_RATE // 10) * (SAMPLE_RATE // 10)].reshape(
        -1, SAMPLE_RATE // 10
    )
    level = float(np.median(np.sqrt(np.mean(np.square(tenths, dtype=np.float64), axis=1))))
    assert abs(20 * np.log10(level / (SINE_AMPLITUDE / np.sqrt(2)))) < 0.1
    assert np.array_equal(heard[0], heard[1])
    assert np.abs(np.diff(heard[0], 2)).max() < 2 * SINE_AMPLITUDE * (2 * np.pi * SINE_HZ / SAMPLE_RATE) ** 2
    assert listener.changes == []


def test_a_killed_server_is_silence_and_a_new_one_is_heard_within_three_seconds(pulse: PulseAudio) -> None:
    with closing(Listener(SoundKind.MICROPHONE, "hum")) as listener:
        listener.wait_for_sound()
        pulse.kill()
        # What is left in the buffers is still heard.
        assert listener.wait_for_silence() < CAPACITY_S
        wait_until(lambda: listener.changes, what="a loss", timeout_s=5)
        pulse.restart()
        assert listener.wait_for_sound() < 3.0
        # A try that comes before the server is back has a reason of its own, which is told as well.
        *losses, back = listener.changes
        assert losses
        assert all(isinstance(loss, SoundLost) for loss in losses)
        assert back is None


def test_a_server_that_hangs_is_silence_and_the_process_that_waits_for_it_is_replaced(
    pulse: PulseAudio,
) -> None:
    with closing(Listener(SoundKind.MICROPHONE, "hum")) as listener:
        listener.wait_for_sound()
        os.kill(pulse.process.pid, signal.SIGSTOP)
        try:
            assert listener.wait_for_silence() < CAPACITY_S
            wait_until(lambda: listener.changes, what="a loss", timeout_s=START_S)
            loss = listener.changes[0]
            assert loss is not None
            assert loss.title == "The sound device stopped answering."
        finally:
            os.kill(pulse.process.pid, signal.SIGCONT)
        listener.wait_for_sound()
        assert listener.changes[-1] is None


def test_what_the_computer_plays_is_recorded(pulse: PulseAudio, tmp_path: Path) -> None:
    with closing(Listener(SoundKind.DESKTOP)) as listener:
        assert not listener.listen(1.0).any()
        command: list[str | Path] = [
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "sine=f=1000:r=48000",
            "-f",
            "s16le",
        ]
        command += ["-ac", "2", "-t", "8", tmp_path / "tone.raw", "-y"]
        with TestProcess(command, name="ffmpeg", folder=tmp_path) as ffmpeg:
            wait_until(lambda: not ffmpeg.running, what="a tone", timeout_s=START_S)
        player: list[str | Path] = [
            "pacat",
            "--playback",
            "--rate=48000",
            "--channels=2",
            "--format=s16le",
            tmp_path / "tone.raw",
        ]
        with TestProcess(player, name="pacat", folder=tmp_path, env=pulse.environment):
            listener.wait_for_sound()
            heard = listener.listen(1.5)
    assert abs(frequency_of(heard) - 1000) < 1


def test_a_device_that_is_not_there_is_never_replaced_by_another(pulse: PulseAudio) -> None:
    with closing(Listener(SoundKind.MICROPHONE, "gone")) as listener:
        wait_until(lambda: listener.changes, what="a loss", timeout_s=START_S)
        assert not listener.listen(0.5).any()
        loss = listener.changes[0]
        assert loss is not None
        assert "not plugged in" in loss.title
        assert loss.detail == "gone"


def test_a_recording_of_the_default_device_moves_with_it(pulse: PulseAudio) -> None:
    with closing(Listener(SoundKind.DESKTOP)) as listener:
        wait_until(lambda: listener.sound.snapshot.name, what="a device", timeout_s=START_S)
        assert "Desk" in listener.sound.snapshot.name
        pulse.control("set-default-sink", "porch")
        wait_until(lambda: "Porch" in listener.sound.snapshot.name, what="the other", timeout_s=START_S)
        assert listener.changes == []


def test_devices_are_listed_with_names_and_noticed_when_they_come_and_go(pulse: PulseAudio) -> None:
    seen: list[tuple[SoundDevice, ...]] = []
    with closing(SoundDevices(seen.append)) as devices:
        devices.start()
        found = {device.id: device for device in devices.wait(START_S)}
        assert found["hum"].kind is SoundKind.MICROPHONE
        assert found["hum"].is_default
        assert found["desk.monitor"].kind is SoundKind.DESKTOP
        assert found["desk.monitor"].is_default
        assert found["desk.monitor"].name == "Monitor of Desk"
        assert not found["porch.monitor"].is_default
        pulse.control("load-module", "module-null-sink", "sink_name=shed")
        wait_until(
            lambda: any(device.id == "shed.monitor" for device in devices.devices),
            what="a new device",
            timeout_s=START_S,
        )
        pulse.control("unload-module", "module-null-sink")
        wait_until(lambda: not devices.devices, what="none", timeout_s=START_S)
        assert devices.failure is None
        pulse.kill()
        wait_until(lambda: devices.failure is not None, what="a failure", timeout_s=START_S)
        assert devices.devices == ()
        assert seen[-1] == ()
