"""A burst: the packets of one read from the publisher, serialised once for all destinations (rtmp.md 3.7, 3.8).

A fmt-1 chunk header holds a *delta* and no stream id, so to every destination that got the stream's previous packet the
bytes are the same, whatever its time base. One joined ``wire`` therefore serves them all, with one write each; only a
destination that has just joined or dropped something writes its own headers until it is in step again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from powerstream_desktop.rtmp import chunks
from powerstream_desktop.rtmp.flv.metadata import SET_DATA_FRAME
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

OUT_CHUNK_SIZE = 60_000
LARGEST_SHARED_DELTA_MS = 0xFFFFFE

CSID = (chunks.AUDIO_CSID, chunks.VIDEO_CSID, chunks.DATA_CSID)
"""Chunk stream of each ``MediaKind``."""
MESSAGE_TYPE = (int(MessageType.AUDIO), int(MessageType.VIDEO), int(MessageType.DATA_AMF0))
"""Message type of each ``MediaKind``."""

Position: TypeAlias = tuple[int, int, int]
"""Index of the newest packet of each ``MediaKind``; -1 before the first."""
NOWHERE: Position = (-1, -1, -1)


def push_payload(packet: MediaPacket) -> bytes:
    """Return the message payload a platform gets for this packet."""
    return SET_DATA_FRAME + packet.payload if packet.info.kind is TagKind.METADATA else packet.payload


class Burst:
    """Packets that arrived together, in order; immutable, shared by all consumers.

    Attributes:
        packets: the packets, never empty.
        before: the stream's position before them.
        after: the stream's position behind them.
        ends_ms: stream time of each track's newest packet behind them.
        last_ms: stream time of the last packet.
        arrived_s: monotonic seconds at which the last packet was read.
        size_bytes: payload bytes of all packets.
        sound_bytes: payload bytes of the sound among them.
        key_frame_bytes: payload bytes of the key frames among them.
        pictures: the video frames among them.
        video_frames: their number.
        newest_sound: the last sound frame among them, None if there is none.
        shareable: False when everybody has to write own headers: a gap is too long for a fmt-1 delta (4 h 39 min), or a track
            begins, for the first message of a chunk stream must name its message stream (fmt 0).
        cruisable: shareable, and nothing but sound and pictures.
        has_codec_header: a track begins, or its codec's settings change, with one of the packets.
    """

    __slots__ = (
        "_wire",
        "after",
        "arrived_s",
        "before",
        "cruisable",
        "ends_ms",
        "has_codec_header",
        "key_frame_bytes",
        "last_ms",
        "newest_sound",
        "packets",
        "pictures",
        "shareable",
        "size_bytes",
        "sound_bytes",
        "video_frames",
    )

    def __init__(
        self, packets: Sequence[MediaPacket], before: Position, ends_ms: tuple[int, int, int]
    ) -> None:
        self.packets = tuple(packets)
        self.ends_ms = ends_ms
        self.before = before
        self.shareable = True
        self.has_codec_header = False
        self.newest_sound: MediaPacket | None = None
        self._wire: bytes | None = None
        # All that anybody asks of every burst is found in this one pass: each further one costs as much as a destination.
        sound_bytes = key_frame_bytes = other_bytes = 0
        pictures: list[MediaPacket] = []
        after = list(before)
        for packet in self.packets:
            kind, info, size = packet.kind, packet.info, len(packet.payload)
            after[kind] = packet.index
            if packet.delta_ms > LARGEST_SHARED_DELTA_MS or packet.index == 0:
                self.shareable = False
            if info.kind is TagKind.HEADER:
                self.has_codec_header = True
            if kind is MediaKind.AUDIO:
                sound_bytes += size
                if info.kind is TagKind.FRAME:
                    self.newest_sound = packet
                continue
            if kind is MediaKind.VIDEO and info.kind is TagKind.FRAME:
                pictures.append(packet)
            if info.is_keyframe:
                key_frame_bytes += size
            else:
                other_bytes += size
        self.sound_bytes, self.key_frame_bytes = sound_bytes, key_frame_bytes
        self.size_bytes = sound_bytes + key_frame_bytes + other_bytes
        self.pictures = tuple(pictures)
        self.video_frames = len(pictures)
        self.after: Position = (after[0], after[1], after[2])
        self.cruisable = self.shareable and after[MediaKind.DATA] == before[MediaKind.DATA]
        last = self.packets[-1]
        self.last_ms, self.arrived_s = last.dts_ms, last.arrived_s

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
