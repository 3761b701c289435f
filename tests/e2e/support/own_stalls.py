"""How long the window's loop stood still by its own fault: what the machine withheld and what the test's own looks cost is taken off."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.desktop.shell.processor_time import ProcessorAccount

BEAT_MS: Final = 20


class OwnStalls(QObject):
    """Beats on the loop of the thread that makes it; lives as long as the application.

    Attributes:
        stalls_ms: of each stall beyond a beat that was longer than 50 ms: how long it was, and for how much of that the loop's thread
            computed.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stalls_ms: list[tuple[int, int]] = []
        self._account = ProcessorAccount()
        self._beat_at, self._others_s = time.monotonic(), self._account.others_kept_waiting_s()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin_anew(self) -> None:
        """Forget what was between the last beat and now: it was a look of the test's."""
        self._account.since_last()
        self._beat_at, self._others_s = time.monotonic(), self._account.others_kept_waiting_s()

    def _beat(self) -> None:
        late_s = time.monotonic() - self._beat_at - BEAT_MS / 1000
        others_s = max(0.0, self._account.others_kept_waiting_s() - self._others_s)
        spent = self._account.since_last(others_s)
        own_s = spent.own_share_s(late_s)
        if own_s > 0.05:
            self.stalls_ms.append((round(own_s * 1000), round(min(own_s, spent.computed_s) * 1000)))
        self.begin_anew()
