"""Watches what a platform takes on one lane, and says whether its light should be amber, and why."""

from __future__ import annotations

from collections import deque

from powerstream_desktop.platforms.failures import FailureKind

SLOW_LAG_MS = 700
CAUGHT_UP_LAG_MS = 350
SLOW_MEMORY_S = 5.0
"""A lane that dropped frames stays amber for at least so long; also the window of the drops per second."""
STARVED_AFTER_S = 3.0
STUCK_AFTER_S = 1.0
"""Something waits, and nothing was taken for so long: not dead yet, but the stream does not arrive just now. A backup is called
3 s later, before the stalled connection is given up: one that stalls again and again would never be down for long enough."""


class LaneWatch:
    """What was taken and dropped lately on one connection. Pure; times in monotonic seconds.

    Args:
        now: the time.
        frames_dropped: running total of the lane so far, which is none of this connection's.
    """

    def __init__(self, now: float, frames_dropped: int = 0) -> None:
        self._taken_at = now
        self._emptied_at = now
        self._dropped_at: float | None = None
        self._drops: deque[tuple[float, int]] = deque([(now, frames_dropped)])

    def note(self, now: float, *, newly_taken: int, all_taken: bool, frames_dropped: int) -> None:
        """Take note of a look at the connection.

        Args:
            now: the time.
            newly_taken: bytes that the platform has acknowledged since the last look.
            all_taken: True when nothing that was written waits for an acknowledgement.
            frames_dropped: running total of the lane.
        """
        if newly_taken:
            self._taken_at = now
        if newly_taken or all_taken:
            self._emptied_at = now
        if frames_dropped != self._drops[-1][1]:
            self._dropped_at = now
        self._drops.append((now, frames_dropped))
        self._forget(now)

    def trouble(self, now: float, lag_ms: int, *, is_slow: bool, makes_room: bool) -> FailureKind | None:
        """Return why the light should be amber, or None when it should be green.

        Args:
            now: the time.
            lag_ms: media time that the platform has not acknowledged.
            is_slow: it is amber already: then it has to catch up more than it had to fall behind.
            makes_room: it is told to leave frames out for the sake of others.
        """
        if makes_room:
            return FailureKind.MADE_ROOM
        if self._dropped_at is not None and now - self._dropped_at < SLOW_MEMORY_S:
            return FailureKind.TOO_SLOW
        if now - self._taken_at > STARVED_AFTER_S and lag_ms < CAUGHT_UP_LAG_MS:
            return FailureKind.NO_INPUT
        if lag_ms > (CAUGHT_UP_LAG_MS if is_slow else SLOW_LAG_MS):
            return FailureKind.TOO_SLOW
        return None

    def stuck(self, now: float) -> bool:
        """Tell whether the platform has left what waits for it alone for a second."""
        return now - self._emptied_at > STUCK_AFTER_S

    def frames_dropped_per_s(self, now: float) -> float:
        """Return the frames dropped per second over the last five seconds."""
        self._forget(now)
        since, then = self._drops[0]
        return (self._drops[-1][1] - then) / max(1.0, now - since)

    def _forget(self, now: float) -> None:
        """Keep one mark from before the window, from which the drops inside it count."""
        while len(self._drops) > 1 and now - self._drops[1][0] >= SLOW_MEMORY_S:
            self._drops.popleft()
