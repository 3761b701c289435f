"""What a stream asks of a line: measured from its packets, for every room a destination may be given."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.rtmp.packet import MediaKind

WINDOW_S = 4.0
"""Two groups of pictures, so that a key frame more or less does not count."""
MARK_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Kilobits per second that one destination takes of a stream.

    Attributes:
        full_kbps: everything.
        key_frames_kbps: sound and key frames.
        sound_kbps: sound alone.
    """

    full_kbps: int
    key_frames_kbps: int
    sound_kbps: int

    def of(self, room: Room) -> int:
        """Return what a destination with this room takes."""
        return (self.full_kbps, self.key_frames_kbps, self.sound_kbps)[room]

    def at(self, video_kbps: int) -> Demand:
        """Return the demand once the encoder gives its pictures no more than ``video_kbps``."""
        measured_kbps = self.full_kbps - self.sound_kbps
        if measured_kbps <= video_kbps:
            return self
        keys_kbps = (self.key_frames_kbps - self.sound_kbps) * video_kbps // measured_kbps
        return Demand(
            full_kbps=self.sound_kbps + video_kbps,
            key_frames_kbps=self.sound_kbps + keys_kbps,
            sound_kbps=self.sound_kbps,
        )


class DemandMeter:
    """A consumer that weighs what goes by. Owner: the relay, on its loop."""

    def __init__(self) -> None:
        self._all_bytes = 0
        self._key_bytes = 0
        self._sound_bytes = 0
        self._marks: deque[tuple[float, int, int, int]] = deque()

    def offer(self, burst: Burst) -> None:
        """Weigh a burst."""
        self._all_bytes += burst.size_bytes
        for packet in burst.packets:
            if packet.kind is MediaKind.AUDIO:
                self._sound_bytes += len(packet.payload)
            elif packet.info.is_keyframe:
                self._key_bytes += len(packet.payload)

    def stream_started(self) -> None:
        """A publisher begins: what its predecessor sent says nothing about it."""
        self._marks.clear()

    def stream_ended(self) -> None:
        """Nothing more comes."""

    def demand(self, now: float) -> Demand:
        """Return the demand of the last seconds before ``now`` (monotonic seconds); zeros until something is known."""
        marks = self._marks
        if not marks or now - marks[-1][0] >= MARK_S:
            marks.append((now, self._all_bytes, self._key_bytes, self._sound_bytes))
        while len(marks) > 2 and now - marks[1][0] >= WINDOW_S:
            marks.popleft()
        since, all_bytes, key_bytes, sound_bytes = marks[0]
        per_s = 8 / 1000 / (now - since) if now - since >= MARK_S else 0.0
        sound_kbps = (self._sound_bytes - sound_bytes) * per_s
        return Demand(
            full_kbps=round((self._all_bytes - all_bytes) * per_s),
            key_frames_kbps=round((self._key_bytes - key_bytes) * per_s + sound_kbps),
            sound_kbps=round(sound_kbps),
        )
