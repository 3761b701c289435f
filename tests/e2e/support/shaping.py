"""How a line treats the bytes on it: late, slow, in small pieces. What ``FaultProxy`` does to each connection."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

CARRIED_AT_ONCE = 1500
"""What an uplink that several share carries before the next one gets its turn: a packet."""
MADE_UP_FOR_S = 0.1
"""A process that wakes late on a busy machine must not make the line slower than it is told to be."""


class Uplink:
    """A line of limited capacity that several proxies share, as the destinations of a broadcast share one upload.

    Args:
        bytes_per_s: what it carries; may be set anew at any time by any thread.
    """

    def __init__(self, bytes_per_s: float) -> None:
        self.bytes_per_s = bytes_per_s
        self._lock = threading.Lock()
        self._free_at_s = 0.0

    async def carry(self, count: int) -> None:
        """Return when the line has carried so many bytes; whoever asks first comes first, packet by packet."""
        while count > 0:
            part = min(count, CARRIED_AT_ONCE)
            count -= part
            with self._lock:
                begins_s = max(time.monotonic() - MADE_UP_FOR_S, self._free_at_s)
                self._free_at_s = done_s = begins_s + part / self.bytes_per_s
            await asyncio.sleep(done_s - time.monotonic())


@dataclass(slots=True)
class Shape:
    """What a proxy does to the bytes of its connections; set by the test's thread, read by the proxy's.

    Attributes:
        latency_s: how much later they leave than they came, in each direction.
        jitter_s: up to so much is added to that at random; nothing overtakes.
        bytes_per_s: how quickly clients are read, None for no limit.
        uplink: capacity that clients share with those of other proxies.
        slice_to_server: largest piece in which anything leaves for the server, None for pieces as they came.
        slice_to_client: the same for the client.
    """

    latency_s: float = 0.0
    jitter_s: float = 0.0
    bytes_per_s: int | None = None
    uplink: Uplink | None = None
    slice_to_server: int | None = None
    slice_to_client: int | None = None
    _rng: random.Random = field(default_factory=lambda: random.Random(1))

    def due_s(self, not_before_s: float) -> float:
        """Return when bytes that have just come may leave, given when those before them may."""
        late_s = self.latency_s + self._rng.uniform(0, self.jitter_s)
        return max(not_before_s, time.monotonic() + late_s)

    async def read_slowly(self, count: int) -> None:
        """Return when a client whose ``count`` bytes have been read may be read again."""
        if self.uplink is not None:
            await self.uplink.carry(count)
        if self.bytes_per_s is not None:
            await asyncio.sleep(count / self.bytes_per_s)


def pieces(data: bytes, size: int | None) -> Iterator[bytes]:
    """Yield ``data`` in pieces of at most ``size`` bytes, None for one piece."""
    for start in range(0, len(data), size or len(data)):
        yield data[start : start + (size or len(data))]
