"""The life of a source on the stage: when it is opened, tried again, and let go. Pure: time comes in as an argument.

A source is *opening* from the moment it is wanted; a placeholder stands in for it. It is *open* when it delivers, or when it is
of the kind that looks for its device by itself. One that cannot be opened and does not look by itself has *failed* and is
*opening* again every two seconds. Only *closed* is final.

A source that nobody shows any more is kept for ten seconds, because people go back to the scene that they came from, and
opening costs time. Cameras are wanted for as long as any scene shows them; that is decided elsewhere (``needs``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.errors import BugError

RETRY_S: Final = 2.0
LINGER_S: Final = 10.0
"""Longer than the longest fade, so that a scene that fades out keeps its sources."""


class StagedState(StrEnum):
    """The states of a source on the stage."""

    OPENING = "opening"
    OPEN = "open"
    FAILED = "failed"
    CLOSED = "closed"


class StagedEvent(StrEnum):
    """What moves it."""

    OPENED = "opened"
    FAILED = "failed"
    RETRY_DUE = "retry-due"
    CLOSE = "close"


_S, _E = StagedState, StagedEvent

TRANSITIONS: Mapping[StagedState, Mapping[StagedEvent, StagedState]] = {
    _S.OPENING: {_E.OPENED: _S.OPEN, _E.FAILED: _S.FAILED, _E.CLOSE: _S.CLOSED},
    _S.OPEN: {_E.CLOSE: _S.CLOSED},
    _S.FAILED: {_E.RETRY_DUE: _S.OPENING, _E.CLOSE: _S.CLOSED},
    _S.CLOSED: {},
}


def next_state(state: StagedState, event: StagedEvent) -> StagedState:
    """Return the state after ``event``; ``BugError`` for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A source that is {state.value} cannot take the event {event.value}.")
    return following


class StagedLife:
    """Decides about one source. Not for two threads at once.

    Attributes:
        state: where it stands.
    """

    def __init__(self) -> None:
        self.state = StagedState.OPENING
        self._retry_at_s = math.inf
        self._leaves_at_s = math.inf

    def want(self) -> None:
        """Somebody shows it."""
        self._leaves_at_s = math.inf

    def unwant(self, now: float) -> None:
        """Nobody shows it any more."""
        self._leaves_at_s = min(self._leaves_at_s, now + LINGER_S)

    def dismiss(self) -> None:
        """It must go at once."""
        self._leaves_at_s = -math.inf

    @property
    def is_dismissed(self) -> bool:
        """It must go at once."""
        return self._leaves_at_s == -math.inf

    def opened(self) -> None:
        """It delivers, or will by itself."""
        self._move(StagedEvent.OPENED)

    def failed(self, now: float) -> None:
        """It cannot be opened now."""
        self._move(StagedEvent.FAILED)
        self._retry_at_s = now + RETRY_S

    def retries(self, now: float) -> bool:
        """Begin another opening if one is due; return whether it is."""
        if self.state is not StagedState.FAILED or now < self._retry_at_s:
            return False
        self._move(StagedEvent.RETRY_DUE)
        return True

    def leaves(self, now: float) -> bool:
        """Close it if its time is over; return whether it is."""
        if self.state is StagedState.CLOSED:
            return True
        if now < self._leaves_at_s:
            return False
        self._move(StagedEvent.CLOSE)
        return True

    def wakes_at_s(self) -> float:
        """Return when to look again, monotonic seconds; ``inf`` when nothing will happen by itself."""
        retry_at_s = self._retry_at_s if self.state is StagedState.FAILED else math.inf
        return min(retry_at_s, self._leaves_at_s)

    def _move(self, event: StagedEvent) -> None:
        self.state = next_state(self.state, event)
