"""Notices when the window's event loop stood still, and says where: a window that does not answer is a fault, however short.

A timer beats on the loop; a thread looks whether it still does, and takes down what the loop is at when it does not. What the machine
withheld from it, because others use its processors, is not counted where the system tells (``processor_time``): that is no fault of
ours.
"""

from __future__ import annotations

import faulthandler
import logging
import tempfile
import threading
from typing import Final

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.shell.processor_time import ProcessorAccount, SpentTime

BEAT_S: Final = 0.025
STALL_S: Final = 0.1
_LOOK_EVERY_S: Final = 0.05
CLOSING_S: Final = 1.0
NOTHING_TOLD: Final = SpentTime()

logger = logging.getLogger(__name__)


class StallRule:
    """Tells stalls from beats. Pure.

    Args:
        now: monotonic seconds of the first beat.
    """

    def __init__(self, now: float) -> None:
        self._beat_at = now

    def beat(self, now: float, spent: SpentTime = NOTHING_TOLD) -> float | None:
        """Take a beat; return for how long the loop stood still before it, in seconds, if that was too long.

        Args:
            now: monotonic seconds.
            spent: where its time went since the last beat.
        """
        own_s = spent.own_share_s(self.late_s(now))
        self._beat_at = now
        return own_s if own_s > STALL_S else None

    def late_s(self, now: float) -> float:
        """Return how late the next beat is; below zero while it is not."""
        return now - self._beat_at - BEAT_S

    def is_stalled(self, now: float) -> bool:
        """Return whether the loop stands still now, for too long."""
        return self.late_s(now) > STALL_S


class LoopWatch(QObject):
    """Watches the loop of the thread that starts it.

    Args:
        parent: as with every QObject.
        clock: gives the time.
    """

    def __init__(self, parent: QObject | None = None, clock: Clock = monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rule = StallRule(clock())
        # The beat is written by the loop and read by the thread; the stack the other way. Each is replaced whole.
        self._stack = ""
        self._account = ProcessorAccount()
        # Written by the thread while the loop beats, read by the loop when it was late.
        self._others_before_s = 0.0
        self._ending = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(int(BEAT_S * 1000))
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._look, name="loop watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._rule.beat(self._clock())
        self._account.since_last()
        self._timer.start()
        self._thread.start()

    def aclose(self) -> None:
        """End, and wait for the thread."""
        self._timer.stop()
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(CLOSING_S)

    def _beat(self) -> None:
        now, others_s = self._clock(), 0.0
        if self._rule.is_stalled(now):
            others_s = max(0.0, self._account.others_kept_waiting_s() - self._others_before_s)
        spent = self._account.since_last(others_s)
        own_s = self._rule.beat(now, spent)
        stack, self._stack = self._stack, ""
        if own_s is not None:
            logger.warning("The window stood still for %.0f ms.", own_s * 1000)
            # For the log alone: a terminal is told what happened, and not where in the program.
            logger.info(
                "It computed for %.0f ms, and stood here: %s",
                spent.computed_s * 1000,
                stack or "nobody saw where.",
            )

    def _look(self) -> None:
        while not self._ending.wait(_LOOK_EVERY_S):
            now = self._clock()
            if self._rule.is_stalled(now) and not self._stack:
                self._stack = stacks_of_all()
            elif self._rule.late_s(now) <= 0:
                self._others_before_s = self._account.others_kept_waiting_s()


def stacks_of_all() -> str:
    """Return where every thread stands.

    A frame in our hands would keep what its function has: a painter would outlive its ``paintEvent``, and Qt ends the process for
    that. What is written here without touching a frame keeps nothing.
    """
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file=file, all_threads=True)
        file.seek(0)
        return file.read().decode("utf-8", "replace")
