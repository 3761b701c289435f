"""How much has to wait in the socket before reading is worth waking up for (ADR 0004).

An encoder sends 30 pictures and 47 pieces of sound a second, and what the relay costs is waking up for them: its code and data
have left the processor's caches since the last one. So while media flows steadily the socket reports itself readable only
when 80 ms worth of the stream are there, some three pictures. When a second passes without a read, every byte counts again.
"""

from __future__ import annotations

WORTH_S = 0.08
LARGEST_BYTES = 96 * 1024
STEADY_TICKS = 2


class ReadPacer:
    """Decides the low-water mark of one publisher's socket. Pure; ticked by its owner."""

    def __init__(self) -> None:
        self._bytes = 0
        self._reads = 0
        self._ticked_at: float | None = None
        self._steady = 0
        self._mark = 1

    @property
    def is_pacing(self) -> bool:
        """True while a mark is set: what has arrived is then acknowledged late, and an encoder with Nagle on waits for that."""
        return self._mark > 1

    def read(self, size_bytes: int) -> None:
        """Note one read."""
        self._bytes += size_bytes
        self._reads += 1

    def low_water_bytes(self, now: float) -> int | None:
        """Return the mark to set at ``now`` (monotonic seconds), or None to leave it as it is."""
        previous, self._ticked_at = self._ticked_at, now
        size_bytes, reads = self._bytes, self._reads
        self._bytes = self._reads = 0
        if previous is None or now <= previous:
            return None
        if reads == 0:
            self._steady = 0
            return self._change_to(1)
        self._steady += 1
        if self._steady < STEADY_TICKS:
            return None
        worth = min(LARGEST_BYTES, int(size_bytes / (now - previous) * WORTH_S))
        if self._mark / 2 < worth < self._mark * 2:
            return None
        return self._change_to(max(1, worth))

    def _change_to(self, mark: int) -> int | None:
        if mark == self._mark and mark != 1:
            return None
        self._mark = mark
        return mark
