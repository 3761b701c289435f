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

from powerstream_desktop.engine.compositor.geometry import PixelRect
from powerstream_desktop.engine.compositor.mixing import Weights, cover
from powerstream_desktop.engine.ink import Plane, Planes
from powerstream_desktop.engine.picture import BLACK_Y, NEUTRAL_CHROMA, planes_of

if TYPE_CHECKING:
    import av

BAND_ROWS: Final = 16
"""Luma rows of one band; even."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """A rectangle of one plane that is to be drawn; ``kept`` is ``None`` where nothing of what lies below stays."""

    row: int
    column: int
    added: Plane
    kept: Weights | None


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
        coverage = _scaled(alpha, share)
        chroma_coverage = _subsampled(coverage)
        self.height, self.width = y.shape
        black, grey = np.uint16(BLACK_Y), np.uint16(NEUTRAL_CHROMA)
        self._patches: tuple[tuple[_Patch, ...], ...] = (
            tuple(_patches(_added(y, black, coverage, share), coverage, BAND_ROWS)),
            *(
                tuple(
                    _patches(
                        _subsampled(_added(plane, grey, coverage, share)), chroma_coverage, BAND_ROWS // 2
                    )
                )
                for plane in (u, v)
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
        cover(below, patch.kept[top:bottom, left:right], added)


def _patches(added: Plane, coverage: Weights, band_rows: int) -> Iterator[_Patch]:
    """Cut a plane into the rectangles that show anything."""
    for row in range(0, coverage.shape[0], band_rows):
        band = coverage[row : row + band_rows]
        columns = np.flatnonzero(band.any(axis=0))
        if not columns.size:
            continue
        first, end = int(columns[0]), int(columns[-1]) + 1
        shown = band[:, first:end]
        yield _Patch(
            row,
            first,
            np.ascontiguousarray(added[row : row + band_rows, first:end]),
            None if shown.min() == 255 else np.ascontiguousarray(255 - shown),
        )


def _added(plane: Plane, zero: np.uint16, coverage: Weights, share: int) -> Plane:
    """Return what the layer adds: its premultiplied plane holds its zero level (black, grey) once too much where it is not opaque."""
    over_zero = plane.astype(np.int32) - int(zero)
    return ((over_zero * share + 128 >> 8) + (coverage.astype(np.int32) * int(zero) + 127) // 255).clip(
        0, 255
    ).astype(np.uint8)  # fmt: skip


def _scaled(alpha: Plane, share: int) -> Weights:
    return (alpha.astype(np.uint16) * np.uint16(share) + np.uint16(128) >> np.uint16(8)).astype(np.uint8)


def _subsampled(plane: Plane) -> Plane:
    """Return a plane at half the size, each sample centred on the left one of its columns, between its rows (H.264 E.2.1)."""
    rows = plane[0::2].astype(np.uint16) + plane[1::2]
    padded = np.pad(rows, ((0, 0), (1, 0)), "edge")
    total = padded[:, 0:-1:2] + 2 * padded[:, 1::2] + padded[:, 2::2]
    subsampled: Plane = np.right_shift(total + np.uint16(4), np.uint16(3)).astype(np.uint8)
    return subsampled
