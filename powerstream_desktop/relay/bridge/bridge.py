"""What a stream carries while its publisher is away: still or slate, and silence, on the stream's own timeline (DESIGN 5).

The bridge starts where the publisher stopped and runs at the speed of time: at every moment it has given out what belongs
before it. It is pure: a timer asks it what is due, and the stream passes that on like anything a publisher sends.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.relay.bridge.frame import BridgedFrame
from powerstream_desktop.relay.bridge.pictures import BridgePictures, StillPicture
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.relay.bridge.sound import SilentTrack, silent_tracks
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

MOST_AT_ONCE_MS = 4_000
"""More than a silent publisher is waited for. A machine that slept for an hour must not make up an hour of silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """How a stream stood when its publisher vanished.

    Attributes:
        heard_at_s: when the publisher was last heard of, monotonic seconds.
        at_s: when the last picture came, or the last sound of a stream without any, monotonic seconds.
        at_ms: the stream's time then. One track alone is the measure: sound runs a little ahead of the picture, and who
            took the further of the two would gain that little with each bridge.
        headers: the stream's headers.
        group: the running group of pictures; empty when it had grown too long.
        keys: the newest key frame of each video track.
        sound_ms: time of the last piece of sound, ``None`` when there was none.
        picture_ms: decoding time of the last picture.
        bitrate_kbps: what the stream needed so far; 0 when unknown.
    """

    heard_at_s: float
    at_s: float
    at_ms: int
    headers: tuple[MediaPacket, ...]
    group: tuple[MediaPacket, ...]
    keys: tuple[MediaPacket, ...]
    sound_ms: int | None
    picture_ms: int
    bitrate_kbps: int


class Bridge:
    """Stands in for a publisher. Pure; owned by the stream.

    Args:
        standstill: where to go on from.
        slate: what to show when the publisher stays away, if there is anything.
    """

    def __init__(self, standstill: Standstill, slate: Slate | None) -> None:
        self.since_s = standstill.heard_at_s
        self._from_s = standstill.at_s
        self._from_ms = standstill.at_ms
        self._until_ms = standstill.at_ms
        self._pictures = BridgePictures(_still_picture(standstill), slate)
        self._sound: list[SilentTrack] = []
        if standstill.sound_ms is not None:
            self._sound = silent_tracks(standstill.headers, standstill.sound_ms)
            for track in self._sound:
                track.leap(standstill.at_ms - MOST_AT_ONCE_MS)

    def time_ms(self, now: float) -> int:
        """Return the stream's time at ``now``, monotonic seconds."""
        return self._from_ms + round((now - self._from_s) * 1000)

    @property
    def shown_ms(self) -> int:
        """Latest presentation time of any picture so far."""
        return self._pictures.shown_ms

    @property
    def next_sound_ms(self) -> int:
        """When the next piece of silence is due; 0 without any."""
        return self._sound[0].next_ms if self._sound else 0

    def due(self, now: float) -> list[BridgedFrame]:
        """Return what belongs before ``now`` and has not been given out yet, in the order to send it."""
        until_ms = self.time_ms(now)
        if until_ms - self._until_ms > MOST_AT_ONCE_MS:
            self._pictures.leap(until_ms)
            for track in self._sound:
                track.leap(until_ms)
        self._until_ms = max(self._until_ms, until_ms)
        frames = [*self._pictures.due(until_ms)]
        for track in self._sound:
            frames += track.due(until_ms)
        # Pictures first where both are at the same time: a player that joins wants the key frame.
        return sorted(frames, key=lambda frame: (frame.dts_ms, frame.kind is MediaKind.AUDIO))


def _still_picture(standstill: Standstill) -> StillPicture:
    shown_ms = [
        packet.dts_ms + packet.info.cts_ms for packet in standstill.group if packet.kind is MediaKind.VIDEO
    ]
    shown_ms += [standstill.picture_ms + key.info.cts_ms for key in standstill.keys]
    return StillPicture(
        headers=tuple(header for header in standstill.headers if header.kind is MediaKind.VIDEO),
        keys=standstill.keys,
        last_ms=standstill.picture_ms,
        shown_ms=max(shown_ms, default=standstill.picture_ms),
        bitrate_kbps=standstill.bitrate_kbps,
    )
