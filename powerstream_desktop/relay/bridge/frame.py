"""One frame that a bridge puts into a stream."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.rtmp.flv.tags import TagInfo
from powerstream_desktop.rtmp.packet import MediaKind


@dataclass(frozen=True, slots=True)
class BridgedFrame:
    """A frame with its place on the stream's timeline; the stream makes a packet of it.

    Attributes:
        kind: the track.
        dts_ms: decoding time on the stream's own timeline.
        payload: FLV tag body.
        info: what it is.
    """

    kind: MediaKind
    dts_ms: int
    payload: bytes
    info: TagInfo
