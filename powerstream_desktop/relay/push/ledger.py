"""What a platform has really taken: compares what was written with what its end of TCP acknowledged.

RTMP's own acknowledgements are worthless for this (some services send constants, rtmp.md 1.18), and bytes in our kernel's
buffer are not with the platform. So the light hangs on this ledger.
"""

from __future__ import annotations

from collections import deque

STALLED_AFTER_S = 5.0
LEAST_PROGRESS_BYTES = 1_000
"""A peer that reads nothing still takes a byte now and then: TCP's probes of its closed window."""


class Ledger:
    """Written and acknowledged bytes of one connection, and the media time between them. Pure."""

    def __init__(self, now: float) -> None:
        self.written = 0
        self.acknowledged = 0
        self._marks: deque[tuple[int, int]] = deque()
        self._newest_ms = 0
        self.lag_ms = 0
        """Media time that was written but not acknowledged, when last observed."""
        self._progress_at = now
        self._progress_at_byte = 0

    def wrote(self, size_bytes: int, dts_ms: int, now: float) -> None:
        """Note that media up to ``dts_ms`` was handed to the transport."""
        if self.acknowledged == self.written:
            self._progress_at = now
        self.written += size_bytes
        self._newest_ms = dts_ms
        self._marks.append((self.written, dts_ms))

    def observe(self, outstanding_bytes: int, now: float) -> int:
        """Note how many written bytes are not acknowledged yet; return how many were newly acknowledged."""
        taken = self.written - min(outstanding_bytes, self.written)
        newly = max(0, taken - self.acknowledged)
        self.acknowledged += newly
        if taken == self.written or self.acknowledged - self._progress_at_byte >= LEAST_PROGRESS_BYTES:
            self._progress_at, self._progress_at_byte = now, self.acknowledged
        marks = self._marks
        while marks and marks[0][0] <= self.acknowledged:
            marks.popleft()
        self.lag_ms = max(0, self._newest_ms - marks[0][1]) if marks else 0
        return newly

    def stalled(self, now: float) -> bool:
        """Tell whether nothing was taken for 5 s although something is waiting."""
        return self.acknowledged < self.written and now - self._progress_at > STALLED_AFTER_S
