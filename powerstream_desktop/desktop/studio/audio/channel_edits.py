"""Edits of a channel: the service's words in, other words out. Pure; nothing that this window does not know is lost."""

from __future__ import annotations

from typing import Any, Final

from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.writing import new_id

MICROPHONE: Final = "microphone"
DESKTOP_SOUND: Final = "desktop-sound"
SOURCE_SOUND: Final = "source"
TONE: Final = "tone"
"""What is heard, as the service calls it."""

_FILTERS: Final = "filters"


def changed(channel: Words, **fields: Any) -> Words:
    """Return a channel with other values in some of its fields, which are named as the service names them."""
    return {**channel, **fields}


def with_device(channel: Words, device: str) -> Words:
    """Return a channel that hears another device; empty for the system's default."""
    return changed(channel, content={**channel["content"], "device": device})


def filters_of(channel: Words) -> tuple[Words, ...]:
    """Return the filters in the order in which the sound passes them."""
    return tuple(channel.get(_FILTERS, ()))


def with_filter_added(channel: Words, words: Words) -> Words:
    """Return a channel with one more filter, behind the others."""
    return changed(channel, filters=[*filters_of(channel), words])


def with_filter_changed(channel: Words, index: int, **fields: Any) -> Words:
    """Return a channel of which one filter is set differently."""
    filters = list(filters_of(channel))
    filters[index] = {**filters[index], **fields}
    return changed(channel, filters=filters)


def with_filter_moved(channel: Words, index: int, by: int) -> Words:
    """Return a channel of which one filter comes earlier (-1) or later (1); as it is if there is no such place."""
    filters, target = list(filters_of(channel)), index + by
    if not 0 <= target < len(filters):
        return channel
    filters.insert(target, filters.pop(index))
    return changed(channel, filters=filters)


def without_filter(channel: Words, index: int) -> Words:
    """Return a channel with one filter less."""
    filters = list(filters_of(channel))
    del filters[index]
    return changed(channel, filters=filters)


def new_channel(name: str, kind: str, *, device: str = "", source: str = "") -> Words:
    """Return a channel that is new.

    Args:
        name: what the user calls it.
        kind: what is heard.
        device: of a microphone or the computer's sound; empty for the system's default.
        source: id of the source whose sound it is.
    """
    content: dict[str, Any] = {"type": kind}
    if kind in {MICROPHONE, DESKTOP_SOUND}:
        content["device"] = device
    elif kind == SOURCE_SOUND:
        content["source"] = source
    return {"id": new_id(), "name": name, "content": content}
