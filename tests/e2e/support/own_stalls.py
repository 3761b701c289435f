"""How long the window's loop stood still by its own fault: what the machine withheld and what the test's own looks cost is taken off."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

BEAT_MS: Final = 20


class OwnStalls(QObject):
    """Beats on the loop of the thread that makes it; lives as long as the application.

    Attributes:
        stalls_ms: how long each stall was beyond a beat, in ms, if it was longer than 50.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stalls_ms: list[float] = []
        self._account = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._beat_at, self._withheld_s = time.monotonic(), self._withheld()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin_anew(self) -> None:
        """Forget what was between the last beat and now: it was a look of the test's."""
        self._beat_at, self._withheld_s = time.monotonic(), self._withheld()

    def _beat(self) -> None:
        late_s = time.monotonic() - self._beat_at - BEAT_MS / 1000
        own_s = late_s - (self._withheld() - self._withheld_s)
        if own_s > 0.05:
            self.stalls_ms.append(round(own_s * 1000))
        self.begin_anew()

    def _withheld(self) -> float:
        """Return for how long, in seconds, this thread was ready to run and got no processor."""
        return int(self._account.read_text().split()[1]) / 1e9
