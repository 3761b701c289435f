"""A station's picture, made of whatever file was chosen: square, small, and of a kind that the service takes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.desktop.replays.thumbnails import MAX_PIXELS

SIDE_PX: Final = 256
MAX_BYTES: Final = 44_000
_QUALITIES: Final = (90, 75, 50, 25)


def picture_of(path: Path) -> bytes:
    """Return the middle of a picture's file as a small JPEG file. Takes its time: for an errand's thread.

    Raises:
        UserError: it is no picture, or a monstrous one.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.width() * whole.height() > MAX_PIXELS:
        raise UserError("This picture is too large.", hint="Choose a smaller one.")
    image = reader.read()
    if image.isNull():
        raise UserError("This file is no picture.", hint="Choose a JPEG or PNG file.")
    return _small(_square(image))


def _square(image: QImage) -> QImage:
    wanted = QSize(SIDE_PX, SIDE_PX)
    scaled = image.scaled(
        wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (scaled.width() - SIDE_PX) // 2, (scaled.height() - SIDE_PX) // 2
    square = QImage(wanted, QImage.Format.Format_RGB32)
    square.fill(Qt.GlobalColor.white)  # JPEG knows nothing of what can be seen through
    return _painted(square, scaled.copy(QRect(left, top, SIDE_PX, SIDE_PX)))


def _painted(ground: QImage, image: QImage) -> QImage:
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
    return ground


def _small(image: QImage) -> bytes:
    content = b""
    for quality in _QUALITIES:
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"jpg"))
        writer.setQuality(quality)
        writer.write(image)
        content = bytes(buffer.data().data())
        if len(content) <= MAX_BYTES:
            break
    return content
