"""The segment that is growing."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.relay.hls.segment import Sample, Segment, SegmentTracks
from powerstream_desktop.relay.hls.tracks import PictureTrack, SoundTrack
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

LONGEST_MS: Final = 4_400
"""Of a segment; the playlist's target duration is this, rounded."""
MAX_BYTES: Final = 32 * 1024 * 1024
"""More than 4.4 s of 4K60 at 51 Mbit/s: only a publisher whose clock stands still gets here."""
MAX_FRAMES: Final = 4_096
GAP_MS: Final = 1_000
"""Players stall in a hole; one in both tracks that is longer ends the segment."""
_ORDINARY_FRAME_MS: Final = 33


class Draft:
    """Collects the frames of one segment.

    Every track is measured by its own times, from where the other one was when it came in: there are encoders whose sound is
    seconds ahead of its picture.

    Args:
        began_s: as in ``Segment``.
        is_discontinuous: as in ``Segment``.
    """

    def __init__(self, began_s: float, *, is_discontinuous: bool) -> None:
        self.picture: PictureTrack | None = None
        self.sound: SoundTrack | None = None
        self.held: list[tuple[MediaPacket, SoundTrack]] = []
        """Sound with new settings, which waits for the segment to come."""
        self._began_s = began_s
        self._is_discontinuous = is_discontinuous
        self._pictures: list[Sample] = []
        self._sounds: list[Sample] = []
        self._reached_ms = 0
        """Begin of the frame that lies furthest from the start of its track."""
        self._starts_ms: dict[MediaKind, int] = {}
        self._ends_ms: dict[MediaKind, int] = {}
        self._size_bytes = 0

    @property
    def has_pictures(self) -> bool:
        """Whether there are any."""
        return bool(self._pictures)

    @property
    def is_independent(self) -> bool:
        """Whether a player can start here."""
        return not self._pictures or self._pictures[0].is_sync

    @property
    def length_ms(self) -> int:
        """How long it is up to the end of its last frame."""
        return max((end_ms - self._starts_ms[kind] for kind, end_ms in self._ends_ms.items()), default=0)

    def elapsed_ms(self, packet: MediaPacket) -> int:
        """Return how long it would be if it ended at ``packet``."""
        start_ms = self._starts_ms.get(packet.kind)
        return packet.dts_ms - start_ms if start_ms is not None else self._reached_ms

    def has_room_for(self, packet: MediaPacket) -> bool:
        """Tell whether it stays within its bounds with this frame in it."""
        frames = len(self._pictures) + len(self._sounds) + len(self.held)
        return (
            self.elapsed_ms(packet) + _length_ms(packet) <= LONGEST_MS
            and frames < MAX_FRAMES
            and self._size_bytes + len(packet.payload) <= MAX_BYTES
        )

    def breaks_before(self, packet: MediaPacket) -> bool:
        """Tell whether there is a hole in both tracks before ``packet``; the first of its track cannot be late."""
        return (
            packet.delta_ms > GAP_MS
            and packet.kind in self._ends_ms
            and packet.dts_ms > max(self._ends_ms.values()) + GAP_MS
        )

    def add_picture(self, sample: Sample, track: PictureTrack) -> None:
        """Add the next picture."""
        self.picture = track
        self._pictures.append(sample)
        self._count(sample.packet)

    def add_sound(self, sample: Sample, track: SoundTrack) -> None:
        """Add the next frame of sound."""
        self.sound = track
        self._sounds.append(sample)
        self._count(sample.packet)

    def hold(self, packet: MediaPacket, track: SoundTrack) -> None:
        """Keep a frame of sound for the segment to come."""
        self.held.append((packet, track))
        self._count(packet)

    def finished(self, duration_ms: int) -> Segment:
        """Return the segment."""
        return Segment(
            tracks=SegmentTracks(picture=self.picture, sound=self.sound),
            pictures=tuple(self._pictures),
            sounds=tuple(self._sounds),
            duration_ms=min(max(duration_ms, 1), LONGEST_MS),
            began_s=self._began_s,
            is_independent=self.is_independent,
            is_discontinuous=self._is_discontinuous,
        )

    def _count(self, packet: MediaPacket) -> None:
        start_ms = self._starts_ms.setdefault(packet.kind, packet.dts_ms - self._reached_ms)
        self._reached_ms = max(self._reached_ms, packet.dts_ms - start_ms)
        self._ends_ms[packet.kind] = packet.dts_ms + _length_ms(packet)
        self._size_bytes += len(packet.payload)


def _length_ms(packet: MediaPacket) -> int:
    """Return how long a frame lasts: as long as the one before it, since the next is not there yet."""
    return packet.delta_ms if 0 < packet.delta_ms <= GAP_MS else _ORDINARY_FRAME_MS
