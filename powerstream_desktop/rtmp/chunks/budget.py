"""The budget of tiny chunks: one-byte chunks cost a header's work for every byte (red5-server#475, rtmp.md 4.1 row 4)."""

from __future__ import annotations

from powerstream_desktop.rtmp.errors import LimitExceeded
from powerstream_desktop.rtmp.limits import Limits

MESSAGE_COST = 4
"""Headers that a message counts for besides its chunks: an empty one is one byte on the wire and a hundred in memory."""


class ChunkBudget:
    """Counts the work of one second and refuses it when most of it is headers; knows no clock.

    Up to so many headers a second everything goes; above, chunks must hold ``min_mean_chunk`` bytes on average.

    Args:
        limits: ``tiny_chunk_budget_per_s``, and what strangers get of it.
        trusted: the peer is no stranger.
    """

    __slots__ = ("_bytes", "_chunks", "_cost", "_max_cost", "_max_cost_of_the_trusted", "_min_mean")

    def __init__(self, limits: Limits, *, trusted: bool) -> None:
        self._max_cost_of_the_trusted = limits.tiny_chunk_budget_per_s
        self._max_cost = limits.tiny_chunk_budget_of_strangers_per_s
        self._min_mean = limits.min_mean_chunk
        self.start_second()
        if trusted:
            self.trust()

    def trust(self) -> None:
        """The peer is no stranger any more."""
        self._max_cost = self._max_cost_of_the_trusted

    def start_second(self) -> None:
        """Forget the second that has passed."""
        self._cost = 0
        self._chunks = 0
        self._bytes = 0

    def count_message(self) -> None:
        """Count a message that begins; its chunks are counted as well."""
        self._cost += MESSAGE_COST

    def count_chunk(self, size: int) -> None:
        """Count a chunk of ``size`` payload bytes.

        Raises:
            LimitExceeded: too many chunks this second, and too little in them.
        """
        self._cost += 1
        self._chunks += 1
        self._bytes += size
        if self._cost > self._max_cost and self._bytes < self._chunks * self._min_mean:
            raise LimitExceeded(
                "The other side sends its data in too small pieces.",
                detail=f"{self._bytes} bytes in {self._chunks} chunks in a second",
            )
