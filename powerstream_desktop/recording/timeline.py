"""Where a packet goes on a file's time axis, in the unit the muxer takes.

A file begins at 0, with one offset for both tracks, so sound and picture keep their distance to the millisecond
(rtmp.md 3.3.5). Presentation times are never altered; only decoding times may give way, because MP4 wants them to rise
strictly and to stay at or below the presentation time, while encoders send negative offsets (nginx-rtmp#250, srs#809).
"""

from __future__ import annotations

from typing import Final

TICKS_PER_S: Final = 16_000
"""The unit libavformat gives a video track of milliseconds; a tick too late by necessity is 62 µs, not 1 ms."""
TICKS_PER_MS: Final = TICKS_PER_S // 1000


class TrackClock:
    """Places one track's packets, in decoding order, on the time axis of one file.

    Args:
        base_ms: time on the stream's own timeline that becomes 0.
    """

    def __init__(self, base_ms: int) -> None:
        self._base_ms = base_ms
        self._last_dts: int | None = None

    def place(self, dts_ms: int, cts_ms: int) -> tuple[int, int]:
        """Return decoding and presentation time in ticks for a packet of the stream's timeline.

        The presentation time is exact unless the stream gives no room for a decoding time before it; then it is one tick
        behind the decoding time of the packet before.
        """
        dts = (dts_ms - self._base_ms) * TICKS_PER_MS
        pts = dts + cts_ms * TICKS_PER_MS
        dts = min(dts, pts)
        if self._last_dts is not None:
            dts = max(dts, self._last_dts + 1)
        self._last_dts = dts
        return dts, max(dts, pts)
