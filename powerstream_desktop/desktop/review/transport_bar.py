"""The row of the transport: where the film is, a picture back, play, a picture on, how fast, how long it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.review.folding_row import FoldingRow, side_by_side
from powerstream_desktop.desktop.review.time_code import US_PER_S, time_code
from powerstream_desktop.desktop.review.transport import RATES, Motion, Transport

_DIGITS: Final = {0.25: 2, 0.5: 1, 1.5: 1}


class TransportBar(QWidget):
    """Says what is wanted; does nothing itself.

    Args:
        parent: its place.
    """

    play_wanted = Signal()  # or to stand still: whatever is not the case
    step_wanted = Signal(int)  # so many pictures
    rate_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._position = Label("")
        self._length = Label("", Tone.MUTED)
        self.back = Button(self.tr("−1 frame"), Role.SMALL)
        self.play = Button(self.tr("Play"), Role.PRIMARY, small=True)
        self.on = Button(self.tr("+1 frame"), Role.SMALL)
        self.rate = Button("", Role.SMALL)
        self._rates = QMenu(self)
        self._make_rates()
        self._arrange()
        self.play.clicked.connect(self.play_wanted)
        self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.on.clicked.connect(lambda: self.step_wanted.emit(1))
        self.show_transport(Transport())

    def show_transport(self, transport: Transport) -> None:
        """Show where the film is, and how it moves."""
        self._position.show_text(time_code(transport.position_us))
        self._length.show_text(figures.duration(transport.length_us / US_PER_S))
        self.play.setText(self.tr("Play") if transport.motion is Motion.STILL else self.tr("Pause"))
        shown = transport.rate if transport.motion is Motion.STILL else transport.speed
        sign = figures.MINUS if transport.motion is Motion.REWINDING else ""
        self.rate.setText(sign + rate_text(shown))
        for action in self._rates.actions():
            action.setChecked(action.data() == transport.rate)

    def enable(self, *, is_usable: bool) -> None:
        """Offer what can be done, or nothing."""
        for each in (self.back, self.play, self.on, self.rate):
            each.setEnabled(is_usable)

    def _make_rates(self) -> None:
        group = QActionGroup(self)
        for rate in RATES:
            action = QAction(rate_text(rate), self._rates)
            action.setCheckable(True)
            action.setData(rate)
            group.addAction(action)
            self._rates.addAction(action)
        self._rates.triggered.connect(lambda action: self.rate_wanted.emit(action.data()))
        self.rate.setMenu(self._rates)
        self.rate.setAccessibleName(self.tr("Speed"))
        self.rate.setToolTip(self.tr("Speed"))

    def _arrange(self) -> None:
        self._length.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self._position, self._length):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        buttons = side_by_side(self.back, self.play, self.on, self.rate, gap_px=8)
        buttons.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(FoldingRow((self._position, buttons, self._length), buttons))
        self._position.setAccessibleName(self.tr("Position"))


def rate_text(rate: float) -> str:
    """Return how fast: 1×, 0.25×."""
    return f"{figures.decimal(rate, _DIGITS.get(rate, 0))}×"
