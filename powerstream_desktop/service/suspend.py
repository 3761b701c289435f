"""Notices that the computer slept: connections are dead then, and nothing said so. Pure: reads the clocks that it is given.

Linux and macOS have a clock that stands still while the computer sleeps and one that does not: what lies between them grows by the
length of the sleep. Elsewhere a look that comes much too late is the only sign; there, a minute is taken for sleep.
"""

from __future__ import annotations

import sys
import time
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic

SLEPT_S: Final = 2.0
"""Less is no sleep: the clocks are read one after the other, on a machine that may be busy."""
LATE_S: Final = 60.0


def boot_clock() -> Clock | None:
    """Return the system's clock that goes on while the computer sleeps beside ``monotonic``, which does not; ``None`` without one."""
    if sys.platform == "linux":
        return lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":  # noqa: RET505 - mypy needs it; Python's own monotonic clock stands still there
        return lambda: time.clock_gettime(time.CLOCK_MONOTONIC)
    else:
        return None


class SuspendWatch:
    """Compares two clocks.

    Args:
        awake: stands still while the computer sleeps, if ``asleep`` is given.
        asleep: goes on while it sleeps; ``None`` where there is no such clock.
    """

    def __init__(self, awake: Clock = monotonic, asleep: Clock | None = None) -> None:
        self._awake = awake
        self._asleep = asleep
        self._last_s = awake()
        self._apart_s = self._distance_s()

    def slept_s(self) -> float | None:
        """Return how long the computer slept since the last call, in seconds; ``None`` if it did not. Call it once a second."""
        if self._asleep is None:
            before_s, self._last_s = self._last_s, self._awake()
            late_s = self._last_s - before_s
            return late_s if late_s >= LATE_S else None
        before_s, self._apart_s = self._apart_s, self._distance_s()
        slept_s = self._apart_s - before_s
        return slept_s if slept_s >= SLEPT_S else None

    def _distance_s(self) -> float:
        return self._asleep() - self._awake() if self._asleep is not None else 0.0
