"""How much has to wait in the socket before reading is worth waking up for (ADR 0004).

An encoder sends 30 pictures and 47 pieces of sound a second, and what the relay costs is waking up for them: its code and data
have left the processor's caches since the last one. So while media flows steadily the socket reports itself readable only
when 150 ms worth of the stream are there, four or five pictures. Small pictures take longer to be as many bytes, so
what is there after 200 ms is read whatever it is. When a second passes without a read, every byte counts until the stream is
steady again.
"""

from __future__ import annotations

WORTH_S = 0.15
LARGEST_BYTES = 128 * 1024
STEADY_TICKS = 2
NEAR_ENOUGH = 1.25
"""A mark stays while the right one is at most so many times larger or smaller. The first mark is measured over a moment: one that was
half of what it should be would stay for the whole broadcast otherwise, and wake us up twice as often."""
LONGEST_HOLD_S = 0.2
"""The owner calls ``hurry`` this long after a read while ``is_pacing``, unless another one came."""


class ReadPacer:
    """Decides the low-water mark of one publisher's socket. Pure; ticked by its owner."""

    def __init__(self) -> None:
        self._bytes = 0
        self._reads = 0
        self._ticked_at: float | None = None
        self._steady = 0
        self._mark = 1
        self._in_hurry = False
        self.is_pacing = False
        """True while a mark is set: what has arrived is then acknowledged late, and an encoder with Nagle on waits for that."""

    def read(self, size_bytes: int) -> int | None:
        """Note one read; return the mark to set, or None to leave it as it is."""
        self._bytes += size_bytes
        self._reads += 1
        if not self._in_hurry:
            return None
        self._in_hurry = False
        return self._mark

    def hurry(self) -> int | None:
        """Have what waits read now, for it has waited long enough; return the mark to set, or None to leave it as it is."""
        if not self.is_pacing or self._in_hurry:
            return None
        self._in_hurry = True
        return 1

    def low_water_bytes(self, now: float) -> int | None:
        """Look at what was read since the last time; return the mark to set at ``now``, or None to leave it as it is."""
        previous, self._ticked_at = self._ticked_at, now
        size_bytes, reads = self._bytes, self._reads
        self._bytes = self._reads = 0
        if previous is None or now <= previous:
            return None
        if reads == 0:
            return self._begin_anew()
        self._steady += 1
        if self._steady < STEADY_TICKS:
            return None
        worth = min(LARGEST_BYTES, int(size_bytes / (now - previous) * WORTH_S))
        if self._mark / NEAR_ENOUGH <= worth <= self._mark * NEAR_ENOUGH:
            return None
        return self._change_to(max(1, worth))

    def _begin_anew(self) -> int | None:
        """Let every byte count until the stream has proved itself again."""
        self._steady = 0
        return self._change_to(1)

    def _change_to(self, mark: int) -> int | None:
        if mark == self._mark and mark != 1:
            return None
        self._mark = mark
        self._in_hurry = False
        self.is_pacing = mark > 1
        return mark
