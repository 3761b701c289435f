"""When a publisher that is back takes over from the bridge: at its first key frame, without a step back (rtmp.md 3.3).

A *new* connection is cut in at the first key frame it sends. One that only fell *silent* still has its old clock, and first
delivers what the network held up: pictures of a time that has been bridged already. They are left out; it is cut in at the
first key frame that its own clock puts near the present, or, if it lost time for good, at one that comes a second after its
return. What had come before the key frame, sound and inter frames, is not missed: the bridge goes on until then.

Exceptions, lest anybody waits for ever: without a picture the first sound will do (at once when the stream had none before,
else after 2 s), and an encoder that sends no key frames for 10 s is taken as it comes (intra refresh).

Headers are held back until the cut: those of the stream stay true for what the bridge repeats.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind
from powerstream_desktop.rtmp.packet import MediaKind

NEAR_THE_PRESENT_MS = 250
LATE_FOR_GOOD_S = 1.0
SOUND_ALONE_S = 2.0
NO_KEY_FRAMES_S = 10.0
MAX_HELD_HEADERS = 64


@dataclass(frozen=True, slots=True)
class HeldHeader:
    """A header of a publisher that is not on air yet."""

    kind: MediaKind
    info: TagInfo
    payload: bytes


class Homecoming:
    """One publisher that is connected but not on air. Pure; owned by the stream.

    Args:
        keeps_clock: it never left: its timestamps go on, and its headers are those of the stream.
        expects_picture: the stream had a picture, so this publisher most likely has one as well.
    """

    def __init__(self, *, keeps_clock: bool, expects_picture: bool) -> None:
        self.keeps_clock = keeps_clock
        self._expects_picture = expects_picture
        self._has_picture = keeps_clock and expects_picture
        self._held: dict[tuple[MediaKind, TagKind, int], HeldHeader] = {}
        self._back_at: float | None = None
        """When its first frame came."""

    @property
    def headers(self) -> tuple[HeldHeader, ...]:
        """The headers it sent."""
        return tuple(self._held.values())

    def hold(self, header: HeldHeader) -> None:
        """Keep a header until the cut."""
        slot = (header.kind, header.info.kind, header.info.track)
        if header.kind is MediaKind.VIDEO:
            self._has_picture = True
        if slot in self._held or len(self._held) < MAX_HELD_HEADERS:
            self._held[slot] = header

    def may_enter(self, kind: MediaKind, info: TagInfo, now: float, late_ms: int) -> bool:
        """Tell whether the publisher is to be cut in with this frame.

        Args:
            kind: the frame's track, sound or picture.
            info: what it is.
            now: monotonic seconds.
            late_ms: how far its own clock is behind the stream's; 0 for a publisher that keeps none.
        """
        if self._back_at is None:
            self._back_at = now
        waited_s = now - self._back_at
        is_of_now = late_ms <= NEAR_THE_PRESENT_MS or waited_s >= LATE_FOR_GOOD_S
        if kind is MediaKind.VIDEO and info.kind is TagKind.FRAME:
            self._has_picture = True
            if info.is_keyframe:
                return is_of_now
        return is_of_now and waited_s >= self._patience_s()

    def _patience_s(self) -> float:
        """Return how long a key frame is waited for."""
        if self._has_picture:
            return NO_KEY_FRAMES_S
        return SOUND_ALONE_S if self._expects_picture else 0.0
