"""Where in a film one is: a slider with the film's markers on it, which a click takes to where it points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from powerstream_desktop.client.live import Marker
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.language.figures import short_duration
from powerstream_desktop.desktop.look.look import look

STEP_MS: Final = 5_000
PAGE_MS: Final = 30_000
_HEIGHT_PX: Final = 24
_TRACK_PX: Final = 4
_KNOB_PX: Final = 12
_MARKER_PX: Final = 3
_NEAR_PX: Final = 6


class SeekBar(QSlider):
    """Shows and chooses a position in milliseconds.

    Args:
        parent: its place.
    """

    sought = Signal(int)  # to this position, by whoever watches

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._markers: tuple[Marker, ...] = ()
        self.setSingleStep(STEP_MS)
        self.setPageStep(PAGE_MS)
        self.setRange(0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Position"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Show these moments on it."""
        self._markers = tuple(markers)
        self.update()

    def show_position(self, position_ms: int) -> None:
        """Show where the film is, unless the knob is being dragged."""
        if not self.isSliderDown():
            self.setValue(position_ms)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Wide enough to be hit."""
        return QSize(80, _HEIGHT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the keys of any slider, and say so; Up and Down are the player's, for the volume."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
            return
        before = self.value()
        super().keyPressEvent(event)
        if self.value() != before:
            self.sought.emit(self.value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where it points."""
        if event.button() is not Qt.MouseButton.LeftButton or self.maximum() == 0:
            event.ignore()
            return
        self.setSliderDown(True)
        self.setValue(self._position_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow."""
        if self.isSliderDown():
            self.setValue(self._position_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stay, and say so once."""
        if self.isSliderDown():
            self.setSliderDown(False)
            self.sought.emit(self.value())

    def event(self, event: QEvent) -> bool:
        """Tell in a tooltip what a marker is called, and which moment one points at."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.words_at(event.pos().x())), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        palette = look().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, reached = self.height() / 2, self._x_of(self.value())
        self._bar(painter, QRectF(self._left, middle - _TRACK_PX / 2, self._span, _TRACK_PX), palette.line)
        played = QRectF(self._left, middle - _TRACK_PX / 2, reached - self._left, _TRACK_PX)
        self._bar(painter, played, palette.accent)
        for marker in self._markers:
            x = self._x_of(marker.offset_ms)
            self._bar(painter, QRectF(x - _MARKER_PX / 2, middle - 7, _MARKER_PX, 14), palette.warn)
        if self.maximum() > 0:
            painter.setBrush(palette.text)
            painter.drawEllipse(QRectF(reached - _KNOB_PX / 2, middle - _KNOB_PX / 2, _KNOB_PX, _KNOB_PX))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.accent)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    @staticmethod
    def _bar(painter: QPainter, place: QRectF, colour: QColor) -> None:
        painter.setBrush(colour)
        painter.drawRoundedRect(place, 2, 2)

    @property
    def _left(self) -> float:
        return _KNOB_PX / 2 + 1

    @property
    def _span(self) -> float:
        return max(1.0, self.width() - 2 * self._left)

    def _x_of(self, position_ms: int) -> float:
        share = position_ms / self.maximum() if self.maximum() > 0 else 0.0
        return self._left + min(max(share, 0.0), 1.0) * self._span

    def _position_at(self, x: float) -> int:
        return round(min(max((x - self._left) / self._span, 0.0), 1.0) * self.maximum())

    def words_at(self, x: float) -> str:
        """Return the markers at a place, or the moment that it is."""
        near = [each for each in self._markers if abs(self._x_of(each.offset_ms) - x) <= _NEAR_PX]
        if near:
            return "\n".join(
                f"{short_duration(each.offset_ms / 1000)} {each.label}".rstrip() for each in near
            )
        return short_duration(self._position_at(x) / 1000) if self.maximum() else ""
