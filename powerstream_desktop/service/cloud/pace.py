"""How fast a transfer goes, and how long it will take. Pure: told bytes and the time, in monotonic seconds."""

from __future__ import annotations

from collections import deque
from typing import Final

SPAN_S: Final = 15.0
"""The rate is that of so many seconds: parts come in gusts."""
_LEAST_S: Final = 2.0


class Pace:
    """Of one transfer. What it begins with was done before."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def saw(self, bytes_done: int, now: float) -> None:
        """Take how far it is; what went back, such as a part that was lost, begins a new measurement."""
        if self._seen and bytes_done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, bytes_done))
        while len(self._seen) > 2 and self._seen[1][0] <= now - SPAN_S:
            self._seen.popleft()

    def kbps(self, now: float) -> int:
        """Return the rate of the last seconds; 0 while it is not known."""
        if not self._seen:
            return 0
        began_s, had = self._seen[0]
        span_s = now - began_s
        if span_s < _LEAST_S:
            return 0
        return round((self._seen[-1][1] - had) * 8 / 1000 / span_s)

    def seconds_left(self, bytes_total: int, now: float) -> int | None:
        """Return how long the rest takes at that rate; None while that cannot be told."""
        kbps = self.kbps(now)
        if kbps <= 0 or not self._seen:
            return None
        left = max(0, bytes_total - self._seen[-1][1])
        return round(left * 8 / 1000 / kbps)
