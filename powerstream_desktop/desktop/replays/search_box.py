"""Where words are typed that replays are found by."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.replays.settling import Settling

MAX_CHARACTERS = 200
"""What the API takes."""


class SearchBox(QLineEdit):
    """Says what to search for, as soon as whoever types rests a moment. Escape empties it.

    Args:
        parent: its place.
        clock: gives the time.
    """

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, clock: Clock = monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._settling = Settling()
        self._later = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._later.timeout.connect(self._look)
        self.setMaxLength(MAX_CHARACTERS)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(self.tr("Search titles, descriptions, markers"))
        self.setAccessibleName(self.tr("Search replays"))
        self.textChanged.connect(self._take)
        self.returnPressed.connect(self._settle_at_once)

    def clear_at_once(self) -> None:
        """Search for nothing, without a rest."""
        self.clear()
        self._settle_at_once()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties it; an empty one leaves the key to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _take(self, words: str) -> None:
        rest_s = self._settling.typed(words, self._clock())
        if rest_s is None:
            self._later.stop()
        else:
            self._later.start(round(rest_s * 1000) + 1)

    def _settle_at_once(self) -> None:
        self._tell(self._settling.settle_at_once())

    def _look(self) -> None:
        self._tell(self._settling.settle(self._clock()))

    def _tell(self, words: str | None) -> None:
        self._later.stop()
        if words is not None:
            self.settled.emit(words)
