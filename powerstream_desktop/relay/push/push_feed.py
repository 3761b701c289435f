"""What of the stream goes out on one connection, and when: at once while the platform keeps up, through a queue while not.

Nearly every burst of a healthy connection *cruises*: it follows on the one before in bytes that all destinations share, and
one comparison and one write are all it costs. Whatever disturbs that (a full socket, a message of data, frames left out)
takes the way through the queue, packet by packet, until the connection is in step with the stream again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.relay.push.ledger import Ledger
from powerstream_desktop.relay.push.push_writer import PushWriter
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.push.send_queue import SendQueue, is_video_frame
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.rtmp.packet import MediaPacket

WRITE_BYTES = 16 * 1024
"""So much is joined into one write while draining a queue."""


class PushFeed:
    """The media of one connection. Owner: its ``PushLink``, on the relay's loop.

    Args:
        clock: the loop's time.
        on_overflow: told when so much has piled up that the connection is past saving.
    """

    def __init__(self, clock: Clock, on_overflow: Callable[[], None]) -> None:
        self._clock = clock
        self._on_overflow = on_overflow
        self._transport: asyncio.Transport | None = None
        self._send: Callable[[bytes], None] = _nowhere
        self._writer: PushWriter | None = None
        self._cruise: Burst | None = None
        """The newest burst, while every burst goes out as shared bytes at once."""
        self._paused = False
        self._shut = False
        self.queue = SendQueue()
        self.ledger = Ledger(clock())
        self.frames_sent = 0

    @property
    def started(self) -> bool:
        """True once a frame, not only headers, has been written."""
        return self._writer is not None and self._writer.started

    @property
    def open(self) -> bool:
        """True from ``begin`` until ``shut``."""
        return self._writer is not None and not self._shut

    def attach(self, transport: asyncio.Transport) -> None:
        """Write to ``transport``."""
        self._transport = transport
        self._send = transport.write

    def begin(self, writer: PushWriter, packets: Sequence[MediaPacket], *, waits_for_key: bool) -> None:
        """Send ``packets``, headers first, and follow the stream from there.

        Args:
            writer: makes the connection's bytes.
            packets: what the connection starts with; being old is no reason to drop that.
            waits_for_key: there is no key frame among them, and nothing is to be seen before one.
        """
        self._writer = writer
        self.ledger = Ledger(self._clock())
        self.queue.start_with(packets)
        if waits_for_key:
            self.queue.wait_for_key()
        self.drain()

    def offer(self, burst: Burst) -> None:
        """Send a burst, or queue it. O(1) apart from one write; never waits."""
        cruise = self._cruise
        if cruise is not None and burst.before is cruise.after and burst.cruisable:
            # Nearly every burst of a healthy connection: shared bytes that follow on the ones before, straight to the socket.
            self._cruise = burst
            self.frames_sent += burst.video_frames
            wire = burst.wire
            self.ledger.wrote(len(wire), burst.last_ms, burst.arrived_s)
            self._send(wire)
            return
        self._end_cruise()
        writer = self._writer
        if writer is None or self._shut:
            return
        if not self._paused and self.queue.is_idle and writer.in_step(burst):
            self.frames_sent += burst.video_frames
            self._write(writer.share(burst), burst.last_ms, burst.arrived_s)
            if self._has_room() and writer.may_cruise_after(burst):
                self._cruise = burst
            return
        self.push(burst.packets)

    def push(self, packets: Sequence[MediaPacket]) -> None:
        """Send some packets of the stream, or queue them, or drop them if there are too many."""
        self._end_cruise()
        if not packets or not self.open:
            return
        self.queue.push(packets, ahead_ms=self.ledger.lag_ms)
        self.drain()
        if self.queue.overflowed:
            self._on_overflow()

    def shed(self, room: Room) -> None:
        """Send only what ``room`` leaves, from now on."""
        self._end_cruise()
        self.queue.shed(room)

    def bear(self, until: float) -> None:
        """Drop nothing before ``until`` (the clock's time): others make room for this connection."""
        self.queue.bear(until)

    def pause(self) -> None:
        """The platform is slower than the stream: from now on bursts queue up."""
        self._end_cruise()
        self._paused = True

    def resume(self) -> None:
        """The platform takes data again."""
        self._paused = False
        self.drain()

    def drain(self) -> None:
        """Write what waits, for as long as the socket takes it."""
        while self._writer is not None and self.queue and not self._paused:
            batch: list[MediaPacket] = []
            size = 0
            while self.queue and size < WRITE_BYTES:
                packet = self.queue.pop()
                size += len(packet.payload)
                batch.append(packet)
            self.frames_sent += sum(map(is_video_frame, batch))
            data = self._writer.write(batch)
            if data:
                self._write(data, batch[-1].dts_ms, self._clock())

    def shut(self) -> None:
        """Take nothing more of the stream; what is queued may still be drained."""
        self._end_cruise()
        self._shut = True

    def drop(self) -> None:
        """Write nothing more at all: the connection is gone, or given up. Harmless when repeated."""
        self.shut()
        self.queue.clear()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def lag_ms(self) -> int:
        """Return the media time that the platform has not acknowledged, queue included."""
        return self.ledger.lag_ms + self.queue.span_ms

    def _has_room(self) -> bool:
        """Tell whether the write just made has left room for more; asyncio says at once when not."""
        return not self._paused

    def _end_cruise(self) -> None:
        """Something is about to change: let the writer know how far the shared bytes have gone."""
        if self._cruise is not None and self._writer is not None:
            self._writer.shared_up_to(self._cruise)
        self._cruise = None

    def _write(self, data: bytes, dts_ms: int, now: float) -> None:
        transport = self._transport
        if transport is not None and not transport.is_closing():
            self.ledger.wrote(len(data), dts_ms, now)
            transport.write(data)


def _nowhere(data: bytes) -> None:
    raise BugError(f"{len(data)} bytes were written before there was a connection.")
