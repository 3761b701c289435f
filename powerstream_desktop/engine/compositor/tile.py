"""A layer's opaque picture at its final size: drawn by copying rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from powerstream_desktop.engine.compositor.geometry import PixelRect
from powerstream_desktop.engine.ink import Planes
from powerstream_desktop.engine.picture import planes_of

if TYPE_CHECKING:
    import av


class Tile:
    """An opaque picture.

    Args:
        frame: 4:2:0 of the program's colours; shared, never written to.
    """

    is_opaque: Final = True

    def __init__(self, frame: av.VideoFrame) -> None:
        self.frame = frame
        self._planes = planes_of(frame)

    def draw(self, canvas: Planes, rect: PixelRect) -> None:
        """Copy it onto the canvas with its upper left corner at ``rect``'s; what leaves the canvas is cut off."""
        for plane, source, step in zip(canvas, self._planes, (1, 2, 2), strict=True):
            row, column = rect.y // step, rect.x // step
            top, left = max(0, -row), max(0, -column)
            bottom = min(source.shape[0], plane.shape[0] - row)
            right = min(source.shape[1], plane.shape[1] - column)
            if top < bottom and left < right:
                plane[row + top : row + bottom, column + left : column + right] = source[
                    top:bottom, left:right
                ]
