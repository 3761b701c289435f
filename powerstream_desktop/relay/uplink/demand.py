"""What a stream asks of a line: measured from its packets, for every room a destination may be given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.stream.burst_builder import Weight

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
    """Follows the weight of one stream, whenever it is asked. Owner: the relay, on its loop.

    Args:
        weigh: tells what was handed out of the stream so far.
    """

    def __init__(self, weigh: Callable[[], Weight]) -> None:
        self._weigh = weigh
        self._marks: deque[tuple[float, Weight]] = deque()

    def demand(self, now: float) -> Demand:
        """Return the demand of the last seconds before ``now`` (monotonic seconds); zeros until something is known."""
        marks, weight = self._marks, self._weigh()
        if marks and weight.broadcast != marks[-1][1].broadcast:
            marks.clear()  # what another publisher sent says nothing about this one
        if not marks or now - marks[-1][0] >= MARK_S:
            marks.append((now, weight))
        while len(marks) > 2 and now - marks[1][0] >= WINDOW_S:
            marks.popleft()
        since, then = marks[0]
        per_s = 8 / 1000 / (now - since) if now - since >= MARK_S else 0.0
        sound_kbps = (weight.sound_bytes - then.sound_bytes) * per_s
        return Demand(
            full_kbps=round((weight.all_bytes - then.all_bytes) * per_s),
            key_frames_kbps=round((weight.key_frame_bytes - then.key_frame_bytes) * per_s + sound_kbps),
            sound_kbps=round(sound_kbps),
        )
