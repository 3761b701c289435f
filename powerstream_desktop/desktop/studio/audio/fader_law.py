"""Where a fader stands for a gain: wide steps where nobody hears a difference, narrow ones around 0 dB. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

MIN_GAIN_DB: Final = -60.0
MAX_GAIN_DB: Final = 12.0
_LAW: Final = (
    (0.0, MIN_GAIN_DB),
    (0.15, -40.0),
    (0.35, -20.0),
    (0.55, -10.0),
    (0.75, 0.0),
    (1.0, MAX_GAIN_DB),
)
"""Share of the fader's way and gain in dB; straight between two of them, as on the faders of mixing desks."""


def gain_at(share: float) -> float:
    """Return the gain in dB at a share of the fader's way, 0 (left) to 1; beyond the ends that of the end."""
    return _between([(share_there, gain_db) for share_there, gain_db in _LAW], share)


def share_of(gain_db: float) -> float:
    """Return the share of the fader's way at which it has a gain in dB; what it cannot have stands at the nearer end."""
    return _between([(gain_there, share) for share, gain_there in _LAW], gain_db)


def _between(points: Sequence[tuple[float, float]], at: float) -> float:
    at = min(max(at, points[0][0]), points[-1][0])
    for (from_x, from_y), (to_x, to_y) in pairwise(points):
        if at <= to_x:
            return from_y + (to_y - from_y) * (at - from_x) / (to_x - from_x)
    return points[-1][1]
