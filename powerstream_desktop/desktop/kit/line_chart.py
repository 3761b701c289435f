"""A chart of several figures over time: one line each, told apart by colour and by stroke."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.chart_scale import round_top, value_at
from powerstream_desktop.desktop.kit.tone import Tone, ink_of
from powerstream_desktop.desktop.look.look import look

_STROKES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_LETTERS_PX: Final = 11
_ROWS: Final = 4
_KEY_STEP_SHARE: Final = 0.02
_SAMPLE_PX: Final = 24
_LEGEND_GAP_PX: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """A line.

    Attributes:
        name: of what it shows.
        points: pairs of time in seconds and value, in their order. None for a value is a gap.
    """

    name: str
    points: tuple[tuple[float, float | None], ...]


class LineChart(QWidget):
    """A chart. The pointer and the arrow keys read the values at a time.

    Args:
        accessible_name: what it shows.
        value_text: makes words of a value.
        time_text: makes words of a time, given in seconds.
        parent: where it is shown.
    """

    def __init__(
        self,
        accessible_name: str,
        value_text: Callable[[float], str],
        time_text: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._value_text, self._time_text = value_text, time_text
        self._lines: tuple[ChartLine, ...] = ()
        self._start_s, self._end_s = 0.0, 1.0
        self._read_at_s: float | None = None
        self._drawn: QPixmap | None = (
            None  # grid and lines; painting them takes some ms, and the pointer asks often
        )

    def show_lines(self, lines: Sequence[ChartLine], start_s: float, end_s: float) -> None:
        """Show lines between two times."""
        now = (tuple(lines), start_s, max(end_s, start_s + 1))
        if now != (self._lines, self._start_s, self._end_s):
            self._lines, self._start_s, self._end_s = now
            self._drawn = None
            self.update()

    @property
    def told(self) -> str:
        """What is read at the chosen time; empty while none is."""
        if self._read_at_s is None:
            return ""
        return "\n".join(
            [self._time_text(self._read_at_s), *(f"{name}  {text}" for name, text, _ in self._readings())]
        )

    def sizeHint(self) -> QSize:
        """See ``QWidget``."""
        return QSize(420, 160)

    def minimumSizeHint(self) -> QSize:
        """See ``QWidget``."""
        return QSize(160, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See ``QWidget``."""
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._picture())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._read_at_s is not None:
                painter.setFont(look().font(_LETTERS_PX))
                self._paint_reading(painter, self._plot(), self._read_at_s)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look().palette.accent, 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def changeEvent(self, event: QEvent) -> None:
        """See ``QWidget``: another theme or text size."""
        if event.type() is QEvent.Type.StyleChange:
            self._drawn = None
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See ``QWidget``."""
        plot = self._plot()
        share = (event.position().x() - plot.left()) / plot.width()
        self._read(self._start_s + share * (self._end_s - self._start_s))

    def leaveEvent(self, _event: QEvent) -> None:
        """See ``QWidget``."""
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``: left and right go through time, Escape stops reading."""
        length_s = self._end_s - self._start_s
        step_s = {Qt.Key.Key_Left: -length_s, Qt.Key.Key_Right: length_s}.get(Qt.Key(event.key()))
        if step_s is not None:
            at_s = self._end_s if self._read_at_s is None else self._read_at_s + step_s * _KEY_STEP_SHARE
            self._read(at_s)
        elif event.key() == Qt.Key.Key_Escape and self._read_at_s is not None:
            self._read(None)
        else:
            super().keyPressEvent(event)

    def _read(self, at_s: float | None) -> None:
        self._read_at_s = None if at_s is None else min(self._end_s, max(self._start_s, at_s))
        self.setAccessibleDescription(self.told)
        self.update()

    def _readings(self) -> list[tuple[str, str, QColor]]:
        at_s = self._read_at_s if self._read_at_s is not None else self._end_s
        found = [
            (line.name, value_at(line.points, at_s), self._colour(index))
            for index, line in enumerate(self._lines)
        ]
        return [(name, self._value_text(value), colour) for name, value, colour in found if value is not None]

    def _top(self) -> float:
        return round_top(max((value or 0.0 for line in self._lines for _, value in line.points), default=0.0))

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(look().font(_LETTERS_PX))
        left = max(metrics.horizontalAdvance(self._value_text(self._top())), 24) + 8
        return QRectF(
            left, 8, max(1.0, self.width() - left - 6), max(1.0, self.height() - 8 - metrics.height() - 8)
        )

    def _place(self, plot: QRectF, top: float, at_s: float, value: float) -> QPointF:
        across = (at_s - self._start_s) / (self._end_s - self._start_s)
        return QPointF(plot.left() + across * plot.width(), plot.bottom() - value / top * plot.height())

    def _pen(self, index: int) -> QPen:
        return QPen(self._colour(index), 1.6, _STROKES[(index // 3) % len(_STROKES)])

    def _colour(self, index: int) -> QColor:
        series = look().palette.series
        return series[index % len(series)]

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = (QSizeF(self.size()) * ratio).toSize()
        if self._drawn is None or self._drawn.size() != size:
            drawn = QPixmap(size)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            with QPainter(drawn) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setFont(look().font(_LETTERS_PX))
                self._paint_lines(painter)
            self._drawn = drawn
        return self._drawn

    def _paint_lines(self, painter: QPainter) -> None:
        plot, top = self._plot(), self._top()
        self._paint_grid(painter, plot, top)
        self._paint_legend(painter, plot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index, line in enumerate(self._lines):
            painter.setPen(self._pen(index))
            for run in _runs(line.points):
                places = [self._place(plot, top, at_s, value) for at_s, value in run]
                painter.drawPolyline(QPolygonF(places))
                if len(places) == 1:
                    painter.drawEllipse(places[0], 1, 1)

    def _paint_grid(self, painter: QPainter, plot: QRectF, top: float) -> None:
        palette = look().palette
        letters = painter.fontMetrics()
        for row in range(_ROWS + 1):
            y = plot.bottom() - plot.height() * row / _ROWS
            painter.setPen(QPen(palette.line, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            if row % 2 == 0:
                painter.setPen(ink_of(Tone.FAINT, palette))
                place = QRectF(0, y - letters.height() / 2, plot.left() - 6, letters.height())
                painter.drawText(
                    place,
                    int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                    self._value_text(top * row / _ROWS),
                )
        painter.setPen(ink_of(Tone.FAINT, palette))
        below = QRectF(plot.left(), plot.bottom() + 5, plot.width(), letters.height() + 2)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), self._time_text(self._start_s))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), self._time_text(self._end_s))

    def _paint_legend(self, painter: QPainter, plot: QRectF) -> None:
        """Name the lines below the plot, between its two times; each as long as there is room."""
        if not self._lines:
            return
        letters = painter.fontMetrics()
        times_px = max(
            letters.horizontalAdvance(self._time_text(at_s)) for at_s in (self._start_s, self._end_s)
        )
        room_px = plot.width() - 2 * (times_px + _LEGEND_GAP_PX)
        names = [line.name for line in self._lines]
        beside_px = len(names) * (_SAMPLE_PX + _LEGEND_GAP_PX)
        if beside_px + sum(letters.horizontalAdvance(name) for name in names) > room_px:
            share_px = max(0, int((room_px - beside_px) / len(names)))
            names = [letters.elidedText(name, Qt.TextElideMode.ElideRight, share_px) for name in names]
        widths = [_SAMPLE_PX + letters.horizontalAdvance(name) + _LEGEND_GAP_PX for name in names]
        left = plot.center().x() - (sum(widths) - _LEGEND_GAP_PX) / 2
        middle = plot.bottom() + 5 + letters.height() / 2
        for index, (name, width) in enumerate(zip(names, widths, strict=True)):
            painter.setPen(self._pen(index))
            painter.drawLine(QPointF(left, middle), QPointF(left + _SAMPLE_PX - 6, middle))
            painter.setPen(ink_of(Tone.MUTED, look().palette))
            painter.drawText(QPointF(left + _SAMPLE_PX, plot.bottom() + 5 + letters.ascent()), name)
            left += width

    def _paint_reading(self, painter: QPainter, plot: QRectF, at_s: float) -> None:
        palette, letters = look().palette, painter.fontMetrics()
        x = self._place(plot, 1.0, at_s, 0.0).x()
        painter.setPen(QPen(palette.muted, 1))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        rows = [
            (self._time_text(at_s), palette.text),
            *((f"{name}  {text}", colour) for name, text, colour in self._readings()),
        ]
        width = max(letters.horizontalAdvance(words) for words, _ in rows) + 16
        height = len(rows) * (letters.height() + 2) + 10
        left = x + 8 if x + 8 + width < plot.right() else x - 8 - width
        box = QRectF(max(0.0, left), plot.top() + 2, width, height)
        painter.setPen(QPen(palette.line, 1))
        painter.setBrush(palette.raised)
        painter.drawRoundedRect(box, 6, 6)
        for index, (words, colour) in enumerate(rows):
            painter.setPen(colour)
            painter.drawText(
                QPointF(box.left() + 8, box.top() + 5 + letters.ascent() + index * (letters.height() + 2)),
                words,
            )


def _runs(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Return the stretches between gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for at_s, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((at_s, value))
    return [run for run in runs if run]
