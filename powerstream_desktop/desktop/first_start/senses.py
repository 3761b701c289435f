"""What screen, camera and microphone give right now, in a line each. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.studio import Mixer
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.studio.audio.readings import MeterReading, read_levels

HEARD_DBFS: Final = -45.0
"""Louder than a quiet room: somebody speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One of them.

    Attributes:
        light: LIVE only for what is there.
        name: which one it is, in words.
        remedy: what to do; empty when all is well.
    """

    light: LightKind
    name: str
    remedy: str = ""


def screen_sense(devices: Devices) -> Sense:
    """Return how the screen stands; where the system asks the user itself, it is no fault that none is listed."""
    names = _names(devices.screens)
    if names:
        text = QCoreApplication.translate("Senses", "Screen: {names}")
        return Sense(light=LightKind.LIVE, name=text.format(names=", ".join(names)))
    if problem := _problem(devices, "screen"):
        return Sense(light=LightKind.SLOW, name=problem)
    return Sense(
        light=LightKind.OFF,
        name=QCoreApplication.translate("Senses", "Screen: your system will ask which one to show"),
    )


def camera_sense(devices: Devices) -> Sense:
    """Return how the camera stands."""
    names = _names(devices.cameras)
    if names:
        text = QCoreApplication.translate("Senses", "Camera: {names}")
        return Sense(light=LightKind.LIVE, name=text.format(names=", ".join(names)))
    return Sense(
        light=LightKind.SLOW,
        name=QCoreApplication.translate("Senses", "No camera was found"),
        remedy=_problem(devices, "camera")
        or QCoreApplication.translate(
            "Senses", "Plug one in and look again; until then the screen goes out alone."
        ),
    )


def microphone_sense(devices: Devices, reading: MeterReading | None) -> Sense:
    """Return how the microphone stands.

    Args:
        devices: what there is.
        reading: of its channel; None while there is no channel, or nothing was told.
    """
    names = _names(devices.microphones)
    if not names:
        return Sense(
            light=LightKind.SLOW,
            name=QCoreApplication.translate("Senses", "No microphone was found"),
            remedy=_problem(devices, "microphone")
            or QCoreApplication.translate(
                "Senses", "Plug one in and look again; until then nobody hears you."
            ),
        )
    if reading is not None and max(reading.peak_dbfs) > HEARD_DBFS:
        return Sense(
            light=LightKind.LIVE, name=QCoreApplication.translate("Senses", "Your microphone is heard")
        )
    text = QCoreApplication.translate("Senses", "Microphone: {name}")
    return Sense(
        light=LightKind.OFF,
        name=text.format(name=names[0]),
        remedy=QCoreApplication.translate("Senses", "Say something: the bar moves when you are heard."),
    )


def microphone_reading(sound: Mixer | None, levels: Words | None) -> MeterReading | None:
    """Return the meter of the first microphone of the mixer; None while it is not told."""
    channels = () if sound is None else sound.channels
    heard = read_levels(levels).channels
    for channel in channels:
        content = channel.words.get("content") or {}
        if content.get("type") == "microphone" and channel.id in heard:
            return heard[channel.id].meter
    return None


def _problem(devices: Devices, kind: str) -> str:
    return " ".join(said("", each) for each in devices.problems_of(kind))


def _names(devices: tuple[Words, ...]) -> list[str]:
    named = sorted(devices, key=lambda each: not each.get("isDefault", False))
    return [str(each.get("name", "")) for each in named]
