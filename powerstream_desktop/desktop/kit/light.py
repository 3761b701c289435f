"""A status light: shape, colour and word."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.light_kind import LightKind, colour_of, word_of
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.look.look import look

SIDE_PX: Final = 16


class Light(QLabel):
    """A light: a label whose words are a shape. What it says is its accessible name; why is its tooltip.

    Args:
        kind: how it stands at first.
        parent: where it is shown.
    """

    def __init__(self, kind: LightKind = LightKind.OFF, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._kind = kind
        self.show_light(kind)

    @property
    def kind(self) -> LightKind:
        """How it stands."""
        return self._kind

    def show_light(self, kind: LightKind, cause: str = "", word: str = "") -> None:
        """Say how it stands.

        Args:
            kind: shape and colour.
            cause: why; the tooltip. May be empty.
            word: another word than the kind's own, such as "Reconnecting".
        """
        said = word or word_of(kind)
        self.setAccessibleName(f"{said}: {cause}" if cause else said)
        self.setToolTip(plain_tip(cause or said))
        if kind is not self._kind:
            self._kind = kind
            self.update()

    def sizeHint(self) -> QSize:
        """See ``QWidget``."""
        side_px = look().scaled_px(SIDE_PX)
        return QSize(side_px, side_px)

    def minimumSizeHint(self) -> QSize:
        """See ``QWidget``."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See ``QWidget``."""
        with QPainter(self) as painter:
            paint_light(painter, QRectF(self.rect()), self._kind, colour_of(self._kind, look().palette))


def paint_light(painter: QPainter, place: QRectF, kind: LightKind, colour: QColor) -> None:
    """Paint a light's shape as large as it fits into a place. The painter's pen and brush are other ones afterwards."""
    side = min(place.width(), place.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.center())
    painter.scale(side / SIDE_PX, side / SIDE_PX)
    _SHAPES[kind](painter, colour)
    painter.restore()


def _disc(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(0, 0), 6, 6)


def _triangle(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(0, -6.2), QPointF(7, 6), QPointF(-7, 6)]))


def _ring(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), 5.2, 5.2)


def _half_disc(painter: QPainter, colour: QColor) -> None:
    _ring(painter, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPie(QRectF(-5.2, -5.2, 10.4, 10.4), 90 * 16, -180 * 16)


def _cross(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(-5, -5), QPointF(5, 5))
    painter.drawLine(QPointF(5, -5), QPointF(-5, 5))


_SHAPES = {
    LightKind.LIVE: _disc,
    LightKind.SLOW: _triangle,
    LightKind.WORKING: _half_disc,
    LightKind.BAD: _cross,
    LightKind.OFF: _ring,
}
