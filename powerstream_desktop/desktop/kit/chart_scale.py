"""The numbers behind a chart: a round top, and what a line says at a time. Pure."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from typing import Final

_ROUND: Final = (1.0, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def round_top(highest: float) -> float:
    """Return the round number that a chart of values up to ``highest`` ends with; 1 for a chart of nothing."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in _ROUND if step * power >= highest * (1 - 1e-9))


def value_at(points: Sequence[tuple[float, float | None]], at_s: float) -> float | None:
    """Return the value that a line had at a time: that of the last point before it.

    Args:
        points: pairs of time and value, in the order of their times. None for a value is a gap.
        at_s: the time.
    """
    index = bisect.bisect_right(points, at_s, key=lambda point: point[0]) - 1
    return points[index][1] if index >= 0 else None
