"""A switch: on at the right with a tick, off at the left with a ring."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.return_key import pressed_by_return
from powerstream_desktop.desktop.look.look import look

_WIDTH_PX: Final = 42
_HEIGHT_PX: Final = 24
_TRACK: Final = QRectF(3, 3, 36, 18)


class Switch(QAbstractButton):
    """A switch. Space and Return turn it.

    Args:
        accessible_name: what it switches.
        parent: where it is shown.
    """

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """See ``QWidget``."""
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``."""
        if not pressed_by_return(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See ``QWidget``."""
        palette, is_on = look().palette, self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                painter.setOpacity(0.45)
            painter.translate(0, (self.height() - _HEIGHT_PX) / 2)
            painter.setPen(QPen(palette.accent if is_on else palette.idle, 1.2))
            painter.setBrush(palette.accent if is_on else palette.well)
            painter.drawRoundedRect(_TRACK, 9, 9)
            knob = QPointF(_TRACK.right() - 9 if is_on else _TRACK.left() + 9, _TRACK.center().y())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.accent_ink if is_on else palette.idle)
            painter.drawEllipse(knob, 6, 6)
            if is_on:
                painter.setPen(QPen(palette.accent, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPolyline(
                    QPolygonF([knob + QPointF(-2.6, 0.2), knob + QPointF(-0.6, 2.2), knob + QPointF(2.8, -2)])
                )
            if self.hasFocus():
                painter.setPen(QPen(palette.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(1, 1, _WIDTH_PX - 2, _HEIGHT_PX - 2), 11, 11)
