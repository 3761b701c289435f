"""What each destination took lately, for its spark line. Pure; times are monotonic seconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from typing import Final

SHOWN_S: Final = 90.0
STEP_S: Final = 2.0
"""A point of the line stands for so long: what was told last within it."""


class RateHistory:
    """Keeps the last ninety seconds."""

    def __init__(self) -> None:
        self._told: dict[str, deque[tuple[float, int]]] = {}

    def took(self, key: str, kbps: int, now: float) -> None:
        """Take what a destination takes now, in kbit/s."""
        told = self._told.setdefault(key, deque())
        told.append((now, kbps))
        while now - told[0][0] > SHOWN_S:
            told.popleft()

    def keep_only(self, keys: Collection[str]) -> None:
        """Forget all destinations but these."""
        for key in self._told.keys() - set(keys):
            del self._told[key]

    def points(self, key: str) -> tuple[float, ...]:
        """Return one point for every two seconds since the oldest that is known; what was not told stays as it was."""
        told = self._told.get(key)
        if not told:
            return ()
        first_s, last_kbps = told[0]
        points: list[float] = []
        for at_s, kbps in told:
            while first_s + len(points) * STEP_S <= at_s - STEP_S:
                points.append(float(last_kbps))
            last_kbps = kbps
        return (*points, float(last_kbps))
