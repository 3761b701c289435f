"""A channel's fader: a slider in decibels whose way follows the law of mixing desks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.audio.fader_law import MAX_GAIN_DB, MIN_GAIN_DB, gain_at, share_of

_TENTHS: Final = 10
"""The slider counts in tenths of a decibel."""
_STEP_DB: Final = 0.5
_PAGE_DB: Final = 3.0
_KNOB_PX: Final = 12
_GROOVE_PX: Final = 4
_HEIGHT_PX: Final = 18


class Fader(QAbstractSlider):
    """-60 to +12 dB. Arrows and wheel move it by small steps, Page Up and Down by 3 dB; double click, or the key 0, sets 0 dB.

    ``valueChanged`` comes for changes of either hand; ``sliderMoved`` and ``actionTriggered`` for the user's alone.

    Args:
        channel_name: of whose loudness it is, for who hears it.
        parent: of the widget.
    """

    def __init__(self, channel_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(round(MIN_GAIN_DB * _TENTHS), round(MAX_GAIN_DB * _TENTHS))
        self.setSingleStep(round(_STEP_DB * _TENTHS))
        self.setPageStep(round(_PAGE_DB * _TENTHS))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._channel_name = channel_name
        self._speak()
        self.valueChanged.connect(self._speak)

    @property
    def gain_db(self) -> float:
        """Where it stands."""
        return self.value() / _TENTHS

    def show_gain(self, gain_db: float) -> None:
        """Stand somewhere, without telling anybody."""
        with QSignalBlocker(self):
            self.setValue(round(gain_db * _TENTHS))
        self._speak()
        self.update()

    def rename(self, channel_name: str) -> None:
        """Belong to a channel that is called otherwise now."""
        if channel_name != self._channel_name:
            self._channel_name = channel_name
            self._speak()

    def sizeHint(self) -> QSize:
        """Return what it likes to have."""
        return QSize(240, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Return what it needs."""
        return QSize(60, _HEIGHT_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the knob under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to 0 dB."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to 0 dB for the key 0; the others are Qt's affair."""
        if event.key() == Qt.Key.Key_0:
            self.setValue(0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint groove, mark of 0 dB and knob."""
        del event
        painter, palette = QPainter(self), look().palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, knob_x = self.height() / 2, self._x_of(self.gain_db)
        groove = QRectF(0, middle - _GROOVE_PX / 2, self.width(), _GROOVE_PX)
        painter.setBrush(palette.line)
        painter.drawRoundedRect(groove, 2, 2)
        painter.setBrush(palette.faint)
        painter.drawRect(QRectF(self._x_of(0.0) - 0.5, middle - _KNOB_PX / 2, 1, _KNOB_PX))
        painter.setBrush(palette.text if self.isEnabled() else palette.faint)
        painter.drawEllipse(QPointF(knob_x, middle), _KNOB_PX / 2, _KNOB_PX / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.accent, 2))
            painter.drawEllipse(QPointF(knob_x, middle), _KNOB_PX / 2 + 1.5, _KNOB_PX / 2 + 1.5)
        painter.end()

    def _way(self) -> QRect:
        """Return where the knob's middle can be."""
        inset = _KNOB_PX // 2 + 2
        return self.rect().adjusted(inset, 0, -inset, 0)

    def _x_of(self, gain_db: float) -> float:
        way = self._way()
        return way.left() + share_of(gain_db) * way.width()

    def _follow(self, event: QMouseEvent) -> None:
        way = self._way()
        share = (event.position().x() - way.left()) / max(1, way.width())
        self.setValue(round(gain_at(share) * _TENTHS))

    def _speak(self) -> None:
        gain = figures.decibels(self.gain_db)
        self.setAccessibleName(self.tr("Volume of {channel}").format(channel=self._channel_name))
        self.setAccessibleDescription(gain)
        self.setToolTip(self.tr("{gain} · double click for 0 dB").format(gain=gain))
