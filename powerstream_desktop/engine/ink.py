"""Drawing plain shapes straight into 4:2:0 planes: colours in BT.709 limited range, rectangles, seven-segment digits.

No fonts and no RGB detour, so a test picture costs a fraction of a millisecond and looks the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Plane: TypeAlias = NDArray[np.uint8]
"""Rows of one plane, writable in place."""
Planes: TypeAlias = tuple[Plane, ...]
"""Y, U and V, and alpha where there is one."""
YUV: TypeAlias = tuple[int, int, int]


def bt709(red: int, green: int, blue: int) -> YUV:
    """Convert full-range R'G'B' (0 to 255) to limited-range Y'CbCr by BT.709's coefficients."""
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        round(16 + 219 / 255 * luma),
        round(128 + 224 / 255 * (blue - luma) / 1.8556),
        round(128 + 224 / 255 * (red - luma) / 1.5748),
    )


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in luma pixels; drawn with its edges moved to even positions."""

    x: int
    y: int
    width: int
    height: int


def fill(planes: Planes, rect: Rect, colour: YUV) -> None:
    """Fill a rectangle; what lies outside the picture is left out."""
    left, top = max(0, rect.x) // 2, max(0, rect.y) // 2
    right, bottom = (rect.x + rect.width) // 2, (rect.y + rect.height) // 2
    planes[0][2 * top : 2 * bottom, 2 * left : 2 * right] = colour[0]
    planes[1][top:bottom, left:right] = colour[1]
    planes[2][top:bottom, left:right] = colour[2]


# Which of the segments a (top), b, c (right), d (bottom), e, f (left), g (middle) make each digit.
_SEGMENTS: Final[Mapping[str, str]] = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc",
    "5": "afgcd", "6": "afgedc", "7": "abc", "8": "abcdefg", "9": "abcfgd",
}  # fmt: skip


def draw_clock(planes: Planes, text: str, rect: Rect, colour: YUV) -> None:
    """Write digits, colons and dots, in equal cells across ``rect``."""
    cell = rect.width // len(text)
    for position, character in enumerate(text):
        box = Rect(rect.x + position * cell, rect.y, cell * 4 // 5, rect.height)
        for part in _parts(character, box):
            fill(planes, part, colour)


def _parts(character: str, box: Rect) -> list[Rect]:
    thick = max(2, box.width // 5)
    if character == ":":
        return [_dot(box, thick, box.height // 3), _dot(box, thick, box.height * 2 // 3)]
    if character == ".":
        return [_dot(box, thick, box.height - thick)]
    half = (box.height - thick) // 2
    right = box.x + box.width - thick
    segments = {
        "a": Rect(box.x, box.y, box.width, thick),
        "b": Rect(right, box.y, thick, half + thick),
        "c": Rect(right, box.y + half, thick, half + thick),
        "d": Rect(box.x, box.y + 2 * half, box.width, thick),
        "e": Rect(box.x, box.y + half, thick, half + thick),
        "f": Rect(box.x, box.y, thick, half + thick),
        "g": Rect(box.x, box.y + half, box.width, thick),
    }
    return [segments[name] for name in _SEGMENTS[character]]


def _dot(box: Rect, thick: int, down: int) -> Rect:
    return Rect(box.x + (box.width - thick) // 2, box.y + down, thick, thick)
