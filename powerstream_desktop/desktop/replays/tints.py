"""The colours of what has no picture: always the same for the same thing. Pure."""

from __future__ import annotations

import zlib
from typing import Final

from PySide6.QtGui import QColor

_HUES: Final = (200, 285, 145, 25, 220, 345, 175, 255)
_SATURATION, _BRIGHT, _DARK = 0.55, 0.37, 0.12


def tint_of(key: str) -> tuple[QColor, QColor]:
    """Return the colours of a gradient, from top left to bottom right; white letters can be read on both."""
    hue = _HUES[zlib.crc32(key.encode("utf-8", "replace")) % len(_HUES)] / 360
    return QColor.fromHsvF(hue, _SATURATION, _BRIGHT), QColor.fromHsvF(hue, _SATURATION * 0.8, _DARK)


def initial_of(name: str) -> str:
    """Return the letter that stands for something; a dot if it has none."""
    return next((each.upper() for each in name if each.isalnum()), "•")
