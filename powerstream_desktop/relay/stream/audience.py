"""Who takes a stream's packets, and how none of them can hurt the others."""

from __future__ import annotations

import logging
from typing import Protocol

from powerstream_desktop.relay.stream.burst import Burst

logger = logging.getLogger(__name__)

_FAILED = "A consumer of stream %s failed and was detached"


class Witness(Protocol):
    """Whoever wants to know when a broadcast begins and ends. Called on the relay's loop; never blocks."""

    def stream_started(self) -> None:
        """A broadcast of the stream begins; headers and frames follow."""

    def stream_ended(self) -> None:
        """The publisher has ended the broadcast, or stayed away for too long."""


class Consumer(Witness, Protocol):
    """Whoever takes a stream's packets as well: a destination, a player, the recorder."""

    def offer(self, burst: Burst) -> None:
        """Take the packets of one read."""


class Audience:
    """The consumers of one stream. Owned by the stream, on its loop.

    Args:
        stream_name: for the log.
    """

    def __init__(self, stream_name: str) -> None:
        self._stream_name = stream_name
        self._consumers: list[Consumer] = []
        self._witnesses: list[Witness] = []

    def add_witness(self, witness: Witness) -> None:
        """Tell somebody, before all consumers, of every broadcast that begins and ends from now on."""
        self._witnesses.append(witness)

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
        for each in self._everybody() if consumer is None else (consumer,):
            try:
                each.stream_started()
            except Exception:
                logger.exception(_FAILED, self._stream_name)
                self._dismiss(each)

    def end(self) -> None:
        """Tell everybody that the broadcast is over."""
        for each in self._everybody():
            self._end(each)

    def _everybody(self) -> tuple[Witness, ...]:
        return (*self._witnesses, *self._consumers)

    def _end(self, witness: Witness) -> None:
        try:
            witness.stream_ended()
        except Exception:
            logger.exception(_FAILED, self._stream_name)
            self._forget(witness)

    def _dismiss(self, witness: Witness) -> None:
        """Go on without somebody who has just raised: a bug must not cost the others a frame.

        It is told that the stream is over, or a destination would keep its connection and its green light without media.
        """
        self._forget(witness)
        self._end(witness)

    def _forget(self, witness: Witness) -> None:
        self._consumers = [each for each in self._consumers if each is not witness]
        self._witnesses = [each for each in self._witnesses if each is not witness]
