"""What a consumer needs to start in the middle: everything since the last key frame, within bounds (rtmp.md 3.2)."""

from __future__ import annotations

from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

MAX_PACKETS = 2_500
MAX_BYTES = 32 * 1024 * 1024
MAX_DURATION_MS = 10_000
PURE_AUDIO_PACKETS = 115
"""So many audio packets in a row mean that the picture is gone; a stale key frame must not be replayed then."""


class GopCache:
    """The packets of the running group of pictures, sound included. Holds references only.

    Streams with intra refresh never send a second key frame, so the cache is bounded by count, bytes and time; on overflow
    it empties itself and waits for the next key frame.
    """

    def __init__(self) -> None:
        self._packets: list[MediaPacket] = []
        self._bytes = 0
        self._audio_in_a_row = 0

    def add(self, packet: MediaPacket) -> None:
        """Take a frame of any track; header and metadata packets belong to the stream's headers, not here."""
        if packet.kind is MediaKind.VIDEO:
            self._audio_in_a_row = 0
            if packet.info.kind is TagKind.FRAME and packet.info.is_keyframe:
                # The other tracks of a multitrack stream have their key frames inside the group.
                if not self._packets or packet.info.track == self._packets[0].info.track:
                    self.clear()
            elif not self._packets:
                return
        elif not self._packets:
            return
        elif packet.kind is MediaKind.AUDIO:
            self._audio_in_a_row += 1
        packets = self._packets
        packets.append(packet)
        self._bytes += len(packet.payload)
        if (
            len(packets) > MAX_PACKETS
            or self._bytes > MAX_BYTES
            or packet.dts_ms - packets[0].dts_ms > MAX_DURATION_MS
            or self._audio_in_a_row > PURE_AUDIO_PACKETS
        ):
            self.clear()

    def clear(self) -> None:
        """Forget everything; the next key frame starts anew."""
        self._packets.clear()
        self._bytes = 0
        self._audio_in_a_row = 0

    def packets(self) -> tuple[MediaPacket, ...]:
        """Return the group so far, key frame first; empty when a consumer has to wait for the next key frame."""
        return tuple(self._packets)

    @property
    def size_bytes(self) -> int:
        """Payload bytes held."""
        return self._bytes

    @property
    def duration_ms(self) -> int:
        """Media time from the key frame to the newest packet."""
        return self._packets[-1].dts_ms - self._packets[0].dts_ms if self._packets else 0
