"""JPEG pictures that say their own number, so that whoever sees one knows when it was sent."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

import av
import numpy as np

BITS: Final = 6
NUMBERS: Final = 2**BITS
_SIDE: Final = 16


@cache
def numbered_jpegs(width: int, height: int) -> tuple[bytes, ...]:
    """Return ``NUMBERS`` pictures: grey noise, and in the upper left corner squares that are the number's bits."""
    noise = np.random.default_rng(1).integers(120, 136, (height, width), np.uint8)
    return tuple(_jpeg(noise, number) for number in range(NUMBERS))


def number_in(frame: av.VideoFrame) -> int:
    """Read the number of a picture; -1 if it is too dark to be one of ours."""
    picture = frame.to_ndarray(format="gray")
    middle = picture[_SIDE // 2]
    if int(picture[2 * _SIDE :].mean()) < 80:
        return -1
    return sum(1 << bit for bit in range(BITS) if middle[_SIDE * bit + _SIDE // 2] > 127)


def _jpeg(noise: np.ndarray, number: int) -> bytes:
    height, width = noise.shape
    frame = av.VideoFrame(width, height, "yuvj420p")
    luma = np.roll(noise, 7 * number, axis=1)
    for bit in range(BITS):
        luma[:_SIDE, _SIDE * bit : _SIDE * (bit + 1)] = 255 if number >> bit & 1 else 0
    for plane, content in zip(frame.planes, (luma, None, None), strict=True):
        view = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        view[: plane.height, : plane.width] = 128 if content is None else content
    frame.pts = 0
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
    encoder.time_base = Fraction(1, 30)
    encoder.options = {"qmin": "3", "qmax": "3"}
    return b"".join(bytes(packet) for packet in (*encoder.encode(frame), *encoder.encode(None)))
