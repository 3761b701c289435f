"""Going live and ending by a key: press twice within two seconds, or hold for one. Pure: told the time, in monotonic seconds.

At *rest* nothing was pressed. The first press makes it *pressed*: held for a second, it is meant, and the guard is *done* until
the key is let go. Let go before, it is *armed*: a second press within two seconds of the first is meant too; otherwise the guard
rests again. A system that tells no release, or lost one, shows the second press while *pressed*: it is meant as well. What a
press in passing does is nothing (obs#9749, obs#8818: a hotkey that ends a broadcast at once ends the wrong one).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from powerstream_desktop.common.errors import BugError

TWICE_WITHIN_S: Final = 2.0
HOLD_S: Final = 1.0


class GuardState(Enum):
    """The states of the guard."""

    REST = "rest"
    PRESSED = "pressed"
    ARMED = "armed"
    DONE = "done"


class GuardEvent(Enum):
    """What moves it."""

    PRESS = "press"
    RELEASE = "release"
    HELD = "held"
    TIME_OVER = "time-over"


_S, _E = GuardState, GuardEvent

TRANSITIONS: Final[Mapping[GuardState, Mapping[GuardEvent, GuardState]]] = {
    _S.REST: {_E.PRESS: _S.PRESSED, _E.RELEASE: _S.REST},
    _S.PRESSED: {_E.PRESS: _S.DONE, _E.RELEASE: _S.ARMED, _E.HELD: _S.DONE},
    _S.ARMED: {_E.PRESS: _S.DONE, _E.RELEASE: _S.ARMED, _E.TIME_OVER: _S.REST},
    _S.DONE: {_E.PRESS: _S.DONE, _E.RELEASE: _S.REST, _E.TIME_OVER: _S.REST},
}


def next_state(state: GuardState, event: GuardEvent) -> GuardState:
    """Return the state after ``event``; BugError for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A guard that is {state.value} cannot take the event {event.value}.")
    return following


class EndGuard:
    """One key's guard. Each method returns whether the key is meant from this moment on: once for each time it is."""

    def __init__(self) -> None:
        self._state = GuardState.REST
        self._began_at = 0.0

    @property
    def state(self) -> GuardState:
        """How it stands."""
        return self._state

    @property
    def due_at(self) -> float | None:
        """When to look again without a key; ``None`` for never."""
        match self._state:
            case GuardState.PRESSED:
                return self._began_at + HOLD_S
            case GuardState.ARMED | GuardState.DONE:
                return self._began_at + TWICE_WITHIN_S
            case GuardState.REST:
                return None

    def press(self, now: float) -> bool:
        """The key went down."""
        is_meant = self.look(now)
        if self._state is GuardState.REST:
            self._began_at = now
        return self._move(GuardEvent.PRESS) or is_meant

    def release(self, now: float) -> bool:
        """The key went up."""
        is_meant = self.look(now)
        self._move(GuardEvent.RELEASE)
        return is_meant

    def look(self, now: float) -> bool:
        """Time went by."""
        due_at = self.due_at
        if due_at is None or now < due_at:
            return False
        if self._state is GuardState.PRESSED:
            self._began_at = now
            return self._move(GuardEvent.HELD)
        return self._move(GuardEvent.TIME_OVER)

    def _move(self, event: GuardEvent) -> bool:
        before, self._state = self._state, next_state(self._state, event)
        return self._state is GuardState.DONE and before is not GuardState.DONE
