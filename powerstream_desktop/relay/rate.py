"""Bits per second over the last few seconds, from a running total."""

from __future__ import annotations

from collections import deque

WINDOW_S = 3.0
STEP_S = 0.25


class RateMeter:
    """Counts bytes and tells the rate over the last three seconds. Pure; not thread-safe."""

    def __init__(self) -> None:
        self.total = 0
        self._marks: deque[tuple[float, int]] = deque()

    def add(self, size_bytes: int, now: float) -> None:
        """Count ``size_bytes``, which came between the last call and ``now`` (monotonic seconds)."""
        self.total += size_bytes
        if not self._marks or now - self._marks[-1][0] >= STEP_S:
            self._marks.append((now, self.total))
            self._forget(now)

    def kbps(self, now: float) -> int:
        """Return kilobits per second over the window that ends at ``now``; 0 before a quarter of one has been seen."""
        self._forget(now)
        if not self._marks:
            return 0
        started, total = self._marks[0]
        elapsed_s = now - started
        if not STEP_S <= elapsed_s <= 2 * WINDOW_S:
            return 0
        return round((self.total - total) * 8 / 1000 / elapsed_s)

    def _forget(self, now: float) -> None:
        """Drop the marks that lie before the window, and one from before a silence, which would thin out what follows it."""
        marks = self._marks
        while len(marks) > 1 and (now - marks[1][0] > WINDOW_S or now - marks[0][0] > 2 * WINDOW_S):
            marks.popleft()
