"""The portrait's window on the program, moved by mouse and keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.preview.canvas_fit import (
    portrait_box,
    portrait_position,
    portrait_share,
)
from powerstream_desktop.desktop.studio.preview.portrait_view import PORTRAIT_ASPECT
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.box import Box

_STEP: Final = 0.01
_FAR: Final = 10


class WindowHandle(QWidget):
    """A bar at the window's top that is dragged; the window follows. Lies on the preview, below the frames of layers.

    Args:
        preview: which it lies on; also its parent.
        hand: sends what is wanted.
    """

    HEIGHT_PX: Final = 22

    def __init__(self, preview: PreviewView, hand: StudioHand) -> None:
        super().__init__(preview)
        self._preview = preview
        self._hand = hand
        self._position = 0.5
        self._grabbed_at: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(self.tr("Window of the portrait rendition"))
        self.setToolTip(self.tr("Drag it to where the portrait rendition shall look."))
        preview.fit_changed.connect(self._lay)

    @property
    def part(self) -> Box:
        """What the portrait rendition sees."""
        return portrait_box(self._position, self._share)

    def show_position(self, position: float) -> None:
        """Show where the engine has it; not while it is in the hand."""
        if self._grabbed_at is None and not self._hand.is_dragging:
            self._move_to(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar with its grip."""
        palette = look().palette
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bar = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            painter.setPen(QPen(palette.text if self.hasFocus() else palette.accent, 1.5))
            painter.setBrush(palette.accent)
            painter.drawRoundedRect(bar, 4, 4)
            painter.setPen(QPen(palette.accent_ink, 1.5))
            for way in (-4, 0, 4):
                x = bar.center().x() + way
                painter.drawLine(QPointF(x, bar.top() + 5), QPointF(x, bar.bottom() - 5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the window."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._grabbed_at = self._x_share(event) - self.part.x

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._grabbed_at is not None:
            self._want(portrait_position(self._x_share(event) - self._grabbed_at, self._share))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Leave it there."""
        self._grabbed_at = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move it by keys."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._want(max(0.0, min(1.0, self._position + way * far * _STEP)))

    def _want(self, position: float) -> None:
        self._move_to(position)
        self._hand.drag(edits.set_portrait_window(position))

    def _move_to(self, position: float) -> None:
        self._position = position
        self._lay()

    def _lay(self) -> None:
        left, top, width, _ = self._preview.fit.pixels_of(self.part)
        self.setGeometry(round(left), round(top), round(width), self.HEIGHT_PX)
        if not self.isHidden():
            self._preview.show_window(self.part)

    def _x_share(self, event: QMouseEvent) -> float:
        x = self.mapTo(self._preview, event.position()).x()
        return self._preview.fit.share_of(x, 0)[0]

    @property
    def _share(self) -> float:
        return portrait_share(self._preview.aspect, PORTRAIT_ASPECT)
