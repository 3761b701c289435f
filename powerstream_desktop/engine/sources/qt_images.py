"""Pictures painted or read by Qt as frames of PyAV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage


def frame_of_image(image: QImage) -> av.VideoFrame:
    """Copy an image: as ``rgba`` with straight alpha, as the compositor expects it, or as ``rgb24`` if nothing is transparent."""
    from PySide6.QtGui import QImage

    if image.hasAlphaChannel():
        straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
        if _rows(straight, 4)[:, 3::4].min() < 255:
            return _copied(straight, 4, "rgba")
    return _copied(image.convertToFormat(QImage.Format.Format_RGB888), 3, "rgb24")


def _copied(image: QImage, depth: int, name: str) -> av.VideoFrame:
    frame = av.VideoFrame(image.width(), image.height(), name)
    plane = frame.planes[0]
    target = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    target[:, : image.width() * depth] = _rows(image, depth)
    return frame


def _rows(image: QImage, depth: int) -> NDArray[np.uint8]:
    """Return a view of the image's rows. It does not keep the image alive: whoever holds it must hold both."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * depth]
