"""The window's letters: Inter, which travels with the program, with figures of one width."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from powerstream_desktop.common.resources import resource_path

FAMILY: Final = "Inter"
NORMAL_PX: Final = 13
"""Height of ordinary text at 100 %."""

MIN_PERCENT: Final = 90
MAX_PERCENT: Final = 150

_FOLDER: Final = "fonts/inter"
_WEIGHTS: Final = ("Regular", "Medium", "SemiBold", "Bold")
_FEATURES: Final = ("tnum", "cv11")
"""Figures that do not jump as they count (tnum), and the design's plain "a" (cv11)."""


def load_letters() -> None:
    """Hand the letters to Qt. Needs an application; once is enough."""
    folder = resource_path(_FOLDER)
    for weight in _WEIGHTS:
        QFontDatabase.addApplicationFont(str(folder / f"Inter-{weight}.otf"))


def scaled_px(size_px: float, text_percent: int) -> int:
    """Return a size of letters at this text size, in whole pixels."""
    return max(1, round(size_px * text_percent / 100))


def letters(
    text_percent: int, size_px: float = NORMAL_PX, weight: QFont.Weight = QFont.Weight.Normal
) -> QFont:
    """Return the window's font.

    Args:
        text_percent: 100 is as designed.
        size_px: at 100 %.
        weight: of the strokes.
    """
    font = QFont(FAMILY)
    font.setPixelSize(scaled_px(size_px, text_percent))
    font.setWeight(weight)
    for feature in _FEATURES:
        font.setFeature(QFont.Tag(feature), 1)
    return font
