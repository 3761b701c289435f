"""Small media files whose pictures are known to the last byte, or to the last level of their colours."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.video.reformatter import ColorRange, Colorspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def lossless_clip(path: Path, pictures: list[NDArray[np.uint8]], fps: int) -> Path:
    """Write BGR pictures that decode to the same bytes."""
    with av.open(str(path), "w", format="matroska") as container:
        stream = container.add_stream("ffv1", rate=fps)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "bgr0"
        for number, pixels in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(pixels, format="bgr24").reformat(format="bgr0")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def flat_clip(
    path: Path, codec: str, pixel_format: str, matrix: Colorspace | None, yuv: tuple[int, int, int]
) -> Path:
    """Write a clip of one colour, given as Y'CbCr; ``matrix`` is what the stream says of itself."""
    width, height = 320, 180
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, pixel_format
        is_full = pixel_format.startswith("yuvj")
        stream.codec_context.color_range = ColorRange.JPEG if is_full else ColorRange.MPEG
        if matrix is not None:
            stream.codec_context.colorspace = matrix
        for number in range(10):
            frame = av.VideoFrame(width, height, pixel_format)
            for plane, level in zip(frame.planes, yuv, strict=True):
                plane.update(bytes([level]) * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def bgr_of(
    yuv: tuple[int, int, int], *, kr: float, kb: float, full_range: bool
) -> tuple[float, float, float]:
    """Convert by the definition (H.273): blue, green, red from 0 to 255."""
    luma, cb, cr = yuv
    y = float(luma) if full_range else (luma - 16) * 255 / 219
    scale = 1.0 if full_range else 255 / 224
    red = y + 2 * (1 - kr) * (cr - 128) * scale
    blue = y + 2 * (1 - kb) * (cb - 128) * scale
    return blue, (y - kr * red - kb * blue) / (1 - kr - kb), red
