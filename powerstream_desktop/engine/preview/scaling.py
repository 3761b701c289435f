"""Scales a frame of the program to the size of a preview, in red, green and blue, and lays it into the bytes of a ring.

Its colours are turned here, as libswscale takes half a millisecond for it: Qt's own converter takes four times as long, on the
window's thread, and without a graphics card it takes BT.709 for BT.601.
"""

from __future__ import annotations

from typing import Final

import av
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frame_layout import ColourMatrix, FrameLayout, PixelFormat
from powerstream_desktop.engine.picture import PIXEL_FORMAT

_FORMAT: Final = "bgr24"


class PreviewScaler:
    """Scales by libswscale's quickest way that is not ugly. Used by one thread.

    Scaling and turning colours are two steps: together libswscale is slower, and some levels off.
    """

    def __init__(self) -> None:
        self._scaling = VideoReformatter()
        self._turning = VideoReformatter()

    def scaled(self, frame: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
        """Return the frame at this size, 24 bits a pixel.

        Raises:
            SystemFault: it cannot be scaled.
        """
        try:
            small = self._scaling.reformat(
                frame,
                width,
                height,
                format=PIXEL_FORMAT,
                interpolation=Interpolation.FAST_BILINEAR,
                threads=1,
            )
            return self._turning.reformat(
                small,
                format=_FORMAT,
                src_colorspace=Colorspace.ITU709,
                dst_colorspace=Colorspace.ITU709,
                interpolation=Interpolation.FAST_BILINEAR,
                threads=1,
            )
        except (av.error.FFmpegError, MemoryError) as error:
            raise SystemFault(
                "The preview cannot be made.",
                hint="The broadcast is not touched; ask for a smaller preview.",
                detail=f"{type(error).__name__}: {error}",
            ) from error


def layout_of(frame: av.VideoFrame) -> FrameLayout:
    """Describe a frame as it lies in memory, padding and all."""
    return FrameLayout(
        width=frame.width,
        height=frame.height,
        pixel_format=PixelFormat.BGR24,
        matrix=ColourMatrix.RGB,
        full_range=True,
        strides=tuple(plane.line_size for plane in frame.planes),
    )


def copy_planes(frame: av.VideoFrame, layout: FrameLayout, pixels: memoryview) -> None:
    """Lay a frame's planes, one behind the other, where ``layout`` has them."""
    for plane, place in zip(frame.planes, layout.planes, strict=True):
        size_bytes = place.stride * place.rows
        pixels[place.offset : place.offset + size_bytes] = memoryview(plane)[:size_bytes]
