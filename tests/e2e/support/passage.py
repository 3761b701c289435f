"""What a client sent through a ``FaultProxy``."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import pairwise

from tests.e2e.support.chunk_tap import VIDEO, ChunkTap

KEPT_BYTES = 1024 * 1024


@dataclass(slots=True)
class Passage:
    """What one client connection sent through the proxy; written by the proxy's thread, read by the test's.

    Attributes:
        opened_s: monotonic time of its accept.
        arrivals_s: monotonic time of each read, in order.
        received_bytes: how many came from the client, also those that were not passed on.
        head: the first MiB of them.
        video_messages: how many of them completed a video message, if the client speaks RTMP in the clear.
    """

    opened_s: float
    arrivals_s: list[float] = field(default_factory=list)
    received_bytes: int = 0
    head: bytearray = field(default_factory=bytearray)
    video_messages: int = 0
    _tap: ChunkTap = field(default_factory=ChunkTap)

    def note(self, data: bytes) -> None:
        """Take down what one read brought."""
        self.arrivals_s.append(time.monotonic())
        self.received_bytes += len(data)
        self.head += data[: KEPT_BYTES - len(self.head)]
        self.video_messages += sum(message.type == VIDEO for message in self._tap.feed(data))

    def longest_silence_ms(self, since_s: float, until_s: float) -> float:
        """Return the longest time without a byte from the client between two instants, in milliseconds."""
        inside = [at for at in list(self.arrivals_s) if since_s <= at <= until_s]
        return 1000 * max(later - earlier for earlier, later in pairwise((since_s, *inside, until_s)))
