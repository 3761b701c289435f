"""The pill in the top bar that says whether we are on air: shape, colour and word."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.language.figures import duration
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.shell.on_air import AirState, OnAir, Stopwatch

LOOK_EVERY_MS: Final = 200
_HEIGHT_PX: Final = 30
_SIDE_PX: Final = 12
_DOT_PX: Final = 9
_GAP_PX: Final = 8


class StatePill(QWidget):
    """Says how far on air we are, and since when.

    Args:
        parent: the top bar.
        clock: gives the time.
    """

    def __init__(self, parent: QWidget | None = None, clock: Clock = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._state = AirState()
        self._stopwatch = Stopwatch()
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._restyled)
        self._look()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text

    def show_state(self, state: AirState) -> None:
        """Show how it stands."""
        self._state = state
        self.setToolTip(plain_tip(self._explanation()))
        if state.is_known:
            self._stopwatch.set(state, self._clock())
            self._look()
        # While nobody tells, time stands still too: what is shown is how it was.
        if state.is_running and state.is_known:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as what it says, with digits that are all as wide as the widest."""
        metrics = QFontMetrics(self._font())
        widest = "".join("0" if letter.isdigit() else letter for letter in self._text)
        return QSize(2 * _SIDE_PX + _DOT_PX + _GAP_PX + metrics.horizontalAdvance(widest) + 2, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour, is_filled = self._colour()
            self._draw_frame(painter, colour, is_filled=is_filled)
            self._draw_shape(painter, colour)
            self._draw_text(painter, is_filled=is_filled)

    def _draw_frame(self, painter: QPainter, colour: QColor, *, is_filled: bool) -> None:
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(_faded(colour, 0.5) if is_filled else look().palette.line, 1))
        painter.setBrush(_faded(colour, 0.14) if is_filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)

    def _draw_text(self, painter: QPainter, *, is_filled: bool) -> None:
        palette = look().palette
        is_live = is_filled and self._state.on_air is OnAir.LIVE and not self._state.is_rehearsal
        painter.setPen(palette.live_text if is_live else palette.text if is_filled else palette.muted)
        painter.setFont(self._font())
        place = self.rect().adjusted(_SIDE_PX + _DOT_PX + _GAP_PX, 0, -_SIDE_PX + 4, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)

    def _draw_shape(self, painter: QPainter, colour: QColor) -> None:
        """Full while live, half while it is coming, going or bridged, a ring while off."""
        middle = QPointF(_SIDE_PX + _DOT_PX / 2, self.height() / 2)
        box = QRectF(middle.x() - _DOT_PX / 2, middle.y() - _DOT_PX / 2, _DOT_PX, _DOT_PX)
        match self._state.on_air:
            case OnAir.LIVE:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(box)
            case state:
                painter.setPen(QPen(colour, 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(box.adjusted(0.8, 0.8, -0.8, -0.8))
                if state is not OnAir.OFF:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colour)
                    painter.drawPie(box.adjusted(0.8, 0.8, -0.8, -0.8), -90 * 16, 180 * 16)

    def _colour(self) -> tuple[QColor, bool]:
        """Return its colour, and whether it is filled with it."""
        palette = look().palette
        if not self._state.is_known or self._state.on_air is OnAir.OFF:
            return palette.idle, False
        if self._state.is_rehearsal:
            return palette.accent, True
        return (palette.live if self._state.on_air is OnAir.LIVE else palette.warn), True

    def _font(self) -> QFont:
        return look().font(weight=QFont.Weight.DemiBold)

    def _look(self) -> None:
        seconds = self._stopwatch.seconds(self._clock())
        word = self._word()
        text = word if seconds is None or not self._state.is_running else f"{word}  {duration(seconds)}"
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _word(self) -> str:
        match self._state.on_air:
            case OnAir.OFF:
                return self.tr("Off air")
            case OnAir.STARTING:
                return self.tr("Starting")
            case OnAir.LIVE if self._state.is_rehearsal:
                return self.tr("REHEARSAL")
            case OnAir.LIVE:
                return self.tr("LIVE")
            case OnAir.BRIDGING:
                return self.tr("Bridging")
            case OnAir.ENDING:
                return self.tr("Ending")

    def _explanation(self) -> str:
        match self._state.on_air:
            case OnAir.OFF:
                return self.tr("Nothing goes out.")
            case OnAir.STARTING:
                return self.tr("The broadcast waits for its first picture.")
            case OnAir.LIVE if self._state.is_rehearsal:
                return self.tr("The stream goes to a test receiver on this computer and to nobody else.")
            case OnAir.LIVE:
                return self._state.title or self.tr("The stream goes out.")
            case OnAir.BRIDGING:
                return self.tr(
                    "The encoder is gone. The platforms are kept with a still picture until it is back."
                )
            case OnAir.ENDING:
                return self.tr("The last pictures go out, and the recording is being finished.")

    def _restyled(self) -> None:
        self.updateGeometry()
        self.update()


def _faded(colour: QColor, opacity: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(opacity)
    return faded
