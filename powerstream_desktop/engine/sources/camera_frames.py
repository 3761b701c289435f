"""Pictures out of a camera's ring: one copy into a frame of PyAV, with the colours that the ring says it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from powerstream_desktop.common.frame_layout import ColourMatrix, FrameLayout, PixelFormat

_FORMATS: Final[Mapping[PixelFormat, str]] = {
    PixelFormat.BGR24: "bgr24",
    PixelFormat.YUV420P: "yuv420p",
}
_MATRICES: Final[Mapping[ColourMatrix, Colorspace]] = {
    ColourMatrix.BT601: Colorspace.ITU601,
    ColourMatrix.BT709: Colorspace.ITU709,
}


def frame_from_ring(layout: FrameLayout, pixels: memoryview) -> av.VideoFrame:
    """Copy a picture; to be handed to ``FrameRingReader.take``."""
    frame = av.VideoFrame(layout.width, layout.height, _FORMATS[layout.pixel_format])
    for plane, place in zip(frame.planes, layout.planes, strict=True):
        source = np.frombuffer(pixels, np.uint8, place.stride * place.rows, place.offset)
        target = np.frombuffer(memoryview(plane), np.uint8, plane.line_size * place.rows)
        target.reshape(place.rows, -1)[:, : place.row_bytes] = source.reshape(place.rows, -1)[
            :, : place.row_bytes
        ]
    if layout.matrix in _MATRICES:  # what is R'G'B' has no matrix
        frame.colorspace = _MATRICES[layout.matrix]
    frame.color_range = ColorRange.JPEG if layout.full_range else ColorRange.MPEG
    return frame
