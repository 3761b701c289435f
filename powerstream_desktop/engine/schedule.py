"""The program's schedule: which frame is due when, on one absolute grid that never drifts (DESIGN 4).

Slot ``n`` is due at ``epoch + n / fps``, whatever happened before it. A program that woke up late makes up the slots it
owes one by one, because a short burst hurts nobody; what it owes beyond ``CATCH_UP_S`` is skipped, and counted.
Key frames stand on their own grid; a skip stops at the key slot it would cross, so a late machine costs frames, never the
two-second rhythm that platforms rely on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

CATCH_UP_S: Final = 1.0
"""Lateness up to which no frame is given up. Making up is cheap: a picture that repeats the one before encodes in no time."""

_CLOCK_TOLERANCE_S: Final = 1e-6
"""Waking up a hair early, by rounding, counts as on time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place on the grid."""

    index: int
    time_s: float
    """Time on the program's timeline, which begins at 0."""
    is_key: bool


class Schedule:
    """Hands out the slots of a program in order. Pure; owned by the program's thread.

    Args:
        fps: slots a second.
        keyframe_interval: slots from one key slot to the next.
        epoch_s: monotonic time of slot 0.
    """

    def __init__(self, *, fps: int, keyframe_interval: int, epoch_s: float) -> None:
        self._fps = fps
        self._keyframe_interval = keyframe_interval
        self._epoch_s = epoch_s
        self._catch_up = max(1, round(CATCH_UP_S * fps))
        self._next = 0
        self.skipped = 0

    @property
    def next_due_s(self) -> float:
        """Monotonic time at which the next slot is due."""
        return self._epoch_s + self._next / self._fps

    def take(self, now: float) -> Slot | None:
        """Return the next slot to make, or ``None`` when none is due yet."""
        newest = math.floor((now - self._epoch_s + _CLOCK_TOLERANCE_S) * self._fps)
        if newest < self._next:
            return None
        self._skip_to(newest - self._catch_up)
        index = self._next
        self._next += 1
        return Slot(index=index, time_s=index / self._fps, is_key=index % self._keyframe_interval == 0)

    def _skip_to(self, oldest_kept: int) -> None:
        """Give up the slots before ``oldest_kept``, all but the last key slot among them."""
        if oldest_kept <= self._next:
            return
        key_slot = oldest_kept - oldest_kept % self._keyframe_interval
        target = key_slot if key_slot >= self._next else oldest_kept
        self.skipped += target - self._next
        self._next = target
