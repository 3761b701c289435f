"""How much of the stream a destination gets while the whole upload is too small for all of them."""

from __future__ import annotations

from enum import IntEnum


class Room(IntEnum):
    """What is still sent; the larger the value, the less."""

    EVERYTHING = 0
    KEY_FRAMES = 1
    """Sound and key frames: a slide show, but the platform goes on seeing a picture."""
    SOUND = 2
    """Sound alone: enough for the platform to keep the connection."""
