"""A layer's picture with alpha, prepared for drawing: what it adds and what it leaves of the picture below, band by band.

Preparing happens once per changed picture; drawing happens on every frame. Most logos and texts are transparent in most
places and opaque in many others, so their rows are cut into bands: a band draws only its columns that are not transparent,
and one without any half-transparent pixel is copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from powerstream_desktop.engine.compositor.boxes import Box, joined
from powerstream_desktop.engine.compositor.geometry import PixelRect
from powerstream_desktop.engine.compositor.mixing import Weights, Wide, cover, covering, divided_by_255
from powerstream_desktop.engine.ink import Plane, Planes
from powerstream_desktop.engine.picture import BLACK_Y, NEUTRAL_CHROMA, planes_of

if TYPE_CHECKING:
    import av

BAND_ROWS: Final = 16
"""Luma rows of one band; even."""
_WHOLE: Final = 256
"""A layer's opacity of 1."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """A rectangle of one plane that is to be drawn.

    Attributes:
        row, column: of its upper left corner, in the picture.
        added: what is copied where ``kept`` is ``None``, and otherwise laid over what lies below, as ``covering`` made it.
        kept: how much of what lies below stays.
    """

    row: int
    column: int
    added: Plane | Wide
    kept: Wide | None


class Overlay:
    """A picture with alpha at its final size.

    Args:
        premultiplied: ``yuva444p`` of even size, its colours multiplied with its alpha.
        opacity: of the whole layer, 0 to 1.
    """

    is_opaque: Final = False

    def __init__(self, premultiplied: av.VideoFrame, opacity: float) -> None:
        y, u, v, alpha = planes_of(premultiplied)
        share = round(opacity * 256)
        self._patches: tuple[tuple[_Patch, ...], ...] = ((), (), ())
        part = _inked(alpha)
        if part is None:
            return
        coverage = _scaled(alpha[part], share)
        luma = _added(y[part], BLACK_Y, coverage, share)
        chroma = [_subsampled(_added(plane[part], NEUTRAL_CHROMA, coverage, share)) for plane in (u, v)]
        chroma_coverage = _subsampled(coverage)
        row, column = part[0].start, part[1].start
        self._patches = (
            tuple(_patches(luma, coverage, BAND_ROWS, row, column)),
            *(
                tuple(_patches(plane, chroma_coverage, BAND_ROWS // 2, row // 2, column // 2))
                for plane in chroma
            ),
        )

    def draw(self, canvas: Planes, rect: PixelRect) -> None:
        """Lay it over the canvas with its upper left corner at ``rect``'s; what leaves the canvas is cut off."""
        for plane, patches, step in zip(canvas, self._patches, (1, 2, 2), strict=True):
            for patch in patches:
                _draw(plane, patch, rect.y // step + patch.row, rect.x // step + patch.column)


def _draw(plane: Plane, patch: _Patch, row: int, column: int) -> None:
    height, width = patch.added.shape
    top, left = max(0, -row), max(0, -column)
    bottom, right = min(height, plane.shape[0] - row), min(width, plane.shape[1] - column)
    if top >= bottom or left >= right:
        return
    below = plane[row + top : row + bottom, column + left : column + right]
    added = patch.added[top:bottom, left:right]
    if patch.kept is None:
        below[:] = added
    else:
        cover(below, patch.kept[top:bottom, left:right], added.astype(np.uint16, copy=False))


def _inked(alpha: Plane) -> tuple[slice, slice] | None:
    """Return the rows and columns, on the chroma grid, outside of which a picture shows nothing; ``None`` if it is empty.

    Two columns more at either side: chroma is made of its neighbours' as well.
    """
    rows = np.flatnonzero(alpha.any(axis=1))
    if not rows.size:
        return None
    top, bottom = int(rows[0]) & ~1, int(rows[-1]) + 2 & ~1
    columns = np.flatnonzero(alpha[top:bottom].any(axis=0))
    left, right = int(columns[0]) - 2 & ~1, int(columns[-1]) + 4 & ~1
    return slice(top, bottom), slice(max(0, left), min(right, alpha.shape[1]))


def _patches(added: Plane, coverage: Weights, band_rows: int, top: int, left: int) -> Iterator[_Patch]:
    """Cut a plane, which begins at a row and column of the picture, into the rectangles that show anything."""
    for box in joined(_bands(coverage, band_rows)):
        part = slice(box.top, box.bottom), slice(box.left, box.right)
        row, column = top + box.top, left + box.left
        if box.is_opaque:
            yield _Patch(row, column, np.ascontiguousarray(added[part]), None)
        else:
            kept, weighted = covering(added[part], coverage[part])
            yield _Patch(row, column, weighted, kept)


def _bands(coverage: Weights, band_rows: int) -> Iterator[Box]:
    """Return, for each band of rows that shows anything, the columns that do."""
    for top in range(0, coverage.shape[0], band_rows):
        band = coverage[top : top + band_rows]
        columns = np.flatnonzero(band.any(axis=0))
        if columns.size:
            left, right = int(columns[0]), int(columns[-1]) + 1
            is_opaque = bool(band[:, left:right].min() == 255)
            yield Box(top, top + len(band), left, right, is_opaque)


def _added(plane: Plane, zero: int, coverage: Weights, share: int) -> Plane:
    """Return what the layer adds: its premultiplied plane holds its zero level (black, grey) once too much where it is not opaque."""
    total = plane.astype(np.int16)
    total -= np.int16(zero)
    if share < _WHOLE:
        total = (total.astype(np.int32) * share + 128 >> 8).astype(np.int16)
    total += divided_by_255(np.multiply(coverage, np.uint16(zero), dtype=np.uint16)).view(np.int16)
    return np.clip(total, 0, 255, out=total).astype(np.uint8)


def _scaled(alpha: Plane, share: int) -> Weights:
    """Return how much of what lies below is covered."""
    if share == _WHOLE:
        return alpha
    return (alpha.astype(np.uint16) * np.uint16(share) + np.uint16(128) >> np.uint16(8)).astype(np.uint8)


def _subsampled(plane: Plane) -> Plane:
    """Return a plane at half the size, each sample centred on the left one of its columns, between its rows (H.264 E.2.1)."""
    rows = np.add(plane[0::2], plane[1::2], dtype=np.uint16)
    left, right = rows[:, 0::2], rows[:, 1::2]
    total = left * np.uint16(2)
    total += right
    total[:, 1:] += right[:, :-1]
    total[:, 0] += left[:, 0]  # the column beside the first is like it
    total += np.uint16(4)
    total >>= np.uint16(3)
    return total.astype(np.uint8)
