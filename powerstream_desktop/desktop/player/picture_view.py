"""The picture of what is played. Painted by us, because a native video window would lie over the sheets of the window."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.player.media import Pictures


class PictureView(QWidget):
    """Paints the newest picture as large as it fits, on black.

    Args:
        parent: its place.
    """

    pressed = Signal()
    pressed_twice = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._media: Pictures | None = None
        self._poster = QImage()
        self._invites = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.setAccessibleName(self.tr("Picture"))

    def show_media(self, media: Pictures) -> None:
        """Paint this media's pictures from now on."""
        self._media = media
        media.pictured.connect(self.update)

    def show_poster(self, poster: QImage) -> None:
        """Paint this while there is no picture; a null image for none."""
        self._poster = poster
        self.update()

    def show_invitation(self, *, is_shown: bool) -> None:
        """Show the sign that pressing it plays, or show it no more."""
        self._invites = is_shown
        self.update()

    def sizeHint(self) -> QSize:
        """Sixteen to nine."""
        return QSize(640, 360)

    def hasHeightForWidth(self) -> bool:
        """It wants to be as high as its picture."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Sixteen to nine."""
        return width * 9 // 16

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(Qt.GlobalColor.black))
        image = QImage() if self._media is None else self._media.picture()
        image = self._poster if image.isNull() else image
        if not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(fitted(image.size(), QRectF(self.rect())), image)
        if self._invites:
            _paint_invitation(painter, QRectF(self.rect()).center())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say that it was pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Say that it was pressed twice."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed_twice.emit()


def _paint_invitation(painter: QPainter, middle: QPointF) -> None:
    """Paint a triangle on a dark disc, to be seen on any picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawEllipse(middle, 34, 34)
    painter.setBrush(QColor(255, 255, 255, 225))
    corners = (QPointF(-10, -16), QPointF(18, 0), QPointF(-10, 16))
    painter.drawPolygon(QPolygonF([middle + each for each in corners]))


def fitted(size: QSize, place: QRectF) -> QRectF:
    """Return the largest rectangle of a picture's proportions in the middle of a place."""
    if size.isEmpty() or place.isEmpty():
        return QRectF()
    scale = min(place.width() / size.width(), place.height() / size.height())
    width, height = size.width() * scale, size.height() * scale
    return QRectF(
        place.x() + (place.width() - width) / 2, place.y() + (place.height() - height) / 2, width, height
    )
