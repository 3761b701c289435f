"""Scales a frame of the program to the size of a preview and lays it into the bytes of a ring."""

from __future__ import annotations

import av
from av.video.reformatter import Interpolation, VideoReformatter

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frame_layout import ColourMatrix, FrameLayout, PixelFormat
from powerstream_desktop.engine.picture import PIXEL_FORMAT


class PreviewScaler:
    """Scales by libswscale's quickest way that is not ugly. Used by one thread."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def scaled(self, frame: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
        """Return the frame at this size, the frame itself if it has it; in the program's own format and colours.

        Raises:
            SystemFault: it cannot be scaled.
        """
        try:
            return self._reformatter.reformat(
                frame,
                width,
                height,
                format=PIXEL_FORMAT,
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
        pixel_format=PixelFormat.YUV420P,
        matrix=ColourMatrix.BT709,
        full_range=False,
        strides=tuple(plane.line_size for plane in frame.planes),
    )


def copy_planes(frame: av.VideoFrame, layout: FrameLayout, pixels: memoryview) -> None:
    """Lay a frame's planes, one behind the other, where ``layout`` has them."""
    for plane, place in zip(frame.planes, layout.planes, strict=True):
        size_bytes = place.stride * place.rows
        pixels[place.offset : place.offset + size_bytes] = memoryview(plane)[:size_bytes]
