"""Pictures painted or read by Qt as frames of PyAV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


def frame_of_image(image: QImage) -> av.VideoFrame:
    """Copy an image: as ``rgba`` with straight alpha, as the compositor expects it, or as ``rgb24`` if nothing is transparent."""
    from PySide6.QtGui import QImage

    if image.hasAlphaChannel():
        straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
        pixels = _pixels(straight, 4)
        if pixels[..., 3].min() < 255:
            return _frame(pixels, "rgba")
    return _frame(_pixels(image.convertToFormat(QImage.Format.Format_RGB888), 3), "rgb24")


def _pixels(image: QImage, depth: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * depth].reshape(image.height(), image.width(), depth)


def _frame(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], name: str) -> av.VideoFrame:
    height, width, depth = pixels.shape
    frame = av.VideoFrame(width, height, name)
    plane = frame.planes[0]
    target = np.frombuffer(memoryview(plane), np.uint8).reshape(height, plane.line_size)
    target[:, : width * depth] = pixels.reshape(height, width * depth)
    return frame
