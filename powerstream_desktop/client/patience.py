"""Whether a request that met no answer is sent again. Pure: told the time, in monotonic seconds.

A service that was killed is back within a few seconds, and whoever used it should notice no more than the delay. But what may have
been obeyed is never said twice, unless saying it twice does no more than saying it once.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

PATIENCE_S: Final = 5.0
"""For how long a service that was there is waited for."""
_FIRST_PAUSE_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 0.4


class Mishap(StrEnum):
    """How far a request came."""

    NO_SERVICE = "no-service"
    """There is none at this moment."""
    NOT_REACHED = "not-reached"
    """No connection could be made: nothing was sent."""
    OLD_TOKEN = "old-token"  # noqa: S105 - a name
    """It was refused because the service has been started anew meanwhile."""
    CUT = "cut"
    """The connection broke before the answer was whole: it may have been obeyed."""
    SILENCE = "silence"
    """The time for an answer is over: it may be obeyed yet."""


_NOT_OBEYED: Final = frozenset({Mishap.NO_SERVICE, Mishap.NOT_REACHED, Mishap.OLD_TOKEN})


def may_have_been_obeyed(mishap: Mishap) -> bool:
    """Return whether the service may have done what it was asked."""
    return mishap not in _NOT_OBEYED


class Patience:
    """The waiting of one request.

    Args:
        is_repeatable: obeying it twice does no more than obeying it once.
        was_met: a service was there before; otherwise none is waited for.
        patience_s: for how long at most, from the first mishap on.
    """

    def __init__(self, *, is_repeatable: bool, was_met: bool, patience_s: float = PATIENCE_S) -> None:
        self._is_repeatable = is_repeatable
        self._was_met = was_met
        self._patience_s = patience_s
        self._gives_up_at: float | None = None
        self._pause_s = _FIRST_PAUSE_S

    def pause_s(self, mishap: Mishap, now: float) -> float | None:
        """Return how long to wait before the next attempt; None to give up."""
        self._was_met = self._was_met or mishap is not Mishap.NO_SERVICE
        if not self._was_met:
            return None
        if mishap is Mishap.SILENCE or (may_have_been_obeyed(mishap) and not self._is_repeatable):
            return None
        if self._gives_up_at is None:
            self._gives_up_at = now + self._patience_s
        pause_s = self._pause_s
        if now + pause_s > self._gives_up_at:
            return None
        self._pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        return pause_s
