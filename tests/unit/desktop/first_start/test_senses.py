"""What screen, camera and microphone give is told with what to do, and green only for what is there."""

from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.client.computer import DeviceProblem, Devices
from powerstream_desktop.client.studio import Channel, Mixer
from powerstream_desktop.desktop.first_start.senses import (
    camera_sense,
    microphone_reading,
    microphone_sense,
    screen_sense,
)
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.studio.audio.readings import MeterReading

NOTHING = Devices(words={})


def devices(**kinds: Any) -> Devices:
    return Devices(words={}, **{name: tuple(each) for name, each in kinds.items()})


def reading(peak_dbfs: float) -> MeterReading:
    both = (peak_dbfs, peak_dbfs)
    return MeterReading(peak_dbfs=both, held_dbfs=both, rms_dbfs=both)


def levels(channel: str, peak_dbfs: float) -> dict[str, Any]:
    both = [peak_dbfs, peak_dbfs]
    told = {"peakDbfs": both, "heldDbfs": both, "rmsDbfs": both}
    return {
        "channels": [{"channel": channel, "levels": told, "isOpen": True, "problem": ""}],
        "shortTermLufs": -70.0,
    }


def mixer(*kinds: str) -> Mixer:
    return Mixer(
        words={},
        channels=tuple(
            Channel(words={"content": {"type": kind}}, id=f"ch{number}", name=kind)
            for number, kind in enumerate(kinds)
        ),
    )


def test_what_is_there_is_named() -> None:
    there = devices(screens=[{"name": "DP-1"}, {"name": "DP-2"}], cameras=[{"name": "Integrated Camera"}])
    assert (screen_sense(there).light, screen_sense(there).name) == (LightKind.LIVE, "Screen: DP-1, DP-2")
    assert camera_sense(there).name == "Camera: Integrated Camera"


def test_a_system_that_asks_itself_is_no_fault() -> None:
    assert screen_sense(NOTHING).light is LightKind.OFF


def test_what_is_missing_is_said_with_what_to_do() -> None:
    for sense in (camera_sense(NOTHING), microphone_sense(NOTHING, None)):
        assert sense.light is LightKind.SLOW
        assert "Plug one in" in sense.remedy


@pytest.mark.parametrize(
    ("peak_dbfs", "is_heard"), [(-12.0, True), (-44.9, True), (-45.0, False), (-120.0, False)]
)
def test_a_microphone_is_green_when_somebody_is_heard(peak_dbfs: float, *, is_heard: bool) -> None:
    there = devices(microphones=[{"name": "Other"}, {"name": "USB Microphone", "isDefault": True}])
    sense = microphone_sense(there, reading(peak_dbfs))
    assert (sense.light is LightKind.LIVE) is is_heard
    if not is_heard:
        assert sense.name == "Microphone: USB Microphone"
        assert sense.remedy


def test_a_silent_mixer_hears_nobody() -> None:
    there = devices(microphones=[{"name": "USB Microphone"}])
    assert microphone_sense(there, None).light is LightKind.OFF


def test_the_first_microphone_of_the_mixer_is_listened_to() -> None:
    sound = mixer("desktop-sound", "microphone")
    heard = microphone_reading(sound, levels("ch1", -20.0))
    assert heard is not None
    assert heard.peak_dbfs == (-20.0, -20.0)
    assert microphone_reading(sound, levels("ch0", -20.0)) is None
    assert microphone_reading(None, levels("ch1", -20.0)) is None
    assert microphone_reading(sound, None) is None


def test_a_list_that_could_not_be_had_says_why_on_its_own_line_only() -> None:
    broken = DeviceProblem(kinds=("screen", "window"), title="The desktop does not answer.")
    silent = DeviceProblem(kinds=("microphone", "output"), title="No sound system is running.")
    found = Devices(words={}, problems=(broken, silent))
    assert (screen_sense(found).light, screen_sense(found).name) == (LightKind.SLOW, broken.title)
    assert microphone_sense(found, None).remedy == silent.title
    assert "Plug one in" in camera_sense(found).remedy
