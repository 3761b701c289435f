"""The film's sound as a wave, with the selection, the playhead, markers and what platforms missed on it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.review.moments import Moment, MomentKind
from powerstream_desktop.desktop.review.scrubbed import Scrubbed
from powerstream_desktop.desktop.review.time_code import US_PER_S, time_code
from powerstream_desktop.desktop.review.transport import Transport

_HEIGHT_PX: Final = 44
_REACH_PX: Final = 5.0
_BAND_PX: Final = 6.0
_LEAST_BAND_PX: Final = 3.0
_FLAG_PX: Final = 7.0
_LOUDEST: Final = 255


class _Held(Enum):
    """What a drag moves."""

    NOTHING = "nothing"
    IN = "in"
    OUT = "out"


class Timeline(Scrubbed):
    """Shows and chooses moments. A press goes there; a press on an edge of the selection takes that edge.

    Args:
        parent: its place.
    """

    selected = Signal(object)  # Transport: with another selection
    chosen = Signal(object)  # int: a marker or a missed stretch was pressed; its beginning in microseconds

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HEIGHT_PX, parent)
        self._transport = Transport()
        self._moments: tuple[Moment, ...] = ()
        self._peaks = b""
        self._per_second = 0.0
        self._columns: tuple[float, list[int]] = (0.0, [])  # for this width: the loudest of each pixel
        self._held = _Held.NOTHING
        self.setAccessibleName(self.tr("Timeline"))

    def show_wave(self, peaks: bytes, per_second: float) -> None:
        """Show how loud it is, 0 to 255, so many values a second; none for what has no sound, or before it is known."""
        self._peaks, self._per_second = peaks, per_second
        self._columns = (0.0, [])
        self.update()

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these on it."""
        self._moments = tuple(moments)
        self.update()

    def show_transport(self, transport: Transport) -> None:
        """Show where the film is, and what is selected."""
        self._transport = transport
        if transport.length_us != self._length_us:
            self._columns = (0.0, [])
        self.show_length(transport.length_us)
        self.setAccessibleDescription(time_code(transport.position_us))
        self.update()

    def words_at(self, x_px: float) -> str:
        """Return what lies at a place: marks and missed stretches, or the moment that it is."""
        near = [each for each in self._moments if self._is_on(each, x_px)]
        return "\n".join(each.text for each in near) or time_code(self.scale.at(x_px))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take an edge of the selection, go to a mark, or to where it points."""
        x_px = event.position().x()
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = self._edge_at(x_px)
            if self._held is not _Held.NOTHING:
                return
            flag = self._flag_at(event.position())
            if flag is not None:
                self.left_alone.emit()
                self.chosen.emit(flag.start_us)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; show that an edge can be taken."""
        x_px = event.position().x()
        if self._held is _Held.NOTHING:
            on_edge = self._edge_at(x_px) is not _Held.NOTHING
            self.setCursor(Qt.CursorShape.SizeHorCursor if on_edge else Qt.CursorShape.PointingHandCursor)
            super().mouseMoveEvent(event)
            return
        at_us = self.scale.at(x_px)
        is_in = self._held is _Held.IN
        self.selected.emit(self._transport.with_in(at_us) if is_in else self._transport.with_out(at_us))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = _Held.NOTHING
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell in a tooltip what is under the pointer, where that is more than a moment."""
        if isinstance(event, QHelpEvent):
            is_something = any(self._is_on(each, event.pos().x()) for each in self._moments)
            words = self.words_at(event.pos().x()) if is_something else ""
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_selection(painter)
            self._paint_wave(painter)
            for moment in self._moments if self._length_us > 0 else ():
                self._paint_moment(painter, moment)
            self._paint_edges(painter)
            self._paint_playhead(painter)

    def _paint_wave(self, painter: QPainter) -> None:
        colour, middle = QColor(look().palette.accent), self._wave_middle
        colour.setAlphaF(0.62)
        half = middle - _BAND_PX - 1
        painter.setPen(QPen(colour, 1))
        for x, loudness in enumerate(self._loudest()):
            reach = max(0.5, half * loudness / _LOUDEST)
            painter.drawLine(QPointF(x + 0.5, middle - reach), QPointF(x + 0.5, middle + reach))

    def _loudest(self) -> list[int]:
        """Return the loudest value of each pixel's stretch; none of anything gives a flat line."""
        width = max(1, self.width())
        if self._columns[0] != width:
            self._columns = (width, self._measured(width))
        return self._columns[1]

    def _measured(self, width: int) -> list[int]:
        if not self._peaks or self._length_us <= 0:
            return [0] * width
        per_pixel = self._length_us / US_PER_S * self._per_second / width
        loudest = []
        for x in range(width):
            first = int(x * per_pixel)
            loudest.append(max(self._peaks[first : max(first + 1, int((x + 1) * per_pixel))], default=0))
        return loudest

    def _paint_selection(self, painter: QPainter) -> None:
        place = self._selected_place()
        if place is not None:
            ground = QColor(look().palette.accent)
            ground.setAlphaF(0.22)
            painter.fillRect(place, ground)

    def _paint_edges(self, painter: QPainter) -> None:
        place = self._selected_place()
        if place is None:
            return
        painter.setPen(QPen(look().palette.accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0.75, 0.75, -0.75, -0.75))

    def _paint_moment(self, painter: QPainter, moment: Moment) -> None:
        palette = look().palette
        painter.setPen(Qt.PenStyle.NoPen)
        if moment.kind is MomentKind.MARKER:
            x = self.scale.x_of(moment.start_us)
            painter.setBrush(palette.warn)
            painter.drawPolygon(
                QPolygonF([QPointF(x - 1, 0), QPointF(x + _FLAG_PX, 3.5), QPointF(x - 1, _FLAG_PX)])
            )
            painter.drawRect(QRectF(x - 1, 0, 1.5, self.height() - _BAND_PX))
            return
        band = self._band_of(moment)
        painter.setBrush(palette.err if moment.kind is MomentKind.MISSED else palette.idle)
        painter.drawRect(band)
        if moment.kind is MomentKind.BREAK:  # colour is not the only difference
            painter.setBrush(QBrush(palette.surface, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(band)

    def _paint_playhead(self, painter: QPainter) -> None:
        if self._length_us <= 0:
            return
        x = min(max(self.scale.x_of(self._transport.position_us), 1.0), self.width() - 1.0)
        painter.setPen(QPen(look().palette.text, 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    @property
    def _wave_middle(self) -> float:
        return self.height() / 2

    def _selected_place(self) -> QRectF | None:
        selection = self._transport.selection
        if selection is None or self._length_us <= 0:
            return None
        left, right = self.scale.x_of(selection[0]), self.scale.x_of(selection[1])
        return QRectF(left, 0, max(1.5, right - left), self.height())

    def _band_of(self, moment: Moment) -> QRectF:
        left, right = self.scale.x_of(moment.start_us), self.scale.x_of(moment.end_us)
        width = max(_LEAST_BAND_PX, right - left)
        return QRectF(min(left, self.width() - width), self.height() - _BAND_PX, width, _BAND_PX)

    def _is_on(self, moment: Moment, x_px: float) -> bool:
        if moment.kind is MomentKind.MARKER:
            return self.scale.is_near(moment.start_us, x_px, _REACH_PX)
        band = self._band_of(moment)
        return band.left() - 1 <= x_px <= band.right() + 1

    def _flag_at(self, place: QPointF) -> Moment | None:
        """Return the marker's flag, or the band of a missed stretch, that lies there."""
        for moment in reversed(self._moments):
            is_marker = moment.kind is MomentKind.MARKER
            is_high_enough = place.y() <= _FLAG_PX + 2 if is_marker else place.y() >= self.height() - _BAND_PX
            if is_high_enough and self._is_on(moment, place.x()):
                return moment
        return None

    def _edge_at(self, x_px: float) -> _Held:
        transport, scale = self._transport, self.scale
        if transport.out_us is not None and scale.is_near(transport.out_us, x_px, _REACH_PX):
            return _Held.OUT
        if transport.in_us is not None and scale.is_near(transport.in_us, x_px, _REACH_PX):
            return _Held.IN
        return _Held.NOTHING
