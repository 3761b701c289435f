"""A picture of the program as Qt paints it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from powerstream_desktop.common.preview_ring import PreviewPicture


def image_of(picture: PreviewPicture) -> QImage:
    """Return a picture in RGB; a null image if Qt has no memory for it. Costs some milliseconds for 960x540 pixels.

    The planes are laid into a video frame of Qt's, whose converter knows BT.709 and limited range and is written for the
    processor's wide registers, so that no graphics card is needed and ``QWidget.grab`` sees what is shown.
    """
    layout = picture.layout
    form = QVideoFrameFormat(QSize(layout.width, layout.height), QVideoFrameFormat.PixelFormat.Format_YUV420P)
    form.setColorSpace(QVideoFrameFormat.ColorSpace.ColorSpace_BT709)
    form.setColorRange(QVideoFrameFormat.ColorRange.ColorRange_Video)
    frame = QVideoFrame(form)
    if not frame.map(QVideoFrame.MapMode.WriteOnly):
        return QImage()
    try:
        pixels = memoryview(picture.pixels)
        for number, place in enumerate(layout.planes):
            _lay(pixels[place.offset :], place.stride, frame, number, place.rows, place.row_bytes)
    finally:
        frame.unmap()
    return frame.toImage()


def _lay(
    source: memoryview, source_stride: int, frame: QVideoFrame, number: int, rows: int, row_bytes: int
) -> None:
    """Lay one plane into a mapped frame; in one go where both have rows of the same length."""
    target, stride = memoryview(frame.bits(number)), frame.bytesPerLine(number)
    if stride == source_stride:
        size_bytes = min(stride * rows, len(target))
        target[:size_bytes] = source[:size_bytes]
        return
    for row in range(rows):
        begin = row * source_stride
        target[row * stride : row * stride + row_bytes] = source[begin : begin + row_bytes]
