"""The film as twelve small pictures, from its beginning to its end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.review.scrubbed import Scrubbed

TILES: Final = 12
_HEIGHT_PX: Final = 34
_GAP_PX: Final = 1.0


class StripView(Scrubbed):
    """Paints the strip; empty tiles while there is none.

    Args:
        parent: its place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HEIGHT_PX, parent)
        self._strip = QImage()
        self.setAccessibleName(self.tr("Pictures of the film"))

    def show_strip(self, strip: QImage) -> None:
        """Show twelve pictures that lie side by side; a null image for none."""
        self._strip = strip
        self.update()

    def tile(self, number: int) -> QImage:
        """Return one of the pictures; a null image while there is none."""
        width = self._strip.width() // TILES
        return QImage() if width == 0 else self._strip.copy(number * width, 0, width, self._strip.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            wide = self.width() / TILES
            source_wide = self._strip.width() / TILES
            for number in range(TILES):
                place = QRectF(number * wide, 0, wide - _GAP_PX, self.height())
                if self._strip.isNull():
                    painter.fillRect(place, look().palette.raised)
                    continue
                part = QRectF(number * source_wide, 0, source_wide, self._strip.height())
                painter.drawImage(place, self._strip, _middle_of(part, place))


def _middle_of(part: QRectF, place: QRectF) -> QRectF:
    """Return the middle of a picture in the proportions of its place: nothing is distorted."""
    aspect = place.width() / place.height()
    width = min(part.width(), part.height() * aspect)
    height = min(part.height(), part.width() / aspect)
    return QRectF(part.center().x() - width / 2, part.center().y() - height / 2, width, height)
