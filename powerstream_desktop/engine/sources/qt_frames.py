"""Pictures of Qt Multimedia as frames of PyAV, by one copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from powerstream_desktop.engine.sources.qt_images import frame_of_image

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame


def frame_of_video(picture: QVideoFrame) -> av.VideoFrame | None:
    """Copy a picture; ``None`` if Qt cannot show its memory.

    What a screen has for alpha means nothing and is left out. A format that is not known here is converted by Qt first.
    """
    from PySide6.QtMultimedia import QVideoFrame

    name = _format_of(picture)
    if name is None:
        image = picture.toImage()
        return None if image.isNull() else frame_of_image(image)
    if not picture.map(QVideoFrame.MapMode.ReadOnly):
        return None
    try:
        frame = av.VideoFrame(picture.width(), picture.height(), name)
        for number, plane in enumerate(frame.planes):
            stride = picture.bytesPerLine(number)
            row_bytes = min(stride, plane.line_size)
            rows = plane.height
            source = np.frombuffer(picture.bits(number), np.uint8, stride * (rows - 1) + row_bytes)
            whole_rows = source[: stride * (rows - 1)].reshape(rows - 1, stride)
            target = np.frombuffer(memoryview(plane), np.uint8, plane.line_size * rows).reshape(rows, -1)
            target[:-1, :row_bytes] = whole_rows[:, :row_bytes]
            target[-1, :row_bytes] = source[stride * (rows - 1) :]
    finally:
        picture.unmap()
    _tag(frame, picture)
    return frame


def _format_of(picture: QVideoFrame) -> str | None:
    from PySide6.QtMultimedia import QVideoFrameFormat

    pixel = QVideoFrameFormat.PixelFormat
    return {
        pixel.Format_BGRA8888: "bgr0",
        pixel.Format_BGRA8888_Premultiplied: "bgr0",
        pixel.Format_BGRX8888: "bgr0",
        pixel.Format_RGBA8888: "rgb0",
        pixel.Format_RGBX8888: "rgb0",
        pixel.Format_ARGB8888: "0rgb",
        pixel.Format_ARGB8888_Premultiplied: "0rgb",
        pixel.Format_XRGB8888: "0rgb",
        pixel.Format_YUV420P: "yuv420p",
        pixel.Format_NV12: "nv12",
    }.get(picture.pixelFormat())


def _tag(frame: av.VideoFrame, picture: QVideoFrame) -> None:
    """Take over what Qt knows of the colours; for what is R'G'B' that is nothing."""
    if frame.format.is_rgb:
        return
    from PySide6.QtMultimedia import QVideoFrameFormat

    space, reach = picture.surfaceFormat().colorSpace(), picture.surfaceFormat().colorRange()
    if space == QVideoFrameFormat.ColorSpace.ColorSpace_BT709:
        frame.colorspace = Colorspace.ITU709
    elif space == QVideoFrameFormat.ColorSpace.ColorSpace_BT601:
        frame.colorspace = Colorspace.ITU601
    if reach == QVideoFrameFormat.ColorRange.ColorRange_Full:
        frame.color_range = ColorRange.JPEG
    elif reach == QVideoFrameFormat.ColorRange.ColorRange_Video:
        frame.color_range = ColorRange.MPEG
