"""How often one may ask. Pure: told the time, in monotonic seconds."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Final

from powerstream_desktop.service.access.request_limits import (
    FAILED_PAUSE_S,
    FAILED_WINDOW_S,
    MAX_FAILED_TOKENS,
    REQUESTS_AT_ONCE,
    REQUESTS_PER_S,
)

MAX_CALLERS: Final = 64
"""More than can be paired; the one that was silent longest is forgotten, and begins with a full bucket."""


class TokenBucket:
    """Allows a rate for long, and more for a moment.

    Args:
        per_s: the rate; above 0.
        at_once: how many in no time; at least 1.
        now: the bucket is full then.
    """

    def __init__(self, *, per_s: float, at_once: int, now: float) -> None:
        self._per_s = per_s
        self._at_once = at_once
        self._level = float(at_once)
        self._at = now

    def take(self, now: float) -> float:
        """Take one; return 0, or for how many seconds there will be none, and then nothing was taken."""
        # A clock that stands or goes back fills nothing.
        self._level = min(self._at_once, self._level + max(0.0, now - self._at) * self._per_s)
        self._at = max(self._at, now)
        if self._level >= 1:
            self._level -= 1
            return 0.0
        return (1 - self._level) / self._per_s


class CallerRates:
    """A bucket for each caller, so that one who asks without end takes nothing from the window; strangers share one."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, token_id: str, now: float) -> float:
        """Take one for the caller with a token, or for strangers, whose token is empty; return as ``TokenBucket.take``."""
        bucket = self._buckets.pop(token_id, None) or TokenBucket(
            per_s=REQUESTS_PER_S, at_once=REQUESTS_AT_ONCE, now=now
        )
        self._buckets[token_id] = bucket
        if len(self._buckets) > MAX_CALLERS:
            self._buckets.popitem(last=False)
        return bucket.take(now)


class FailedTokens:
    """Slows down who tries tokens: after ten bad ones in a minute, tokens that are not good get no answer for a minute.

    Good tokens are let through all the while, or any program on this computer could lock the window out. That costs nothing:
    a token has 256 bits, and nobody guesses one; this keeps the log and the processor from being filled by trying.
    """

    def __init__(self) -> None:
        self._at: deque[float] = deque(maxlen=MAX_FAILED_TOKENS)
        self._until = 0.0

    def note(self, now: float) -> None:
        """A token was bad."""
        self._at.append(now)
        if len(self._at) == MAX_FAILED_TOKENS and now - self._at[0] <= FAILED_WINDOW_S:
            self._until = now + FAILED_PAUSE_S
            self._at.clear()

    def pause_s(self, now: float) -> float:
        """Return for how long bad tokens are not answered; 0 for not."""
        return max(0.0, self._until - now)
