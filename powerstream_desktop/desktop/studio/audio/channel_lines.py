"""What a strip says of its channel: whose sound it is, and what hinders it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.studio import Scenery
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.studio.audio.channel_edits import DESKTOP_SOUND, MICROPHONE, SOURCE_SOUND

_CONTEXT: Final = "ChannelLines"


def kind_of_channel(channel: Words) -> str:
    """Return what a channel hears, as the service calls it; empty if it does not say."""
    content = channel.get("content")
    return str(content.get("type", "")) if isinstance(content, Mapping) else ""


def device_line(channel: Words, devices: Devices | None, scenery: Scenery | None) -> str:
    """Return whose sound it is: "USB Audio CODEC", "intro.flac".

    Args:
        channel: in the service's words.
        devices: those there are; None while nobody knows.
        scenery: sources and scenes; None before an engine told them.
    """
    translate = QCoreApplication.translate
    content, kind = channel.get("content", {}), kind_of_channel(channel)
    if kind == MICROPHONE:
        listed = devices.microphones if devices is not None else None
        return _device(content, listed, translate(_CONTEXT, "Default microphone"))
    if kind == DESKTOP_SOUND:
        listed = devices.desktop_sounds if devices is not None else None
        return _device(content, listed, translate(_CONTEXT, "What this computer plays"))
    if kind == SOURCE_SOUND:
        return _source_name(content.get("source"), scenery)
    return translate(_CONTEXT, "Test tone")


def listed_for(kind: str, devices: Devices | None) -> tuple[Words, ...]:
    """Return the devices that a channel of this kind can name; none for a kind that names none."""
    if devices is None:
        return ()
    return {MICROPHONE: devices.microphones, DESKTOP_SOUND: devices.desktop_sounds}.get(kind, ())


def list_trouble(kind: str, devices: Devices | None) -> str:
    """Return why there are no such devices, in sentences; empty when there are, or nothing is wrong."""
    if devices is None or listed_for(kind, devices):
        return ""
    return " ".join(said("", each) for each in devices.problems_of(kind))


def sources_with_sound(scenery: Scenery | None) -> tuple[tuple[str, str], ...]:
    """Return id and name of each source that a channel can hear: the media files."""
    sources = scenery.words.get("sources", ()) if scenery is not None else ()
    return tuple(
        (str(each["id"]), str(each["name"]))
        for each in sources
        if each.get("content", {}).get("type") == "file"
    )


def _device(content: Mapping[str, Any], listed: Iterable[Words] | None, usual: str) -> str:
    wanted = content.get("device", "")
    if listed is None:
        return "" if wanted else usual
    if not wanted:
        return next((str(each["name"]) for each in listed if each.get("isDefault")), usual)
    named = next((str(each["name"]) for each in listed if each.get("id") == wanted), "")
    return named or QCoreApplication.translate(_CONTEXT, "Not plugged in")


def _source_name(source_id: object, scenery: Scenery | None) -> str:
    sources = scenery.words.get("sources", ()) if scenery is not None else ()
    return next((str(each["name"]) for each in sources if each.get("id") == source_id), "")
