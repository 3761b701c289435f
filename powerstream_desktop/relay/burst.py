"""A burst: the packets of one read from the publisher, serialised once for all destinations (rtmp.md 3.7, 3.8).

A fmt-1 chunk header holds a *delta* and no stream id, so to every destination that got the stream's previous packet the
bytes are the same, whatever its time base. One joined ``wire`` therefore serves them all, with one write each; only a
destination that has just joined or dropped something writes its own headers until it is in step again.
"""

from __future__ import annotations

from collections.abc import Sequence

from powerstream_desktop.rtmp import chunks
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

OUT_CHUNK_SIZE = 60_000
SET_DATA_FRAME = b"\x02\x00\x0d@setDataFrame"
"""AMF0 string that pushes carry before onMetaData; players and files must not see it (rtmp.md 2.7)."""

CSID = {
    MediaKind.AUDIO: chunks.AUDIO_CSID,
    MediaKind.VIDEO: chunks.VIDEO_CSID,
    MediaKind.DATA: chunks.DATA_CSID,
}
MESSAGE_TYPE = {
    MediaKind.AUDIO: int(MessageType.AUDIO),
    MediaKind.VIDEO: int(MessageType.VIDEO),
    MediaKind.DATA: int(MessageType.DATA_AMF0),
}
LARGEST_SHARED_DELTA_MS = 0xFFFFFE


def push_payload(packet: MediaPacket) -> bytes:
    """Return the message payload a platform gets for this packet."""
    return SET_DATA_FRAME + packet.payload if packet.info.kind is TagKind.METADATA else packet.payload


class Burst:
    """Packets that arrived together, in order; immutable, shared by all consumers.

    Attributes:
        packets: the packets, never empty.
        span: first and last index of each track present, to tell whether a consumer is in step.
        video_frames: number of video frames among them.
        shareable: False when a gap is too long for a fmt-1 delta (4 h 39 min): everybody writes own headers then.
    """

    __slots__ = ("_wire", "packets", "shareable", "span", "video_frames")

    def __init__(self, packets: Sequence[MediaPacket]) -> None:
        self.packets = tuple(packets)
        self._wire: bytes | None = None
        self.shareable = True
        self.video_frames = 0
        self.span: dict[MediaKind, tuple[int, MediaPacket]] = {}
        for packet in self.packets:
            known = self.span.get(packet.kind)
            self.span[packet.kind] = (known[0] if known else packet.index, packet)
            if packet.delta_ms > LARGEST_SHARED_DELTA_MS:
                self.shareable = False
            if packet.kind is MediaKind.VIDEO and packet.info.kind is TagKind.FRAME:
                self.video_frames += 1

    @property
    def wire(self) -> bytes:
        """The chunks of all packets with fmt-1 headers, for consumers that are in step; made on first use."""
        if self._wire is None:
            self._wire = b"".join(_wire_parts(self.packets))
        return self._wire


def _wire_parts(packets: Sequence[MediaPacket]) -> list[bytes]:
    parts: list[bytes] = []
    for packet in packets:
        csid = CSID[packet.kind]
        payload = push_payload(packet)
        parts.append(chunks.fmt1_header(csid, packet.delta_ms, len(payload), MESSAGE_TYPE[packet.kind]))
        parts.append(chunks.chunk_body(payload, csid, OUT_CHUNK_SIZE))
    return parts
