"""Places pictures of which only a part is there: that part is moved, or, where the picture is scaled, completed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import av
import numpy as np

from powerstream_desktop.engine.compositor.geometry import Crop, PixelRect

if TYPE_CHECKING:
    from powerstream_desktop.engine.picture import Inset

_NEARLY_PX: Final = 2
"""What was painted for a place is not scaled because the chroma grid made the place a little larger or smaller."""


def is_unscaled(inset: Inset, rect: PixelRect, crop: Crop) -> bool:
    """Tell whether a picture, cropped, has the size of the place on the canvas that it is drawn to."""
    across = inset.width - crop.left - crop.right - rect.width
    down = inset.height - crop.top - crop.bottom - rect.height
    return max(abs(across), abs(down)) <= _NEARLY_PX


def part_place(
    frame: av.VideoFrame, inset: Inset, rect: PixelRect, crop: Crop
) -> tuple[PixelRect, Crop] | None:
    """Return where the part of an unscaled picture goes, and what is cropped of the part; ``None`` if it is not to be seen.

    It may move by one pixel to lie on the chroma grid.

    Args:
        frame: the part.
        inset: where it lies in its picture.
        rect: where the whole picture, cropped, goes on the canvas.
        crop: of the whole picture.
    """
    left, top = max(inset.x, crop.left), max(inset.y, crop.top)
    width = _even(min(inset.x + frame.width, inset.width - crop.right) - left)
    height = _even(min(inset.y + frame.height, inset.height - crop.bottom) - top)
    if width <= 0 or height <= 0:
        return None
    before, above = left - inset.x, top - inset.y
    return (
        PixelRect(rect.x + _even(left - crop.left), rect.y + _even(top - crop.top), width, height),
        Crop(before, above, frame.width - before - width, frame.height - above - height),
    )


def completed(frame: av.VideoFrame, inset: Inset) -> av.VideoFrame:
    """Return the whole picture, as ``rgba``, transparent around the frame.

    Raises:
        av.FFmpegError: the frame's format cannot be converted.
    """
    part = frame.to_ndarray(format="rgba")
    whole = np.zeros((inset.height, inset.width, part.shape[2]), np.uint8)
    whole[inset.y : inset.y + frame.height, inset.x : inset.x + frame.width] = part
    return av.VideoFrame.from_ndarray(whole, format="rgba")


def _even(length: int) -> int:
    return length & ~1
