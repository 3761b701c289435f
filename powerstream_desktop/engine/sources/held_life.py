"""What a source shows when it is lost (DESIGN 5). Pure: time comes in as an argument.

A source is *closed* until its first opening is decided. It is *live* while it delivers. When it is lost its last picture is
*held* for a second, because most losses are short and nobody should see them; after that it is *replaced* by a placeholder
with its name and what is wrong. A source that could not be opened in the first place has nothing to hold and is replaced at
once. From both it is opened again by name every two seconds, for ever, and is live with its first new picture. Only *closing*
ends it, from everywhere.

What need not follow the moment, an image that was loaded once, is held without an end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.errors import BugError

HOLD_S: Final = 1.0
REOPEN_S: Final = 2.0


class HeldState(StrEnum):
    """What a source shows."""

    CLOSED = "closed"
    LIVE = "live"
    HELD = "held"
    REPLACED = "replaced"


class HeldEvent(StrEnum):
    """What changes that."""

    OPENED = "opened"
    LOST = "lost"
    HOLD_OVER = "hold-over"
    CLOSE = "close"


_S, _E = HeldState, HeldEvent

TRANSITIONS: Mapping[HeldState, Mapping[HeldEvent, HeldState]] = {
    _S.CLOSED: {_E.OPENED: _S.LIVE, _E.LOST: _S.REPLACED, _E.CLOSE: _S.CLOSED},
    _S.LIVE: {_E.LOST: _S.HELD, _E.CLOSE: _S.CLOSED},
    _S.HELD: {_E.OPENED: _S.LIVE, _E.LOST: _S.HELD, _E.HOLD_OVER: _S.REPLACED, _E.CLOSE: _S.CLOSED},
    _S.REPLACED: {_E.OPENED: _S.LIVE, _E.LOST: _S.REPLACED, _E.CLOSE: _S.CLOSED},
}


def next_state(state: HeldState, event: HeldEvent) -> HeldState:
    """Return the state after ``event``; ``BugError`` for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A source that is {state.value} cannot take the event {event.value}.")
    return following


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSnapshot:
    """A source at one moment.

    Attributes:
        state: what it shows.
        since_s: monotonic time from which it has shown that.
        openings: times it was opened with success.
        losses: times it was lost after that.
        cause: a sentence for people: why it is not live; empty while it is.
    """

    state: HeldState
    since_s: float
    openings: int
    losses: int
    cause: str


class HeldLife:
    """Decides what is shown, and when to open again.

    Args:
        now: monotonic seconds.
        hold_s: for how long the last picture stands in; ``math.inf`` for ever.
    """

    def __init__(self, now: float, *, hold_s: float = HOLD_S) -> None:
        self._hold_s = hold_s
        self._state = HeldState.CLOSED
        self._since_s = now
        self._openings = 0
        self._losses = 0
        self._cause = ""
        self._open_at_s = now

    @property
    def snapshot(self) -> HeldSnapshot:
        """How the source stands."""
        return HeldSnapshot(
            state=self._state,
            since_s=self._since_s,
            openings=self._openings,
            losses=self._losses,
            cause=self._cause,
        )

    def opened(self, now: float) -> None:
        """The first picture of an opening came."""
        self._move(HeldEvent.OPENED, now)
        self._openings += 1
        self._cause = ""

    def lost(self, cause: str, now: float) -> None:
        """It is gone, or could not be opened again; ``cause`` is a sentence for people."""
        was_live = self._state is HeldState.LIVE
        self._move(HeldEvent.LOST, now)
        self._losses += was_live
        self._cause = cause
        self._open_at_s = now + REOPEN_S

    def shown_at(self, now: float) -> HeldState:
        """Return what to show now."""
        if self._state is HeldState.HELD and now - self._since_s >= self._hold_s:
            self._move(HeldEvent.HOLD_OVER, now)
        return self._state

    def opens_in_s(self, now: float) -> float:
        """Return how long to wait before it is opened; 0 when that is due, ``inf`` while it is live."""
        return float("inf") if self._state is HeldState.LIVE else max(0.0, self._open_at_s - now)

    def closed(self, now: float) -> None:
        """It is not wanted any more."""
        self._move(HeldEvent.CLOSE, now)
        self._cause = ""

    def _move(self, event: HeldEvent, now: float) -> None:
        following = next_state(self._state, event)
        if following is not self._state:
            self._state, self._since_s = following, now
