"""From shares to pixels: where on a canvas a layer's source lies, and which part of the source that shows.

What lies outside the canvas is cut off at the source already, at whole source pixels, so that a layer zoomed far beyond the
canvas costs no more than one that fits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from powerstream_desktop.engine.compositor.geometry import Crop, PixelRect
from powerstream_desktop.engine.scene.scene import CropShares, Fit, Place


@dataclass(frozen=True, slots=True)
class Layout:
    """A layer in pixels: ``crop`` of the source is scaled to ``rect`` of the canvas."""

    rect: PixelRect
    crop: Crop


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch along one axis, in pixels of whatever is measured."""

    start: float
    length: float

    @property
    def end(self) -> float:
        return self.start + self.length


def lay_out(
    place: Place,
    crop: CropShares,
    fit: Fit,
    *,
    source: tuple[int, int],
    canvas: tuple[int, int],
    pixel_aspect: float = 1.0,
) -> Layout | None:
    """Return where a source is drawn, or ``None`` when nothing of it is on the canvas.

    Args:
        place: of the layer.
        crop: of the layer.
        fit: of the layer.
        source: width and height of the source in its own pixels, at least 1.
        canvas: width and height in pixels, even.
        pixel_aspect: width of a source pixel divided by its height.
    """
    columns = _cropped(source[0], crop.left, crop.right)
    rows = _cropped(source[1], crop.top, crop.bottom)
    across = _Span(place.x * canvas[0], place.width * canvas[0])
    down = _Span(place.y * canvas[1], place.height * canvas[1])
    # How many canvas pixels each source pixel would take, along each axis, if the place were filled without regard to shape.
    stretch_x = across.length / (columns.length * pixel_aspect)
    stretch_y = down.length / rows.length
    if fit is Fit.WHOLE:
        scale = min(stretch_x, stretch_y)
        across = _centred(across, columns.length * pixel_aspect * scale)
        down = _centred(down, rows.length * scale)
    elif fit is Fit.FILL:
        scale = max(stretch_x, stretch_y)
        columns = _centred(columns, across.length / scale / pixel_aspect)
        rows = _centred(rows, down.length / scale)
    x = _on_canvas(columns, across, source[0], canvas[0])
    y = _on_canvas(rows, down, source[1], canvas[1])
    if x is None or y is None:
        return None
    (left, right, rect_x, width), (top, bottom, rect_y, height) = x, y
    return Layout(PixelRect(rect_x, rect_y, width, height), Crop(left, top, right, bottom))


def _cropped(length: int, before: float, behind: float) -> _Span:
    return _Span(before * length, length * (1 - before - behind))


def _centred(span: _Span, length: float) -> _Span:
    return _Span(span.start + (span.length - length) / 2, length)


def _on_canvas(shown: _Span, target: _Span, source: int, canvas: int) -> tuple[int, int, int, int] | None:
    """Cut both spans to what is on the canvas; return what is cropped before and behind, and start and length on the canvas."""
    if target.end <= 0 or target.start >= canvas:
        return None
    scale = target.length / shown.length
    first_visible = shown.start + max(0.0, -target.start) / scale
    last_visible = shown.end - max(0.0, target.end - canvas) / scale
    first = max(0, min(source - 1, math.floor(first_visible + _HAIR)))
    end = max(first + 1, min(source, math.ceil(last_visible - _HAIR)))
    start = _even(target.start + (first - shown.start) * scale)
    stop = _even(target.start + (end - shown.start) * scale)
    return first, source - end, start, max(2, stop - start)


_HAIR = 1e-6
"""A rounding error must not take a whole pixel more or less."""


def _even(position: float) -> int:
    return 2 * round(position / 2)
