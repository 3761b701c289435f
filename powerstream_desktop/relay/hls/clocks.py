"""Where frames go on the time axes of a fragmented MP4; both axes begin where the stream's timeline does.

Sound and picture therefore keep their distance, and a segment continues the one before it without either knowing the other.
"""

from __future__ import annotations

from typing import Final

PICTURE_TICKS_PER_S: Final = 90_000
_TICKS_PER_MS: Final = PICTURE_TICKS_PER_S // 1000
_ROUNDING_MS: Final = 1
"""How far a time in whole milliseconds may lie from the exact one, both ways of rounding allowed."""


class PictureClock:
    """Places pictures, in decoding order.

    MP4 wants decoding times to rise and players want them at or below the presentation time, while encoders send negative
    offsets (nginx-rtmp#250, srs#809): so the decoding time gives way, and the presentation time stays exact wherever the
    frame before leaves room.
    """

    def __init__(self) -> None:
        self._last_ticks = -1

    def place(self, dts_ms: int, cts_ms: int) -> tuple[int, int]:
        """Return decoding time, and the distance from it to the presentation time, in ticks."""
        dts = dts_ms * _TICKS_PER_MS
        pts = dts + cts_ms * _TICKS_PER_MS
        self._last_ticks = max(min(dts, pts), self._last_ticks + 1)
        return self._last_ticks, max(pts - self._last_ticks, 0)


class SoundClock:
    """Places frames of sound, in samples: back to back, as long as that agrees with the stream's whole milliseconds.

    A player fed with rounded times would find a hole or an overlap of up to a millisecond at every frame.

    Args:
        sample_rate: of the decoded sound in Hz.
        frame_samples: samples in a frame.
    """

    def __init__(self, sample_rate: int, frame_samples: int) -> None:
        self._sample_rate = sample_rate
        self._frame_samples = frame_samples
        self._next_sample: int | None = None
        self._tolerance = sample_rate * _ROUNDING_MS // 1000 + 1

    def place(self, dts_ms: int) -> int:
        """Return the sample at which a frame begins; it lies within a millisecond of ``dts_ms``."""
        said = dts_ms * self._sample_rate // 1000
        expected = self._next_sample
        if expected is None or abs(expected - said) > self._tolerance:
            # A frame must not begin before the one before it did.
            placed = said if expected is None else max(said, expected - self._frame_samples + 1)
        else:
            placed = expected
        self._next_sample = placed + self._frame_samples
        return placed
