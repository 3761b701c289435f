"""How long the machine kept us waiting, so that a busy machine is not taken for a fault of the product.

Two things are watched: for how long the relay was ready to run but did not get a processor (the scheduler's own account), and
by how much a sleep of ours overran. Both are zero on a machine that has nothing else to do.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import NamedTuple

NS_PER_S = 1_000_000_000


class Wait(NamedTuple):
    """Between two looks, so many seconds were lost to the machine."""

    since_s: float
    until_s: float
    lost_s: float


class MachineNoise:
    """What the machine took, look by look; written by one thread, read by another when the first has ended.

    Args:
        pid: the relay.
    """

    def __init__(self, pid: int) -> None:
        self._account = Path(f"/proc/{pid}/schedstat")
        self._waited_ns = self._read()
        self._waits: list[Wait] = []

    def look(self, since_s: float, until_s: float, overslept_s: float) -> None:
        """Take down what was lost since the last look, of which our own sleep lost ``overslept_s``."""
        waited_ns = self._read()
        lost_s = (waited_ns - self._waited_ns) / NS_PER_S + overslept_s
        self._waited_ns = waited_ns
        if lost_s > 0:
            self._waits.append(Wait(since_s, until_s, lost_s))

    def lost_s(self, since_s: float, until_s: float) -> float:
        """Return how much of a time was lost to the machine; a look that lies partly inside counts in full."""
        # They stand in order of time, and there may be a hundred thousand of them for as many pictures.
        first = bisect_right(self._waits, since_s, key=lambda wait: wait.until_s)
        behind = bisect_left(self._waits, until_s, key=lambda wait: wait.since_s)
        lost_s = sum(wait.lost_s for wait in self._waits[first:behind])
        return min(lost_s, until_s - since_s)

    @property
    def longest_s(self) -> float:
        """Return the most that was lost between two looks."""
        return max((wait.lost_s for wait in self._waits), default=0.0)

    def _read(self) -> int:
        """Return for how long the relay's main thread has been ready to run without running, so far."""
        try:
            return int(self._account.read_text().split()[1])
        except OSError:
            return self._waited_ns  # it has ended
