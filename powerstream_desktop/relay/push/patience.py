"""Tells a hiccup, which passes by itself, from a line that is too slow for the stream (ADR 0007).

Every network stalls for a second or two now and then, and then takes all at once what has piled up: dropping would lose
pictures for nothing. So a queue that is too long is given time, and more of it for as long as it is not at its longest. A
line that was found too slow gets no time again before it has been good for a while.
"""

from __future__ import annotations

from typing import Final

STRICT_S: Final = 10.0
PEAK_S: Final = 2.0
"""The longest of the last two to four seconds counts: a group of pictures, whose key frame alone makes any queue grow."""


class Patience:
    """How long one queue may be too long. Pure; told the time (monotonic seconds) at every call.

    Args:
        patience_s: how long it may be too long and grow.
    """

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._over_since: float | None = None
        self._strict_until: float | None = None
        self._borne_until: float | None = None
        self._peak_since = 0.0
        self._peak_ms = 0
        self._former_peak_ms = 0

    def bear(self, until: float) -> None:
        """Let it be as long as it likes until then (monotonic seconds): help is on its way, or nothing would help."""
        self._borne_until = until if self._borne_until is None else max(until, self._borne_until)

    def is_over(self, lag_ms: int, limit_ms: int, now: float) -> bool:
        """Tell whether to drop: the queue is longer than ``limit_ms``, and the patience with it is over.

        Args:
            lag_ms: length of the queue in media time.
            limit_ms: how long it should be at most.
            now: monotonic seconds, not before those of the call before.
        """
        if lag_ms <= limit_ms:
            self._over_since = None
            return False
        if self._over_since is None:
            self._over_since = self._peak_since = now
            self._peak_ms = self._former_peak_ms = 0
        is_longest = self._is_longest(lag_ms, now)
        if self._borne_until is not None and now < self._borne_until:
            return False
        is_strict = self._strict_until is not None and now < self._strict_until
        if not is_strict and (now - self._over_since < self._patience_s or not is_longest):
            return False
        self._strict_until = now + STRICT_S
        return True

    def _is_longest(self, lag_ms: int, now: float) -> bool:
        if now - self._peak_since >= PEAK_S:
            self._former_peak_ms, self._peak_ms, self._peak_since = self._peak_ms, 0, now
        is_longest = lag_ms >= max(self._peak_ms, self._former_peak_ms)
        self._peak_ms = max(self._peak_ms, lag_ms)
        return is_longest
