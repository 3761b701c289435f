"""A bar that shows how something stood over time: green where it was well, hatched where it suffered, notched where it was down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from powerstream_desktop.desktop.kit.light_kind import LightKind, colour_of, word_of
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.look.look import look

_BAR_HEIGHT_PX: Final = 12
_HEIGHT_PX: Final = 18
_LEAST_WIDTH_PX: Final = 3.0
"""A gap of a second in a broadcast of hours can still be seen."""

_DOWN_SHARE: Final = 0.5
"""Height of what was down: colour is not the only difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """How it stood for a while.

    Attributes:
        start_s, end_s: since the bar's start.
        kind: how.
        cause: why; may be empty.
    """

    start_s: float
    end_s: float
    kind: LightKind
    cause: str = ""


class TimelineBar(QWidget):
    """A bar of spans. The pointer's tooltip, and the arrow keys, tell each span's time and cause.

    Args:
        accessible_name: whose time it shows.
        time_text: makes words of a time, given in seconds since the start.
        parent: where it is shown.
    """

    def __init__(
        self, accessible_name: str, time_text: Callable[[float], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._time_text = time_text
        self._spans: tuple[TimeSpan, ...] = ()
        self._length_s = 1.0
        self._chosen: int | None = None

    def show_spans(self, spans: Sequence[TimeSpan], length_s: float) -> None:
        """Show spans, in their order, on a bar of so many seconds; between them nothing is known."""
        now = (tuple(spans), max(length_s, 1.0))
        if now != (self._spans, self._length_s):
            self._spans, self._length_s = now
            self._choose(None)
            self.update()

    @property
    def told(self) -> str:
        """What is said of the span that the arrow keys chose; empty while none is."""
        return "" if self._chosen is None else self._words(self._spans[self._chosen])

    def span_at(self, x_px: float) -> TimeSpan | None:
        """Return the span at a place, the later one where two touch; None between them."""
        found = [
            span for span in self._spans if self._place(span).left() <= x_px <= self._place(span).right()
        ]
        return found[-1] if found else None

    def sizeHint(self) -> QSize:
        """See ``QWidget``."""
        return QSize(240, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See ``QWidget``."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().palette.well)
            painter.drawRoundedRect(self._track(), 3, 3)
            for span in self._spans:
                _paint_span(painter, self._place(span), span.kind)
            if self.hasFocus():
                place = self._track() if self._chosen is None else self._place(self._spans[self._chosen])
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look().palette.accent, 2))
                painter.drawRoundedRect(
                    place.adjusted(-1, -2, 1, 2).intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1)), 3, 3
                )

    def event(self, event: QEvent) -> bool:
        """See ``QWidget``: tells what is under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            span = self.span_at(event.pos().x())
            QToolTip.showText(event.globalPos(), "" if span is None else plain_tip(self._words(span)), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``: left and right go from span to span."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._spans:
            super().keyPressEvent(event)
            return
        last = len(self._spans) - 1
        start = (0 if step > 0 else last) if self._chosen is None else self._chosen + step
        self._choose(min(last, max(0, start)))

    def _choose(self, index: int | None) -> None:
        self._chosen = index
        self.setAccessibleDescription(self.told)
        self.update()
        if index is not None:
            place = self._place(self._spans[index]).center().toPoint()
            QToolTip.showText(self.mapToGlobal(QPoint(place.x(), self.height())), plain_tip(self.told), self)

    def _words(self, span: TimeSpan) -> str:
        word = f"{self._time_text(span.start_s)} – {self._time_text(span.end_s)}  {word_of(span.kind)}"
        return f"{word}: {span.cause}" if span.cause else word

    def _track(self) -> QRectF:
        return QRectF(0, (self.height() - _BAR_HEIGHT_PX) / 2, self.width(), _BAR_HEIGHT_PX)

    def _place(self, span: TimeSpan) -> QRectF:
        track = self._track()
        per_second = track.width() / self._length_s
        left = track.left() + max(0.0, span.start_s) * per_second
        right = track.left() + min(self._length_s, span.end_s) * per_second
        width = max(_LEAST_WIDTH_PX, right - left)
        return QRectF(min(left, track.right() - width), track.top(), width, track.height())


def _paint_span(painter: QPainter, place: QRectF, kind: LightKind) -> None:
    colour = QColor(colour_of(kind, look().palette))
    if kind is LightKind.BAD:
        place = place.adjusted(0, place.height() * _DOWN_SHARE, 0, 0)
    if kind is LightKind.OFF:
        colour.setAlphaF(0.35)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place, 2, 2)
    if kind in {LightKind.SLOW, LightKind.WORKING}:
        painter.setBrush(QBrush(look().palette.bg, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(place, 2, 2)
