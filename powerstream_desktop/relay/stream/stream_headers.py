"""A stream's headers: what a decoder must have before the first frame, kept for whoever joins late (rtmp.md 3.2)."""

from __future__ import annotations

from typing import TypeAlias

from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

HEADER_KINDS = frozenset({TagKind.HEADER, TagKind.EXTRA_HEADER, TagKind.METADATA})
MAX_CACHED_HEADERS = 64
"""More tracks than any encoder sends; a hostile publisher must not grow the cache for ever."""

Slot: TypeAlias = tuple[MediaKind, TagKind, int]
"""Of each slot, track, kind of header and number of the track, only the newest header counts."""

_ORDER = {TagKind.METADATA: 0, TagKind.HEADER: 1, TagKind.EXTRA_HEADER: 2}


def slot_of(kind: MediaKind, info: TagInfo) -> Slot:
    """Return where a header belongs."""
    return (kind, info.kind, info.track)


class StreamHeaders:
    """The newest header of every slot. Pure; owned by the stream."""

    def __init__(self) -> None:
        self._packets: dict[Slot, MediaPacket] = {}

    def get(self, slot: Slot) -> MediaPacket | None:
        """Return the header of a slot."""
        return self._packets.get(slot)

    def remember(self, packet: MediaPacket) -> None:
        """Keep a header instead of the one before it."""
        slot = slot_of(packet.kind, packet.info)
        if slot in self._packets or len(self._packets) < MAX_CACHED_HEADERS:
            self._packets[slot] = packet

    def clear(self) -> None:
        """Forget all: another publisher's headers would mislead (srs#1630)."""
        self._packets.clear()

    def in_order(self) -> tuple[MediaPacket, ...]:
        """Return metadata, then audio and video headers, then colour and channel information."""
        return tuple(
            sorted(
                self._packets.values(),
                key=lambda p: (_ORDER[p.info.kind], p.kind is MediaKind.VIDEO, p.info.track),
            )
        )

    def codecs(self) -> frozenset[str]:
        """Return the codecs of all headers."""
        return frozenset(packet.info.codec for packet in self._packets.values() if packet.info.codec)

    def codec(self, kind: MediaKind) -> str:
        """Return the codec of a kind's default track, or nothing."""
        header = self._packets.get((kind, TagKind.HEADER, 0))
        return header.info.codec if header else ""
