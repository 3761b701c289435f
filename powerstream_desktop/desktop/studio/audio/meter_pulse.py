"""Moves meters thirty times a second, and rests as soon as nothing moves any more. Lives on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from powerstream_desktop.common.clock import Clock

STEP_MS: Final = 33


class MeterPulse(QObject):
    """The pulse.

    Args:
        move: moves all meters to a moment; says whether they will show something else soon.
        parent: of the object.
        clock: monotonic seconds.
    """

    def __init__(self, move: Callable[[float], bool], parent: QObject, clock: Clock) -> None:
        super().__init__(parent)
        self._move = move
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.beat)

    @property
    def is_beating(self) -> bool:
        """Something moves."""
        return self._timer.isActive()

    def beat(self) -> None:
        """Move the meters now, and go on for as long as there is something to move."""
        if not self._move(self._clock()):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def rest(self) -> None:
        """Nobody looks."""
        self._timer.stop()
