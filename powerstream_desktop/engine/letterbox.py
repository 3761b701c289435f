"""Where a picture of any shape lies on the program's canvas: as large as fits, centred, never stretched."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_SQUARE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A rectangle on the canvas in pixels; all four numbers are even, as 4:2:0 chroma needs."""

    x: int
    y: int
    width: int
    height: int


def fit(
    source_width: int,
    source_height: int,
    canvas_width: int,
    canvas_height: int,
    *,
    pixel_aspect: Fraction = _SQUARE,
) -> Placement:
    """Place a source on a canvas.

    Args:
        source_width: in pixels, at least 1.
        source_height: in pixels, at least 1.
        canvas_width: in pixels, even.
        canvas_height: in pixels, even.
        pixel_aspect: width of a source pixel divided by its height.
    """
    shape = Fraction(source_width, source_height) * pixel_aspect
    if shape * canvas_height >= canvas_width:
        width, height = canvas_width, _even(canvas_width / shape, canvas_height)
    else:
        width, height = _even(canvas_height * shape, canvas_width), canvas_height
    return Placement(
        x=_even_down((canvas_width - width) // 2),
        y=_even_down((canvas_height - height) // 2),
        width=width,
        height=height,
    )


def _even(length: Fraction, limit: int) -> int:
    """Round to the nearest even number from 2 to ``limit``; within one step of the limit, take it and have no bars."""
    nearest = 2 * round(length / 2)
    return limit if limit - nearest <= 2 else max(2, nearest)


def _even_down(offset: int) -> int:
    return offset - offset % 2
