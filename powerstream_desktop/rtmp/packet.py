"""The media packet: parsed once at the relay's door, then shared unchanged by every consumer (rtmp.md 3.8, DESIGN 4).

A packet's payload is the FLV tag body exactly as the publisher sent it; it is never copied per consumer. What differs per
consumer (rebased time, message stream id) stands in the 8 to 12 byte chunk header, which each consumer writes itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from powerstream_desktop.rtmp.flv.tags import TagInfo


class MediaKind(IntEnum):
    """Which of a stream's three tracks a packet belongs to; the value is its place in per-track tuples."""

    AUDIO = 0
    VIDEO = 1
    DATA = 2


@dataclass(frozen=True, slots=True, eq=False)
class MediaPacket:
    """One audio, video or data message on a stream's timeline.

    Attributes:
        kind: the track.
        dts_ms: decoding time on the stream's own timeline, which starts near 0 and never goes back on a track, also across
            a republish; not wrapped at 32 bits. The presentation time is ``dts_ms + info.cts_ms``.
        delta_ms: distance to the packet of the same kind before it, 0 or more.
        index: number of this packet within its kind, counted from 0 without holes; a consumer that sees a hole has dropped.
        payload: FLV tag body; for data the AMF0 body of the message without ``@setDataFrame``.
        info: what the tag header says.
        arrived_s: monotonic seconds at which its last byte was read.
    """

    kind: MediaKind
    dts_ms: int
    delta_ms: int
    index: int
    payload: bytes
    info: TagInfo
    arrived_s: float
