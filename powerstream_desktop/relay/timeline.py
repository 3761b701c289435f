"""The stream's own timeline: what the publisher's clocks say, made continuous (rtmp.md 3.3).

A publisher's timestamps are 32-bit, wrap, restart at zero when it comes back, and sometimes jump. Consumers must see none
of that: on each track the time given out never goes back, and the distance between sound and picture is kept exactly.

How: time = unwrapped timestamp + offset. A packet keeps its track's offset while that is plausible; else it takes the
offset another track moved to; else it founds a new one, right behind the end of what was sent. Both tracks of a publisher
that jumped therefore meet again on one offset, and a track that jumped alone does not drag the other along.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.rtmp.packet import MediaKind

SMALL_STEP_BACK_MS = 1_000
LARGE_JUMP_MS = 10_000
FRAME_INTERVAL_MS = 33
_HALF = 1 << 31
_WRAP = 1 << 32


@dataclass(slots=True)
class _Track:
    raw_ms: int | None = None
    offset_ms: int | None = None
    last_ms: int | None = None
    last_arrival_s: float = 0.0


class Timeline:
    """Places packets of one stream on a continuous timeline that starts at 0. Pure; owned by the stream's loop."""

    def __init__(self) -> None:
        self._tracks = {kind: _Track() for kind in MediaKind}
        self._newest_offset_ms: int | None = None
        self._end_ms: int | None = None
        self._last_arrival_s = 0.0
        self.folds = 0
        """How often a new offset was founded after the first: republishes and clock jumps."""

    def start_session(self) -> None:
        """A publisher begins (again): forget its predecessor's clocks, keep the timeline."""
        for track in self._tracks.values():
            track.raw_ms = None
            track.offset_ms = None
        self._newest_offset_ms = None

    def last_ms(self, kind: MediaKind) -> int:
        """Return the time of the track's last packet: headers and metadata take it, as they never drive the clock."""
        last = self._tracks[kind].last_ms
        return last if last is not None else (self._end_ms or 0)

    def place(self, kind: MediaKind, timestamp: int, now: float) -> int:
        """Return the stream time in ms of a packet whose wire timestamp (u32 ms) was read at ``now`` (monotonic s)."""
        track = self._tracks[kind]
        raw_ms = (
            timestamp if track.raw_ms is None else track.raw_ms + _serial_difference(timestamp, track.raw_ms)
        )
        offset_ms = self._choose_offset(track, raw_ms, now)
        placed_ms = raw_ms + offset_ms
        if track.last_ms is not None and placed_ms < track.last_ms:
            placed_ms = track.last_ms + 1
        track.raw_ms, track.offset_ms, track.last_ms, track.last_arrival_s = raw_ms, offset_ms, placed_ms, now
        self._end_ms = max(self._end_ms or 0, placed_ms)
        self._last_arrival_s = now
        return placed_ms

    def _choose_offset(self, track: _Track, raw_ms: int, now: float) -> int:
        for offset_ms in (track.offset_ms, self._newest_offset_ms):
            if offset_ms is not None and self._plausible(track, raw_ms + offset_ms, now):
                return offset_ms
        if self._end_ms is None:
            offset_ms = -raw_ms
        else:
            silent_ms = round((now - self._last_arrival_s) * 1000)
            offset_ms = self._end_ms + max(FRAME_INTERVAL_MS, silent_ms) - raw_ms
            self.folds += 1
        self._newest_offset_ms = offset_ms
        return offset_ms

    def _plausible(self, track: _Track, placed_ms: int, now: float) -> bool:
        """Tell whether a packet may stand at ``placed_ms``: near its own track, or near the end when its track is new."""
        if track.last_ms is not None:
            anchor_ms, arrival_s = track.last_ms, track.last_arrival_s
        else:
            anchor_ms, arrival_s = self._end_ms or 0, self._last_arrival_s
        ahead_ms = LARGE_JUMP_MS + max(0.0, now - arrival_s) * 1000
        return -SMALL_STEP_BACK_MS < placed_ms - anchor_ms <= ahead_ms


def _serial_difference(timestamp: int, previous_raw_ms: int) -> int:
    difference = (timestamp - previous_raw_ms) % _WRAP
    return difference - _WRAP if difference >= _HALF else difference
