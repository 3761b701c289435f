"""The layers' frames over the preview: select, drag, resize and crop with the mouse, nudge and remove with the keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView
from powerstream_desktop.desktop.studio.scenery.shown import ShownLayer
from powerstream_desktop.desktop.studio.sources.dragging import Drag, Keys, Step
from powerstream_desktop.desktop.studio.sources.handles import Handle
from powerstream_desktop.desktop.studio.sources.hitting import handle_at, layer_at
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing
from powerstream_desktop.desktop.studio.sources.snapping import lines_of

_HANDLE_PX: Final = 9.0
_GRIP_PX: Final = 9.0
"""From a handle's middle it can be taken hold of so far away."""
_SNAP_PX: Final = 7.0
_NUDGE: Final = 1 / 1920
"""Of the canvas's width: a pixel of Full HD."""
_FAR: Final = 10
"""Nudges with Shift."""
_INK: Final = QColor(255, 255, 255)
_SHADOW: Final = QColor(0, 0, 0, 150)
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS: Final = {
    Handle.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Handle.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Handle.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Handle.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
    Handle.LEFT: Qt.CursorShape.SizeHorCursor,
    Handle.RIGHT: Qt.CursorShape.SizeHorCursor,
    Handle.TOP: Qt.CursorShape.SizeVerCursor,
    Handle.BOTTOM: Qt.CursorShape.SizeVerCursor,
}


class LayerCanvas(QWidget):
    """Lies over a preview while sources are edited.

    Args:
        preview: what it covers; also its parent.
        editing: whose layers.
    """

    def __init__(self, preview: PreviewView, editing: SceneEditing) -> None:
        super().__init__(preview)
        self._preview = preview
        self._editing = editing
        self._drag: Drag | None = None
        self._step: Step | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Layers on the picture"))
        self.setAccessibleDescription(
            self.tr(
                "Arrow keys move the selected layer, with Shift in larger steps. Page up and page down select another. Delete removes it."
            )
        )
        self.setGeometry(preview.rect())
        preview.fit_changed.connect(self._cover)
        editing.changed.connect(self.update)
        editing.selected_changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame of the selected layer with its handles, and the lines it snapped to."""
        selected = self._editing.selected
        with QPainter(self) as painter:
            self._paint_lines(painter)
            if selected is not None:
                self._paint_frame(painter, selected)

    def _paint_frame(self, painter: QPainter, selected: ShownLayer) -> None:
        frame = QRectF(*self._preview.fit.pixels_of(selected.place))
        painter.setPen(QPen(_SHADOW, 3))
        painter.drawRect(frame)
        is_crossed = selected.locked or not selected.visible
        style = Qt.PenStyle.DashLine if is_crossed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look().palette.accent, 1.5, style))
        painter.drawRect(frame)
        if not selected.locked:
            for handle in Handle:
                self._paint_handle(painter, *self._preview.fit.point_of(*handle.of(selected.place)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle or a layer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        x, y = self._share(event.position())
        layer, handle = self._taken(x, y)
        self._editing.select(layer.id if layer is not None else "")
        if layer is not None:
            others = [each.place for each in self._editing.layers if each.visible and each.id != layer.id]
            self._drag = Drag(layer=layer, handle=handle, x=x, y=y, lines=lines_of(others))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what could be taken."""
        x, y = self._share(event.position())
        if self._drag is None:
            self._point_at(x, y)
            return
        self._step = self._drag.to(x, y, _keys(event.modifiers()), self._preview.fit.reach(_SNAP_PX))
        self._editing.drag_to(self._step.layer)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Leave the layer where it is."""
        self._end_drag()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nudge, select, remove; Escape gives a drag up, or the selection."""
        key, selected = Qt.Key(event.key()), self._editing.selected
        if key is Qt.Key.Key_Escape and (self._drag is not None or selected is not None):
            self._give_up()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._select_next(1 if key is Qt.Key.Key_PageUp else -1)
        elif selected is not None and key in _ARROWS:
            far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            across, down = _ARROWS[key]
            self._editing.nudge(across * far * _NUDGE, down * far * _NUDGE * self._preview.aspect)
        elif selected is not None and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            if not selected.locked:
                self._editing.remove(selected)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave a layer where it is when somebody else is spoken to."""
        super().focusOutEvent(event)
        self._end_drag()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the shape of the mouse back."""
        super().leaveEvent(event)
        self.unsetCursor()

    def _taken(self, x: float, y: float) -> tuple[ShownLayer | None, Handle | None]:
        selected = self._editing.selected
        if selected is not None and not selected.locked:
            handle = handle_at(selected.place, x, y, self._preview.fit.reach(_GRIP_PX))
            if handle is not None:
                return selected, handle
        chosen = selected.id if selected is not None else ""
        return layer_at(self._editing.layers, x, y, selected=chosen), None

    def _point_at(self, x: float, y: float) -> None:
        layer, handle = self._taken(x, y)
        if handle is not None:
            self.setCursor(_CURSORS[handle])
        elif layer is not None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.unsetCursor()

    def _select_next(self, way: int) -> None:
        ids = [layer.id for layer in self._editing.layers]
        if ids:
            selected = self._editing.selected
            now = ids.index(selected.id) if selected is not None else (-1 if way > 0 else 0)
            self._editing.select(ids[(now + way) % len(ids)])

    def _give_up(self) -> None:
        if self._drag is not None:
            self._editing.drag_to(self._drag.layer)
            self._end_drag()
        else:
            self._editing.select("")

    def _end_drag(self) -> None:
        if self._drag is not None:
            self._drag, self._step = None, None
            self._editing.let_go()
            self.update()

    def _paint_lines(self, painter: QPainter) -> None:
        if self._step is None:
            return
        fit = self._preview.fit
        painter.setPen(QPen(look().palette.accent, 1, Qt.PenStyle.DotLine))
        if self._step.across is not None:
            x = fit.point_of(self._step.across, 0)[0]
            painter.drawLine(QPointF(x, fit.top), QPointF(x, fit.top + fit.height))
        if self._step.down is not None:
            y = fit.point_of(0, self._step.down)[1]
            painter.drawLine(QPointF(fit.left, y), QPointF(fit.left + fit.width, y))

    def _paint_handle(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(QPen(look().palette.accent, 1.5))
        painter.setBrush(_INK)
        painter.drawRect(QRectF(x - _HANDLE_PX / 2, y - _HANDLE_PX / 2, _HANDLE_PX, _HANDLE_PX))

    def _share(self, point: QPointF) -> tuple[float, float]:
        return self._preview.fit.share_of(point.x(), point.y())

    def _cover(self) -> None:
        self.setGeometry(self._preview.rect())


def _keys(modifiers: Qt.KeyboardModifier) -> Keys:
    return Keys(
        constrains=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        crops=bool(modifiers & Qt.KeyboardModifier.AltModifier),
        is_free=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
    )
