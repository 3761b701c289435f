"""Notices when the window's event loop stood still, and says where: a window that does not answer is a fault, however short.

A timer beats on the loop; a thread looks whether it still does, and takes down what the loop is at when it does not. For how long the
loop was ready to run, but the machine gave it no processor, is not counted where the system tells (Linux): that is no fault of ours.
"""

from __future__ import annotations

import faulthandler
import logging
import tempfile
import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.common.clock import Clock, monotonic

BEAT_S: Final = 0.025
STALL_S: Final = 0.1
_LOOK_EVERY_S: Final = 0.05
CLOSING_S: Final = 1.0

logger = logging.getLogger(__name__)


class StallRule:
    """Tells stalls from beats. Pure.

    Args:
        now: monotonic seconds of the first beat.
    """

    def __init__(self, now: float) -> None:
        self._beat_at = now

    def beat(self, now: float, kept_waiting_s: float = 0.0) -> float | None:
        """Take a beat; return for how long the loop stood still before it, in seconds, if that was too long.

        Args:
            now: monotonic seconds.
            kept_waiting_s: for how long, since the last beat, it got no processor.
        """
        late_s = now - self._beat_at - BEAT_S - kept_waiting_s
        self._beat_at = now
        return late_s if late_s > STALL_S else None

    def is_stalled(self, now: float) -> bool:
        """Return whether the loop stands still now, for too long."""
        return now - self._beat_at - BEAT_S > STALL_S


class WaitingForProcessor:
    """For how long the thread that makes this was ready to run and did not get to, by the scheduler's own account."""

    def __init__(self) -> None:
        self._account = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._before_s = 0.0

    def since_last_s(self) -> float:
        """Return the seconds since it was asked last; 0 where the system does not tell."""
        try:
            now_s = int(self._account.read_text("ascii").split()[1]) / 1e9
        except (OSError, ValueError, IndexError):
            return 0.0
        since_s, self._before_s = now_s - self._before_s, now_s
        return since_s


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
        self._waiting = WaitingForProcessor()
        self._ending = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(int(BEAT_S * 1000))
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._look, name="loop watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._rule.beat(self._clock())
        self._waiting.since_last_s()
        self._timer.start()
        self._thread.start()

    def aclose(self) -> None:
        """End, and wait for the thread."""
        self._timer.stop()
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(CLOSING_S)

    def _beat(self) -> None:
        late_s = self._rule.beat(self._clock(), self._waiting.since_last_s())
        stack, self._stack = self._stack, ""
        if late_s is not None:
            logger.warning("The window stood still for %.0f ms.", late_s * 1000)
            # For the log alone: a terminal is told what happened, and not where in the program.
            logger.info("It stood here: %s", stack or "nobody saw where.")

    def _look(self) -> None:
        while not self._ending.wait(_LOOK_EVERY_S):
            if self._rule.is_stalled(self._clock()) and not self._stack:
                self._stack = stacks_of_all()


def stacks_of_all() -> str:
    """Return where every thread stands.

    A frame in our hands would keep what its function has: a painter would outlive its ``paintEvent``, and Qt ends the process for
    that. What is written here without touching a frame keeps nothing.
    """
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file=file, all_threads=True)
        file.seek(0)
        return file.read().decode("utf-8", "replace")
