"""Who takes a stream's packets, and how none of them can hurt the others."""

from __future__ import annotations

import logging
from typing import Protocol

from powerstream_desktop.relay.stream.burst import Burst

logger = logging.getLogger(__name__)

_FAILED = "A consumer of stream %s failed and was detached"


class Consumer(Protocol):
    """Whoever takes a stream's packets: a destination, a player, the recorder. Called on the relay's loop; never blocks."""

    def offer(self, burst: Burst) -> None:
        """Take the packets of one read."""

    def stream_started(self) -> None:
        """A broadcast of the stream begins; headers and frames follow."""

    def stream_ended(self) -> None:
        """The publisher has ended the broadcast, or stayed away for too long."""


class Audience:
    """The consumers of one stream. Owned by the stream, on its loop.

    Args:
        stream_name: for the log.
    """

    def __init__(self, stream_name: str) -> None:
        self._stream_name = stream_name
        self._consumers: list[Consumer] = []

    def add(self, consumer: Consumer) -> bool:
        """Let a consumer in; return False when it is there already."""
        if consumer in self._consumers:
            return False
        self._consumers.append(consumer)
        return True

    def remove(self, consumer: Consumer) -> None:
        """Let a consumer go; harmless when it is gone already."""
        if consumer in self._consumers:
            self._consumers.remove(consumer)

    def offer(self, burst: Burst) -> None:
        """Hand a burst to everybody."""
        for consumer in tuple(self._consumers):
            try:
                consumer.offer(burst)
            except Exception:
                logger.exception(_FAILED, self._stream_name)
                self._dismiss(consumer)

    def start(self, consumer: Consumer | None = None) -> None:
        """Tell everybody, or one who has just come, that a broadcast begins."""
        for each in tuple(self._consumers) if consumer is None else (consumer,):
            try:
                each.stream_started()
            except Exception:
                logger.exception(_FAILED, self._stream_name)
                self._dismiss(each)

    def end(self) -> None:
        """Tell everybody that the broadcast is over."""
        for consumer in tuple(self._consumers):
            self._end(consumer)

    def _end(self, consumer: Consumer) -> None:
        try:
            consumer.stream_ended()
        except Exception:
            logger.exception(_FAILED, self._stream_name)
            self.remove(consumer)

    def _dismiss(self, consumer: Consumer) -> None:
        """Go on without a consumer that has just raised: its bug must not cost the others a frame.

        It is told that the stream is over, or a destination would keep its connection and its green light without media.
        """
        self.remove(consumer)
        self._end(consumer)
