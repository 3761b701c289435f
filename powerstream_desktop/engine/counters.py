"""The counters of one rendition: totals since it began, times and rates of the second past. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """What a rendition did since the last look.

    Attributes:
        compose_mean_ms, compose_max_ms: cost of putting the layers together.
        encode_mean_ms, encode_max_ms: time from a picture to its bytes.
        video_kbps: what was encoded.
    """

    compose_mean_ms: float
    compose_max_ms: float
    encode_mean_ms: float
    encode_max_ms: float
    video_kbps: float


class Counters:
    """Gathers what a rendition costs and gives. Owned by the program's thread.

    Args:
        now: monotonic seconds.

    Attributes:
        frames_given: pictures handed to the encoder since it began.
    """

    def __init__(self, now: float) -> None:
        self.frames_given = 0
        self._compose_ms: list[float] = []
        self._encode_ms: list[float] = []
        self._video_bytes = 0
        self._since_s = now

    def frame_given(self, *, compose_ms: float, encode_ms: float) -> None:
        """Count one picture."""
        self.frames_given += 1
        self._compose_ms.append(compose_ms)
        self._encode_ms.append(encode_ms)

    def video_made(self, size_bytes: int) -> None:
        """Count encoded bytes."""
        self._video_bytes += size_bytes

    def sum_up(self, now: float) -> Second:
        """Return the figures since the last call and begin anew."""
        elapsed_s = now - self._since_s
        second = Second(
            compose_mean_ms=_mean(self._compose_ms),
            compose_max_ms=round(max(self._compose_ms, default=0.0), 2),
            encode_mean_ms=_mean(self._encode_ms),
            encode_max_ms=round(max(self._encode_ms, default=0.0), 2),
            video_kbps=round(self._video_bytes * 8 / 1000 / elapsed_s, 1) if elapsed_s > 0 else 0.0,
        )
        self._compose_ms, self._encode_ms, self._video_bytes = [], [], 0
        self._since_s = now
        return second


def _mean(times_ms: Sequence[float]) -> float:
    return round(sum(times_ms) / max(1, len(times_ms)), 2)
