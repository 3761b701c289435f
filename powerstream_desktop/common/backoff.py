"""Waiting times between attempts: quick at first, then steady, for ever, never in step with others."""

from __future__ import annotations

import random
from collections.abc import Sequence

LONGEST_PAUSE_S = 15.0
"""Never more, jitter included: so soon is a platform taken up again that was away for long (F05)."""
JITTER = 0.3
RETRY_STEPS_S = (0.5, 1.0, 2.0, 4.0, 8.0, LONGEST_PAUSE_S / (1 + JITTER))


class Backoff:
    """Gives the pause before each next attempt; the last step repeats for ever.

    Args:
        steps_s: pauses in seconds, in order.
        jitter: each pause is scaled by a random factor in [1 - jitter, 1 + jitter].
        rng: source of randomness; tests pass a seeded one.
    """

    def __init__(
        self,
        steps_s: Sequence[float] = RETRY_STEPS_S,
        *,
        jitter: float = JITTER,
        rng: random.Random | None = None,
    ) -> None:
        if not steps_s:
            raise ValueError("a back-off needs at least one step")
        self._steps_s = tuple(steps_s)
        self._jitter = jitter
        self._rng = rng or random.Random()
        self._taken = 0

    def next_pause_s(self) -> float:
        """Return the next pause in seconds and move on one step."""
        step = self._steps_s[min(self._taken, len(self._steps_s) - 1)]
        self._taken += 1
        return step * self._rng.uniform(1 - self._jitter, 1 + self._jitter)

    def reset(self) -> None:
        """Start again at the first step: the last attempt held."""
        self._taken = 0
