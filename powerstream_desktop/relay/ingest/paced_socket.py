"""The socket of one peer, read as seldom as its stream allows: the kernel's side of ``ReadPacer``."""

from __future__ import annotations

import asyncio
import socket

from powerstream_desktop.relay.connect.tcp import quick_ack, tune_for_ingest, wake_for
from powerstream_desktop.relay.ingest.read_pacer import LONGEST_HOLD_S, ReadPacer

QUICK_ACK_READS = 40


class PacedSocket:
    """Owner: an ``IngestConnection``, on the relay's loop.

    Attributes:
        is_opening: so little was read that it is still the opening, where every read is acknowledged at once.
    """

    def __init__(self) -> None:
        self.is_opening = True
        self._socket: socket.socket | None = None
        self._reads = 0
        self._pacer = ReadPacer()
        self._hold: asyncio.TimerHandle | None = None
        """Until when what has not been read may wait for more."""

    def open(self, opened: socket.socket | None) -> None:
        """Pace this socket; ``None`` for a transport without one, which is read as ever."""
        self._socket = opened
        if opened is not None:
            tune_for_ingest(opened)

    def close(self) -> None:
        """Wait for nothing more."""
        self._cancel_hold()

    def has_read(self, size_bytes: int) -> None:
        """Note one read."""
        if self._socket is not None and (self.is_opening or self._pacer.is_pacing):
            quick_ack(self._socket)
        if self.is_opening:
            self._reads += 1
            self.is_opening = self._reads < QUICK_ACK_READS
        self._set_low_water(self._pacer.read(size_bytes))
        if self._pacer.is_pacing or self._hold is not None:
            self._hold_anew()

    def pace(self, now: float) -> None:
        """Let the kernel wake us less often while media flows steadily; called a few times a second."""
        self._set_low_water(self._pacer.low_water_bytes(now))
        if self._pacer.is_pacing and self._hold is None:
            self._hold_anew()

    def _set_low_water(self, low_water_bytes: int | None) -> None:
        if low_water_bytes is not None and self._socket is not None:
            wake_for(self._socket, low_water_bytes)

    def _hold_anew(self) -> None:
        self._cancel_hold()
        if self._pacer.is_pacing:
            self._hold = asyncio.get_running_loop().call_later(LONGEST_HOLD_S, self._hurry)

    def _cancel_hold(self) -> None:
        if self._hold is not None:
            self._hold.cancel()
            self._hold = None

    def _hurry(self) -> None:
        self._hold = None
        self._set_low_water(self._pacer.hurry())
