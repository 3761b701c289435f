"""Single pictures of a film: how telling one is, and how it becomes a JPEG of a given size."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import av
import numpy as np
import numpy.typing as npt

from powerstream_desktop.common.errors import BugError

Pixels = npt.NDArray[np.uint8]

_DARKEST: Final = 20.0
_BRIGHTEST: Final = 238.0
_FLATTEST: Final = 8.0
_JPEG_QUALITY: Final = 4
"""2 is the best that libavcodec makes, 31 the worst."""


def fitted(frame: av.VideoFrame, width: int, height: int, pixel_aspect: Fraction) -> Pixels:
    """Return a picture of that size with all of the frame in it, upright, and black where it leaves room.

    Args:
        frame: as it was decoded.
        width: of the result, in pixels.
        height: likewise.
        pixel_aspect: width of one of the frame's pixels divided by its height.
    """
    turns = (frame.rotation // 90) % 4
    shown_width = float(frame.width * (pixel_aspect or 1))
    is_lying = turns % 2 == 1
    shown = (float(frame.height), shown_width) if is_lying else (shown_width, float(frame.height))
    scale = min(width / shown[0], height / shown[1])
    inner_width, inner_height = (
        max(2, min(limit, round(side * scale))) for limit, side in zip((width, height), shown, strict=True)
    )
    size = (inner_height, inner_width) if is_lying else (inner_width, inner_height)
    pixels = np.rot90(frame.to_ndarray(format="rgb24", width=size[0], height=size[1]), turns)
    picture = np.zeros((height, width, 3), np.uint8)
    top, left = (height - inner_height) // 2, (width - inner_width) // 2
    picture[top : top + inner_height, left : left + inner_width] = pixels
    return picture


def telling(pixels: Pixels) -> float:
    """Return how much a picture tells, 0 for one that is black, white or of one colour; more for a sharp one with contrasts."""
    grey = pixels.mean(axis=2)
    mean, spread = float(grey.mean()), float(grey.std())
    if not _DARKEST <= mean <= _BRIGHTEST or spread < _FLATTEST:
        return 0.0
    sharpness = float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
    return sharpness * spread


def jpeg(pixels: Pixels) -> bytes:
    """Return a picture as the bytes of a JPEG file."""
    height, width, _ = pixels.shape
    encoder = av.CodecContext.create("mjpeg", "w")
    if not isinstance(encoder, av.VideoCodecContext):
        raise BugError("JPEG is no codec of pictures here.")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
    encoder.time_base = Fraction(1, 1)
    encoder.thread_count = 1
    encoder.options = {"qmin": str(_JPEG_QUALITY), "qmax": str(_JPEG_QUALITY), "flags": "+qscale"}
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24").reformat(
        format="yuvj420p"
    )
    frame.pts = 0
    return b"".join(bytes(packet) for packet in (*encoder.encode(frame), *encoder.encode(None)))
