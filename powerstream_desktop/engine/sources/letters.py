"""Capital letters, digits and a few signs on a grid of 5 by 7, drawn without any font of the system.

For what must be said in a picture when nothing else may be relied on. Accents are left out; a sign that is not here is drawn
as a box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from powerstream_desktop.engine.ink import YUV, Planes, Rect, fill

COLUMNS: Final = 5
ROWS: Final = 7
ADVANCE: Final = 6
"""Columns from one sign to the next."""

# Seven rows of each sign, each as a number of five bits, the leftmost highest.
_GLYPHS: Final[Mapping[str, tuple[int, ...]]] = {
    " ": (0, 0, 0, 0, 0, 0, 0),
    "A": (14, 17, 17, 31, 17, 17, 17), "B": (30, 17, 17, 30, 17, 17, 30), "C": (14, 17, 16, 16, 16, 17, 14),
    "D": (30, 17, 17, 17, 17, 17, 30), "E": (31, 16, 16, 30, 16, 16, 31), "F": (31, 16, 16, 30, 16, 16, 16),
    "G": (14, 17, 16, 23, 17, 17, 15), "H": (17, 17, 17, 31, 17, 17, 17), "I": (14, 4, 4, 4, 4, 4, 14),
    "J": (7, 2, 2, 2, 2, 18, 12), "K": (17, 18, 20, 24, 20, 18, 17), "L": (16, 16, 16, 16, 16, 16, 31),
    "M": (17, 27, 21, 21, 17, 17, 17), "N": (17, 25, 21, 21, 19, 17, 17), "O": (14, 17, 17, 17, 17, 17, 14),
    "P": (30, 17, 17, 30, 16, 16, 16), "Q": (14, 17, 17, 17, 21, 18, 13), "R": (30, 17, 17, 30, 20, 18, 17),
    "S": (15, 16, 16, 14, 1, 1, 30), "T": (31, 4, 4, 4, 4, 4, 4), "U": (17, 17, 17, 17, 17, 17, 14),
    "V": (17, 17, 17, 17, 17, 10, 4), "W": (17, 17, 17, 21, 21, 21, 10), "X": (17, 17, 10, 4, 10, 17, 17),
    "Y": (17, 17, 10, 4, 4, 4, 4), "Z": (31, 1, 2, 4, 8, 16, 31),
    "0": (14, 17, 19, 21, 25, 17, 14), "1": (4, 12, 4, 4, 4, 4, 14), "2": (14, 17, 1, 6, 8, 16, 31),
    "3": (30, 1, 1, 14, 1, 1, 30), "4": (2, 6, 10, 18, 31, 2, 2), "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14), "7": (31, 1, 2, 4, 8, 8, 8), "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 2, 12),
    ".": (0, 0, 0, 0, 0, 12, 12), ",": (0, 0, 0, 0, 12, 4, 8), ":": (0, 12, 12, 0, 12, 12, 0),
    "-": (0, 0, 0, 31, 0, 0, 0), "_": (0, 0, 0, 0, 0, 0, 31), "/": (1, 1, 2, 4, 8, 16, 16),
    "(": (2, 4, 8, 8, 8, 4, 2), ")": (8, 4, 2, 2, 2, 4, 8), "'": (4, 4, 8, 0, 0, 0, 0),
    "+": (0, 4, 4, 31, 4, 4, 0), "#": (10, 10, 31, 10, 31, 10, 10), "&": (12, 18, 20, 8, 21, 18, 13),
    "!": (4, 4, 4, 4, 4, 0, 4), "?": (14, 17, 1, 2, 4, 0, 4), "*": (0, 10, 4, 31, 4, 10, 0),
}  # fmt: skip
_BOX: Final = (31, 17, 17, 17, 17, 17, 31)


def plain(text: str) -> str:
    """Return a text as it will be drawn: in capitals and without accents."""
    parts = unicodedata.normalize("NFKD", text.upper())
    return "".join(part for part in parts if not unicodedata.combining(part))


def text_width(text: str, dot: int) -> int:
    """Return the width of a text in pixels.

    Args:
        text: one line.
        dot: side of a dot in pixels.
    """
    return max(0, len(plain(text)) * ADVANCE - 1) * dot


def draw_text(planes: Planes, text: str, x: int, y: int, dot: int, colour: YUV) -> None:
    """Write one line.

    Args:
        planes: of a 4:2:0 picture.
        text: what to write.
        x: left edge in pixels, even.
        y: upper edge in pixels, even.
        dot: side of a dot in pixels, even.
        colour: in BT.709 limited range.
    """
    for position, sign in enumerate(plain(text)):
        left = x + position * ADVANCE * dot
        for row, bits in enumerate(_GLYPHS.get(sign, _BOX)):
            for start, length in _runs(bits):
                fill(planes, Rect(left + start * dot, y + row * dot, length * dot, dot), colour)


def _runs(bits: int) -> list[tuple[int, int]]:
    """Return the dots of a row as runs of column and length."""
    runs: list[tuple[int, int]] = []
    for column in range(COLUMNS):
        if bits >> (COLUMNS - 1 - column) & 1:
            if runs and sum(runs[-1]) == column:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            else:
                runs.append((column, 1))
    return runs
