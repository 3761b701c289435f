"""Tells a path whose round trip has grown from one that carries too little: the first catches up by itself (F16, ADR 0007).

A TCP connection over a path whose latency jumps from 50 ms to 2 s sends a fraction of what it sent before, whatever the line could
carry, until its window has grown or the latency is gone. Dropping pictures would not bring that about any sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONG_S: Final = 0.5
MANY_TIMES: Final = 4.0
BORNE_S: Final = 12.0
"""So long is a queue left alone: ten seconds of latency, and what it takes to catch up. 10 s of media are too much all the same."""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """A connection's round trip, in seconds: as it is now, and the shortest of the last minutes."""

    now_s: float
    shortest_s: float


class RoundTripWatch:
    """Follows the round trip of one connection. Pure."""

    def __init__(self) -> None:
        self._long_since: float | None = None

    def borne_until(self, round_trip: RoundTrip | None, now: float) -> float | None:
        """Return until when the queue may be as long as it likes (monotonic seconds), or ``None``.

        Args:
            round_trip: as the system measures it; ``None`` where it does not tell.
            now: monotonic seconds.
        """
        if round_trip is None or not _is_much_longer(round_trip):
            self._long_since = None
            return None
        if self._long_since is None:
            self._long_since = now
        return self._long_since + BORNE_S


def _is_much_longer(round_trip: RoundTrip) -> bool:
    return round_trip.now_s > LONG_S and round_trip.now_s > MANY_TIMES * round_trip.shortest_s
