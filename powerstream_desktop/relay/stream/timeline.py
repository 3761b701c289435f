"""The stream's own timeline: what the publisher's clocks say, made continuous (rtmp.md 3.3).

A publisher's timestamps are 32-bit, wrap, restart at zero when it comes back, and sometimes jump. Consumers must see none
of that: on each track the time given out never goes back, and the distance between sound and picture is kept exactly.

How: time = timestamp + offset, modulo 2^32, unwrapped to the value nearest to where its track stands. A packet keeps its
track's offset while that is plausible; else it takes the offset another track moved to; else it founds a new one, right
behind the end of what was sent. Both tracks of a publisher that jumped therefore meet again on one offset, and a track
that jumped alone does not drag the other along.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.rtmp.packet import MediaKind

SMALL_STEP_BACK_MS = 1_000
LARGE_JUMP_MS = 10_000
ORDINARY_STEP_MS = 1_000
FRAME_INTERVAL_MS = 33
FIRST_MS = SMALL_STEP_BACK_MS
"""Where the very first frame stands, so that the other track's first one, which may lie before it, is not below zero."""
_HALF = 1 << 31
_WRAP = 1 << 32


@dataclass(slots=True)
class _Track:
    offset_ms: int | None = None
    last_ms: int | None = None
    last_arrival_s: float = 0.0


class Timeline:
    """Places packets of one stream on a continuous timeline that starts near 0. Pure; owned by the stream's loop."""

    def __init__(self) -> None:
        self._tracks = [_Track() for _ in MediaKind]
        self._newest_offset_ms: int | None = None
        self._end_ms: int | None = None
        self._last_arrival_s = 0.0
        self._begins_at_ms: int | None = None
        self.folds = 0
        """How often a new offset was founded after the first: republishes and clock jumps."""

    def start_session(self, at_ms: int | None = None) -> None:
        """A publisher begins (again): forget its predecessor's clocks, keep the timeline.

        Args:
            at_ms: where its first frame is to stand, behind the last one of its track; right behind the end when left out.
        """
        for track in self._tracks:
            track.offset_ms = None
        self._newest_offset_ms = None
        self._begins_at_ms = at_ms

    def last_arrival_s(self, kind: MediaKind) -> float | None:
        """Return when a track's newest frame came, monotonic seconds; ``None`` before the first."""
        track = self._tracks[kind]
        return track.last_arrival_s if track.last_ms is not None else None

    def advance(self, kind: MediaKind, placed_ms: int, now: float) -> None:
        """Take note of a frame that is not the publisher's and has its place already."""
        self._note(self._tracks[kind], placed_ms, now)

    def time_by_clock(self, kind: MediaKind, timestamp: int) -> int | None:
        """Return where the publisher's own clock puts a packet, be it behind what was sent; ``None`` while that is unknown."""
        offset_ms = self._tracks[kind].offset_ms
        if offset_ms is None:
            offset_ms = self._newest_offset_ms
        if offset_ms is None or self._end_ms is None:
            return None
        return self._end_ms + _signed(timestamp + offset_ms - self._end_ms)

    def last_ms(self, kind: MediaKind) -> int:
        """Return where a header or metadata of this track stands, as they never drive the clock: at the track's last frame.

        Before the track's first frame that is as early as this frame may come, so that the header never pushes it back.
        """
        last = self._tracks[kind].last_ms
        return last if last is not None else max(0, (self._end_ms or 0) - SMALL_STEP_BACK_MS)

    def place(self, kind: MediaKind, timestamp: int, now: float) -> int:
        """Return the stream time in ms of a packet whose wire timestamp (u32 ms) was read at ``now`` (monotonic s)."""
        track = self._tracks[kind]
        last_ms, offset_ms = track.last_ms, track.offset_ms
        if last_ms is not None and offset_ms is not None:
            # A short step behind its track's last one, as nearly all are.
            step_ms = (timestamp + offset_ms - last_ms) & 0xFFFFFFFF
            if step_ms <= ORDINARY_STEP_MS:
                self._note(track, last_ms + step_ms, now)
                return last_ms + step_ms
        return self._place_anew(track, timestamp, now)

    def _place_anew(self, track: _Track, timestamp: int, now: float) -> int:
        """Place a packet that is out of the ordinary."""
        placed_ms = self._place_by_known_offset(track, timestamp, now)
        if placed_ms is None:
            placed_ms = self._found_offset(track, timestamp, now)
        if track.last_ms is not None and placed_ms < track.last_ms:
            placed_ms = track.last_ms + 1
        self._note(track, placed_ms, now)
        return placed_ms

    def _note(self, track: _Track, placed_ms: int, now: float) -> None:
        track.last_ms, track.last_arrival_s = placed_ms, now
        if self._end_ms is None or placed_ms > self._end_ms:
            self._end_ms = placed_ms
        self._last_arrival_s = now

    def _place_by_known_offset(self, track: _Track, timestamp: int, now: float) -> int | None:
        """Place a packet by its track's offset, else by the newest; None when neither is plausible.

        Plausible is what is near the track's last frame or, when the track is new, near the end of the stream.
        """
        if track.last_ms is not None:
            anchor_ms, arrival_s = track.last_ms, track.last_arrival_s
        else:
            anchor_ms, arrival_s = self._end_ms or 0, self._last_arrival_s
        for offset_ms in (track.offset_ms, self._newest_offset_ms):
            if offset_ms is not None:
                step_ms = _signed(timestamp + offset_ms - anchor_ms)
                if -SMALL_STEP_BACK_MS <= step_ms <= LARGE_JUMP_MS + max(0.0, now - arrival_s) * 1000:
                    track.offset_ms = offset_ms
                    return anchor_ms + step_ms
        return None

    def _found_offset(self, track: _Track, timestamp: int, now: float) -> int:
        if self._end_ms is None:
            placed_ms = FIRST_MS
        else:
            silent_ms = round((now - self._last_arrival_s) * 1000)
            placed_ms = self._end_ms + max(FRAME_INTERVAL_MS, silent_ms)
            if self._begins_at_ms is not None:
                placed_ms = self._begins_at_ms
            self.folds += 1
        self._begins_at_ms = None
        track.offset_ms = self._newest_offset_ms = placed_ms - timestamp
        return placed_ms


def _signed(difference_ms: int) -> int:
    """Return a difference modulo 2^32 as the nearest step, ahead or back."""
    difference_ms %= _WRAP
    return difference_ms - _WRAP if difference_ms >= _HALF else difference_ms
