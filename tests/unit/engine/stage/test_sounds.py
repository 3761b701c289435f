from __future__ import annotations

import gc
import weakref

import numpy as np

from powerstream_desktop.engine.mixer.settings import (
    DesktopSoundContent,
    MicrophoneContent,
    SourceSoundContent,
    ToneContent,
)
from powerstream_desktop.engine.sound import Samples, Tone
from powerstream_desktop.engine.sources.sound_device import DeviceSound
from powerstream_desktop.engine.stage.sounds import SoundMaker, SourceSound


class Staged:
    """A source on the stage that sounds the same all the time."""

    def __init__(self, level: float) -> None:
        self._level = level

    def read_sound(self, _position: int, count: int) -> Samples:
        return np.full((2, count), self._level, np.float32)


class Hall:
    def __init__(self) -> None:
        self.on_stage: Staged | None = None
        self.sound = SourceSound("file", lambda _id: self.on_stage)  # type: ignore[arg-type, return-value]

    def read(self, count: int = 100) -> list[float]:
        return [round(float(each), 4) for each in self.sound.read(0, count)[1]]


def test_a_source_is_heard_while_its_scene_is_on() -> None:
    hall = Hall()
    assert set(hall.read()) == {0.0}
    hall.on_stage = Staged(0.5)
    fading = hall.read()
    assert (fading[0], fading[-1], sorted(fading)) == (0.0, 0.5, fading)
    assert set(hall.read()) == {0.5}
    hall.on_stage = None
    fading = hall.read()
    assert (fading[0], fading[-1]) == (0.5, 0.0)
    assert set(hall.read()) == {0.0}


def test_one_that_was_replaced_is_faded_over() -> None:
    hall = Hall()
    hall.on_stage = Staged(0.5)
    hall.read()
    hall.on_stage = Staged(0.1)
    over = hall.read()
    assert (over[0], over[-1]) == (0.5, 0.1)


def test_every_content_has_a_sound_and_only_devices_can_be_late() -> None:
    maker = SoundMaker(lambda _id: None, lambda _content, _lost: None)
    assert isinstance(maker.make(ToneContent()), Tone)
    assert isinstance(maker.make(SourceSoundContent(source="file")), SourceSound)
    microphone, desktop = MicrophoneContent(device="m"), DesktopSoundContent()
    assert isinstance(maker.make(microphone), DeviceSound)
    assert isinstance(maker.make(desktop), DeviceSound)
    assert maker.late_ms(ToneContent()) == 0.0
    assert maker.late_ms(microphone) == 0.0  # nothing waits in a device that was not opened


def test_a_device_that_no_channel_records_any_more_is_forgotten() -> None:
    maker = SoundMaker(lambda _id: None, lambda _content, _lost: None)
    wanted, unplugged = MicrophoneContent(device="wanted"), MicrophoneContent(device="unplugged")
    kept, gone = weakref.ref(maker.make(wanted)), weakref.ref(maker.make(unplugged))
    gc.collect()
    assert gone() is not None
    maker.keep_only({wanted})
    gc.collect()
    assert gone() is None
    assert kept() is not None
