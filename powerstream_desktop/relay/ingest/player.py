"""A player: somebody on this machine who watches a stream of the relay by RTMP (rtmp.md 1.14, 3.2, 3.4).

It starts on the running group of pictures at once, and when it is too slow it loses pictures, then its connection; the
stream does not notice.
"""

from __future__ import annotations

from typing import Protocol

from powerstream_desktop.relay.push.push_writer import PushWriter
from powerstream_desktop.relay.push.send_queue import DropPolicy, SendQueue
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.relay.stream.stream_headers import HEADER_KINDS
from powerstream_desktop.rtmp.chunks import ChunkWriter
from powerstream_desktop.rtmp.packet import MediaPacket

PLAYER_POLICY = DropPolicy(disposable_ms=3_000, inter_ms=3_000, patience_s=0.0)
BATCH_BYTES = 128 * 1024


class PlayerConnection(Protocol):
    """What a player needs of its connection."""

    def write(self, data: bytes) -> int:
        """Write bytes; return how many wait in the transport."""

    def end_play(self, stream_id: int) -> None:
        """Say that the stream is over, and close."""

    def cut(self) -> None:
        """Cut the connection."""


class Player:
    """One playing stream of one connection. Owner: its connection, on the relay's loop."""

    def __init__(
        self, connection: PlayerConnection, stream: Stream, chunks: ChunkWriter, stream_id: int
    ) -> None:
        self._connection = connection
        self._stream = stream
        self._chunks = chunks
        self._stream_id = stream_id
        self._queue = SendQueue(PLAYER_POLICY)
        self._writer: PushWriter | None = None
        self._paused = False
        self._held = False

    def start(self) -> None:
        """Follow the stream; begins with headers and the running group, or when a publisher comes."""
        self._stream.attach(self)

    def stop(self) -> None:
        """Leave the stream; harmless when repeated."""
        self._stream.detach(self)

    def hold(self, *, paused: bool) -> None:
        """The viewer pauses (nothing is sent) or goes on at the next key frame."""
        self._held = paused
        self._queue.clear()
        if self._stream.has_video:
            self._queue.wait_for_key()

    def pause(self) -> None:
        """The connection is full."""
        self._paused = True

    def resume(self) -> None:
        """The connection has room again."""
        self._paused = False
        self._drain()

    def stream_started(self) -> None:
        """A publisher is there: what it sends follows; a player that joins late is given what came before."""

    def stream_ended(self) -> None:
        """The broadcast is over."""
        self.stop()
        self._connection.end_play(self._stream_id)

    def offer(self, burst: Burst) -> None:
        """Send a burst, or queue it."""
        if self._held:
            return
        if self._writer is None:
            # The running group holds this burst already.
            self._writer = PushWriter(
                self._chunks, self._stream_id, has_video=self._stream.has_video, payload_of=_payload
            )
            self._queue.start_with((*self._stream.headers(), *self._stream.group()))
            if not self._stream.has_video:
                self._queue.push(packet for packet in burst.packets if packet.info.kind not in HEADER_KINDS)
            elif not self._stream.group():
                self._queue.wait_for_key()
        else:
            self._queue.push(burst.packets)
        self._drain()
        if self._queue.overflowed:
            self.stop()
            self._connection.cut()

    def _drain(self) -> None:
        while self._writer is not None and self._queue and not self._paused:
            batch = []
            size = 0
            while self._queue and size < BATCH_BYTES:
                packet = self._queue.pop()
                size += len(packet.payload)
                batch.append(packet)
            data = self._writer.write(batch)
            if data:
                self._connection.write(data)


def _payload(packet: MediaPacket) -> bytes:
    return packet.payload
