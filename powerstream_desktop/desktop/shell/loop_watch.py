"""Notices when the window's event loop stood still, and says where: a window that does not answer is a fault, however short.

A timer beats on the loop; a thread looks whether it still does, and takes down what the loop is at when it does not. On a machine that
gives us no processor the loop stands still, too; whoever judges by these lines takes that into account.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
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

    def beat(self, now: float) -> float | None:
        """Take a beat; return for how long the loop stood still before it, in seconds, if that was too long."""
        late_s = now - self._beat_at - BEAT_S
        self._beat_at = now
        return late_s if late_s > STALL_S else None

    def is_stalled(self, now: float) -> bool:
        """Return whether the loop stands still now, for too long."""
        return now - self._beat_at - BEAT_S > STALL_S


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
        self._watched = threading.get_ident()
        self._ending = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(int(BEAT_S * 1000))
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._look, name="loop watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._rule.beat(self._clock())
        self._timer.start()
        self._thread.start()

    def aclose(self) -> None:
        """End, and wait for the thread."""
        self._timer.stop()
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(CLOSING_S)

    def _beat(self) -> None:
        late_s = self._rule.beat(self._clock())
        if late_s is not None:
            stack, self._stack = self._stack, ""
            logger.warning(
                "The window stood still for %.0f ms.\n%s", late_s * 1000, stack or "Nobody saw where."
            )

    def _look(self) -> None:
        while not self._ending.wait(_LOOK_EVERY_S):
            if self._rule.is_stalled(self._clock()) and not self._stack:
                frame = sys._current_frames().get(self._watched)  # noqa: SLF001 - the one way to see where it stands
                self._stack = "".join(traceback.format_stack(frame)) if frame is not None else ""
