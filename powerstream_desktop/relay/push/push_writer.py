"""Turns packets into one connection's bytes: rebased to start at 0, shared bursts where possible (rtmp.md 3.3, 3.8).

Output timestamps never go back on a connection: they count from the time of the first frame sent, and packets of the other
track that lie before it are skipped. The first frame is a key frame whenever the stream has a picture; sound waits for it.
Where a main and a backup server run side by side, both count from the same zero instead (``relay.time_base``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from powerstream_desktop.relay.destination.time_base import TimeBase
from powerstream_desktop.relay.push.send_queue import is_video_frame
from powerstream_desktop.relay.stream.burst import CSID, MESSAGE_TYPE, NOWHERE, Burst, Position, push_payload
from powerstream_desktop.rtmp.chunks import ChunkWriter
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

_ALWAYS_SENT = frozenset({TagKind.HEADER, TagKind.EXTRA_HEADER, TagKind.METADATA})
_NEVER_IN_STEP = -2
"""Position on a track whose newest message went out at 0 instead of before it: a shared delta must not count from there."""


class PushWriter:
    """Writes media for one connection after Publish.Start. Pure.

    Args:
        chunks: the connection's chunk writer; nobody else may write media with it.
        stream_id: message stream id that the server gave.
        has_video: True when the stream has a picture: nothing but headers is sent before its first key frame. A picture's
            header that is written tells as much.
        payload_of: gives a packet's message payload; platforms and players want different metadata.
        time_base: the zero that this connection shares with others; None for one of its own.
    """

    def __init__(
        self,
        chunks: ChunkWriter,
        stream_id: int,
        *,
        has_video: bool,
        payload_of: Callable[[MediaPacket], bytes] = push_payload,
        time_base: TimeBase | None = None,
    ) -> None:
        self._chunks = chunks
        self._stream_id = stream_id
        self._has_video = has_video
        self._payload_of = payload_of
        self._time_base = time_base
        self._first_ms: int | None = None
        """Stream time of the first frame sent."""
        self._zero_ms = 0
        self._position: Position = NOWHERE
        self._shared: Burst | None = None
        """The newest burst that went out as shared bytes; our own chunk writer has not been told of it yet."""
        self._position_before_sharing: Position = NOWHERE

    @property
    def started(self) -> bool:
        """True once a frame has been written."""
        return self._first_ms is not None

    def close(self) -> None:
        """Nothing more is sent here: the shared zero has one user less."""
        if self._time_base is not None and self.started:
            self._time_base.leave()

    def in_step(self, burst: Burst) -> bool:
        """Tell whether the burst's shared bytes follow exactly on what this connection got.

        Nearly always one comparison of two tuples. A connection that joined late and lacks, say, an old caption is in step
        with every burst that holds no caption.
        """
        if self._first_ms is None or not burst.shareable:
            return False
        before, here = burst.before, self._position
        return here == before or all(
            mine == theirs or theirs == then
            for mine, theirs, then in zip(here, before, burst.after, strict=True)
        )

    def share(self, burst: Burst) -> bytes:
        """Return the shared bytes of a burst that is in step."""
        if self._shared is None:
            self._position_before_sharing = self._position
        if self._position == burst.before:
            self._position = burst.after
        else:
            self._position = _advanced(self._position, burst)
        self._shared = burst
        return burst.wire

    def may_cruise_after(self, burst: Burst) -> bool:
        """Tell whether sound and pictures have both come as far as ``burst``: then cruisable ones that follow are in step.

        It is not enough that ``burst`` itself was: one of pictures alone says nothing of a connection that has its sound still
        to begin. Data is left out; many a connection has no message of it with a true time until the next one.
        """
        return self._position[: MediaKind.DATA] == burst.after[: MediaKind.DATA]

    def shared_up_to(self, burst: Burst) -> None:
        """Take note that cruisable bursts without a gap, up to this one, went out as shared bytes after ``share``'s."""
        audio, video, _ = burst.after
        self._position = (audio, video, self._position[MediaKind.DATA])
        self._shared = burst

    def write(self, packets: Iterable[MediaPacket]) -> bytes:
        """Return the bytes of packets with this connection's own headers; skips what must not be sent yet."""
        self._catch_up()
        return b"".join(self._write_one(packet) for packet in packets if self._sendable(packet))

    def _sendable(self, packet: MediaPacket) -> bool:
        if packet.info.kind in _ALWAYS_SENT:
            self._has_video = self._has_video or packet.kind is MediaKind.VIDEO
            return True
        if self._first_ms is None:
            if self._has_video and not (is_video_frame(packet) and packet.info.is_keyframe):
                return False
            if packet.kind is MediaKind.DATA:
                return False
            self._first_ms = packet.dts_ms
            base = self._time_base
            self._zero_ms = packet.dts_ms if base is None else base.join(packet.dts_ms)
        return packet.dts_ms >= self._first_ms

    def _write_one(self, packet: MediaPacket) -> bytes:
        kind = packet.kind
        has_true_time = self._first_ms is not None and packet.dts_ms >= self._first_ms
        position = list(self._position)
        position[kind] = packet.index if has_true_time else _NEVER_IN_STEP
        self._position = (position[0], position[1], position[2])
        timestamp = self._out_ms(packet.dts_ms)
        message = Message(
            MESSAGE_TYPE[kind], self._stream_id, timestamp, self._payload_of(packet), CSID[kind]
        )
        return self._chunks.write(message)

    def _catch_up(self) -> None:
        """Tell our chunk writer how far the shared headers have carried each track."""
        if self._shared is None:
            return
        for kind, sent_ms in enumerate(self._shared.ends_ms):
            # A track that the shared bytes did not touch stands where our chunk writer left it, or has not begun.
            if self._position[kind] != self._position_before_sharing[kind]:
                self._chunks.resume(CSID[kind], self._out_ms(sent_ms), self._stream_id)
        self._shared = None

    def _out_ms(self, stream_ms: int) -> int:
        """Return this connection's time, as it stands on the wire, for a time of the stream."""
        return max(0, stream_ms - self._zero_ms) & 0xFFFFFFFF if self.started else 0


def _advanced(position: Position, burst: Burst) -> Position:
    moved = [
        then if then != theirs else mine
        for mine, theirs, then in zip(position, burst.before, burst.after, strict=True)
    ]
    return (moved[0], moved[1], moved[2])
