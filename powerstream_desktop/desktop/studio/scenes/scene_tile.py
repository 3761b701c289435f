"""One scene in the strip: its name and its keys; a press puts it on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.look.look import look

_PADDING_PX: Final = 11
_CORNER_PX: Final = 8.0
_MIN_WIDTH_PX: Final = 112
_MAX_WIDTH_PX: Final = 220
_SMALL: Final = 0.85
"""Of the hotkey's letters."""


class SceneTile(QAbstractButton):
    """Shows a scene. The outline says which one is on: the engine's word, not the press.

    Args:
        scene_id: of the engine's.
        parent: the strip.
    """

    menu_wanted = Signal(QPoint)
    rename_wanted = Signal()
    step_wanted = Signal(int)
    """By the keys: one place to the left (-1) or to the right (1)."""
    dragged = Signal(QPoint)
    """The mouse holds it there, in global pixels."""
    dropped = Signal(QPoint)

    def __init__(self, scene_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene_id = scene_id
        self._name = ""
        self._hotkey = ""
        self._is_on = False
        self._is_wanted = False
        self._pressed_at: QPoint | None = None
        self._is_dragged = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look().changed.connect(self.updateGeometry)

    @property
    def is_on(self) -> bool:
        """The audience sees it."""
        return self._is_on

    @property
    def is_wanted(self) -> bool:
        """It was asked for, and is not on yet."""
        return self._is_wanted

    def show_scene(self, name: str, hotkey: str, *, is_on: bool, is_wanted: bool) -> None:
        """Show how it is.

        Args:
            name: plain text.
            hotkey: as people read it; empty for none.
            is_on: the audience sees it.
            is_wanted: it was asked for and is not on yet.
        """
        now = (name, hotkey, is_on, is_wanted)
        if now == (self._name, self._hotkey, self._is_on, self._is_wanted):
            return
        self._name = name
        self.setToolTip(plain_tip(name))
        self._hotkey, self._is_on, self._is_wanted = hotkey, is_on, is_wanted
        self.setAccessibleName(name)
        state = self.tr("On now.") if is_on else ""
        self.setAccessibleDescription(" ".join(filter(None, (state, hotkey))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size for both lines."""
        bold, small = self._fonts()
        width = max(
            QFontMetricsF(bold).horizontalAdvance(self._name),
            QFontMetricsF(small).horizontalAdvance(self._hotkey),
        )
        height = QFontMetricsF(bold).height() + QFontMetricsF(small).height() + 16
        return QSize(
            max(_MIN_WIDTH_PX, min(_MAX_WIDTH_PX, round(width) + 2 * _PADDING_PX + 2)), round(height)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, outline and both lines."""
        palette = look().palette
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setBrush(palette.hover if self.underMouse() or self.isDown() else palette.raised)
            painter.setPen(self._outline())
            painter.drawRoundedRect(frame, _CORNER_PX, _CORNER_PX)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(palette.text, 1, Qt.PenStyle.DotLine))
                painter.drawRoundedRect(frame.adjusted(3, 3, -3, -3), _CORNER_PX - 3, _CORNER_PX - 3)
            self._paint_words(painter, frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a press that may become a drag."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Become a drag once the mouse has gone far enough."""
        here = event.globalPosition().toPoint()
        if self._pressed_at is not None and not self._is_dragged:
            way = (here - self._pressed_at).manhattanLength()
            self._is_dragged = way >= QApplication.startDragDistance()
        if self._is_dragged:
            self.setDown(False)
            self.dragged.emit(here)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop it, or be pressed."""
        was_dragged, self._is_dragged, self._pressed_at = self._is_dragged, False, None
        if was_dragged:
            self.setDown(False)
            self.dropped.emit(event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Be pressed once more: a hasty second click must not open anything."""
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by mouse or by the menu key."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rename by F2, move by Ctrl and an arrow, press by Enter; walk by the arrows as Qt does."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key is Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif key in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_wanted.emit(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key in steps:
            self.focusNextPrevChild(steps[key] > 0)
        else:
            super().keyPressEvent(event)

    def _outline(self) -> QPen:
        palette = look().palette
        if self._is_on:
            return QPen(palette.accent, 2)
        if self._is_wanted:
            return QPen(palette.accent, 1.2, Qt.PenStyle.DashLine)
        return QPen(palette.line, 1)

    def _paint_words(self, painter: QPainter, frame: QRectF) -> None:
        palette, (bold, small) = look().palette, self._fonts()
        room = frame.adjusted(_PADDING_PX - 1, 6, 1 - _PADDING_PX, -6)
        metrics = QFontMetricsF(bold)
        painter.setFont(bold)
        painter.setPen(palette.text)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        top = Qt.AlignmentFlag.AlignTop if self._hotkey else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, top | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(small)
        painter.setPen(palette.faint)
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self._hotkey)

    def _fonts(self) -> tuple[QFont, QFont]:
        bold, small = QFont(self.font()), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        if self.font().pixelSize() > 0:
            small.setPixelSize(round(self.font().pixelSize() * _SMALL))
        else:
            small.setPointSizeF(self.font().pointSizeF() * _SMALL)
        return bold, small
