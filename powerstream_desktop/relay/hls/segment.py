"""A segment: some seconds of a stream that a player loads in one piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from powerstream_desktop.relay.hls.tracks import PictureTrack, SoundTrack
from powerstream_desktop.rtmp.packet import MediaPacket


class Sample(NamedTuple):
    """One frame on its track's time axis.

    Attributes:
        packet: whose payload holds it.
        decode_time: in the track's ticks.
        offset: from the decoding time to the presentation time, in ticks; 0 for sound.
        is_sync: decoding may start here.
    """

    packet: MediaPacket
    decode_time: int
    offset: int = 0
    is_sync: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentTracks:
    """Which tracks a segment has, and with which settings; a player needs an initialisation segment for just these."""

    picture: PictureTrack | None
    sound: SoundTrack | None

    @property
    def codec_strings(self) -> str:
        """The codecs as a browser wants them named, picture first."""
        return ",".join(track.codec_string for track in (self.picture, self.sound) if track is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What goes into one file.

    Attributes:
        tracks: what the frames belong to.
        pictures, sounds: the frames, in decoding order.
        duration_ms: from its begin to the next segment's, or to the end of its last frame when nothing follows on it.
        began_s: monotonic seconds at which its first frame came; behind a segment without a break, that one's plus its length.
        is_independent: nothing in it refers to an earlier segment.
        is_discontinuous: time or publisher changed before it.
    """

    tracks: SegmentTracks
    pictures: tuple[Sample, ...]
    sounds: tuple[Sample, ...]
    duration_ms: int
    began_s: float
    is_independent: bool
    is_discontinuous: bool
