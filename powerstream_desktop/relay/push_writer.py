"""Turns packets into one connection's bytes: rebased to start at 0, shared bursts where possible (rtmp.md 3.3, 3.8).

Output timestamps never go back on a connection: the base is the time of the first frame sent, and packets of the other
track that lie before it are skipped. The first frame is a key frame whenever the stream has a picture; sound waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from powerstream_desktop.relay.burst import CSID, MESSAGE_TYPE, Burst, push_payload
from powerstream_desktop.relay.send_queue import is_video_frame
from powerstream_desktop.rtmp.chunks import ChunkWriter
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket


class PushWriter:
    """Writes media for one connection after Publish.Start. Pure.

    Args:
        chunks: the connection's chunk writer; nobody else may write media with it.
        stream_id: message stream id that the server gave.
        has_video: True when the stream has a picture: nothing but headers is sent before its first key frame.
        payload_of: gives a packet's message payload; platforms and players want different metadata.
    """

    def __init__(
        self,
        chunks: ChunkWriter,
        stream_id: int,
        *,
        has_video: bool,
        payload_of: Callable[[MediaPacket], bytes] = push_payload,
    ) -> None:
        self._chunks = chunks
        self._payload_of = payload_of
        self._stream_id = stream_id
        self._has_video = has_video
        self._base_ms: int | None = None
        self._newest: dict[MediaKind, MediaPacket] = {}
        self._shared_since: set[MediaKind] = set()

    @property
    def started(self) -> bool:
        """True once a frame has been written."""
        return self._base_ms is not None

    def in_step(self, burst: Burst) -> bool:
        """Tell whether the burst's shared bytes follow exactly on what this connection got."""
        if self._base_ms is None or not burst.shareable:
            return False
        if self._payload_of is not push_payload and MediaKind.DATA in burst.span:
            return False
        newest = self._newest
        for kind, (first_index, _) in burst.span.items():
            known = newest.get(kind)
            if known is None or known.index != first_index - 1:
                return False
        return True

    def share(self, burst: Burst) -> bytes:
        """Return the shared bytes of a burst that is in step."""
        for kind, (_, last) in burst.span.items():
            self._newest[kind] = last
            self._shared_since.add(kind)
        return burst.wire

    def write(self, packets: Iterable[MediaPacket]) -> bytes:
        """Return the bytes of packets with this connection's own headers; skips what must not be sent yet."""
        return b"".join(self._write_one(packet) for packet in packets if self._sendable(packet))

    def _sendable(self, packet: MediaPacket) -> bool:
        if packet.info.kind in (TagKind.HEADER, TagKind.EXTRA_HEADER, TagKind.METADATA):
            return True
        if self._base_ms is None:
            if self._has_video and not (is_video_frame(packet) and packet.info.is_keyframe):
                return False
            if packet.kind is MediaKind.DATA:
                return False
            self._base_ms = packet.dts_ms
        return packet.dts_ms >= self._base_ms

    def _write_one(self, packet: MediaPacket) -> bytes:
        kind = packet.kind
        csid = CSID[kind]
        previous = self._newest.get(kind)
        if kind in self._shared_since and previous is not None:
            # Others' shared headers carried the delta chain on; tell our writer where it stands.
            self._chunks.resume(csid, self._out_ms(previous), self._stream_id)
            self._shared_since.discard(kind)
        self._newest[kind] = packet
        message = Message(
            MESSAGE_TYPE[kind],
            self._stream_id,
            self._out_ms(packet) & 0xFFFFFFFF,
            self._payload_of(packet),
            csid,
        )
        return self._chunks.write(message)

    def _out_ms(self, packet: MediaPacket) -> int:
        return max(0, packet.dts_ms - self._base_ms) if self._base_ms is not None else 0
