"""The small picture over the timeline: what is at the place that the pointer is over."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.player.picture_view import fitted
from powerstream_desktop.desktop.review.time_code import time_code

SIZE: Final = QSize(160, 90)
_LINE_PX: Final = 20
_CORNER_PX: Final = 7.0


class Glance(QWidget):
    """Lies over its parent, and takes nothing from the pointer. Hidden until it has something to show.

    Args:
        parent: what it lies over.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self._image = QImage()
        self._at_us = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(SIZE.width(), SIZE.height() + look().scaled_px(_LINE_PX))
        self.hide()

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_at(self, at_us: int, image: QImage, middle_px: int, bottom_px: int) -> None:
        """Show a picture of a moment above a place of the parent.

        Args:
            at_us: the moment.
            image: a picture from around it, until a better one comes; may be null.
            middle_px: where its middle should be; it stays within the parent.
            bottom_px: where its lower edge should be.
        """
        self._at_us, self._image = at_us, image
        room_px = max(0, self._covered.width() - self.width())
        left = min(max(0, middle_px - self.width() // 2), room_px)
        self.move(left, max(0, bottom_px - self.height()))
        self.raise_()
        self.show()
        self.update()

    def show_image(self, image: QImage) -> None:
        """Show a better picture."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        palette = look().palette
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            shape = QPainterPath()
            shape.addRoundedRect(box, _CORNER_PX, _CORNER_PX)
            painter.fillPath(shape, palette.raised)
            painter.setClipPath(shape)
            picture = QRectF(0, 0, SIZE.width(), SIZE.height())
            painter.fillRect(picture, QColor(Qt.GlobalColor.black))
            if not self._image.isNull():
                painter.drawImage(fitted(self._image.size(), picture), self._image)
            painter.setClipping(False)
            painter.setPen(palette.text)
            painter.setFont(look().font(12))
            words = QRectF(0, SIZE.height(), self.width(), self.height() - SIZE.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, time_code(self._at_us))
            painter.setPen(QPen(palette.line, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, _CORNER_PX, _CORNER_PX)
