"""Letting another device in by a code that the window shows. Pure: told the time, in monotonic seconds.

Pairing is *closed* until somebody at this computer opens it and says what the device may do. While it is *open*, the window shows
six digits for two minutes. The right code makes it *paired*, and the code is worth nothing any more. A third wrong one makes it
*spent*: somebody guesses, at one chance in 300,000, and the window says so. When the time is over it is *expired*. From all of
these it can be opened again, with a new code, or closed.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.scope import Scope

CODE_DIGITS: Final = 6
CODE_LIFE_S: Final = 120.0
MAX_TRIES: Final = 3


class PairingState(StrEnum):
    """The states of pairing; the value is what the window is told."""

    CLOSED = "closed"
    OPEN = "open"
    PAIRED = "paired"
    SPENT = "spent"
    EXPIRED = "expired"


class PairingEvent(StrEnum):
    """What moves it."""

    OPENED = "opened"
    RIGHT_CODE = "right-code"
    WRONG_CODE = "wrong-code"
    LAST_WRONG_CODE = "last-wrong-code"
    TIME_OVER = "time-over"
    CLOSED = "closed"


_S, _E = PairingState, PairingEvent

TRANSITIONS: Mapping[PairingState, Mapping[PairingEvent, PairingState]] = {
    _S.CLOSED: {_E.OPENED: _S.OPEN, _E.CLOSED: _S.CLOSED},
    _S.OPEN: {
        _E.OPENED: _S.OPEN,
        _E.RIGHT_CODE: _S.PAIRED,
        _E.WRONG_CODE: _S.OPEN,
        _E.LAST_WRONG_CODE: _S.SPENT,
        _E.TIME_OVER: _S.EXPIRED,
        _E.CLOSED: _S.CLOSED,
    },
    _S.PAIRED: {_E.OPENED: _S.OPEN, _E.CLOSED: _S.CLOSED},
    _S.SPENT: {_E.OPENED: _S.OPEN, _E.CLOSED: _S.CLOSED},
    _S.EXPIRED: {_E.OPENED: _S.OPEN, _E.CLOSED: _S.CLOSED},
}


def next_state(state: PairingState, event: PairingEvent) -> PairingState:
    """Return the state after ``event``; BugError for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"Pairing that is {state.value} cannot take the event {event.value}.")
    return following


def new_code() -> str:
    """Return a code that nobody can foresee."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


class Pairing:
    """One code at a time.

    Args:
        make_code: makes ``CODE_DIGITS`` digits.
    """

    def __init__(self, make_code: Callable[[], str] = new_code) -> None:
        self._make_code = make_code
        self._state = PairingState.CLOSED
        self._code = Secret("")
        self._scope = Scope.READ
        self._tries_left = 0
        self._ends_at = 0.0

    def state(self, now: float) -> PairingState:
        """Return how it stands."""
        if self._state is PairingState.OPEN and now >= self._ends_at:
            self._move(PairingEvent.TIME_OVER)
        return self._state

    def seconds_left(self, now: float) -> float:
        """Return how long the code is good for; 0 unless it is open."""
        return self._ends_at - now if self.state(now) is PairingState.OPEN else 0.0

    def open(self, scope: Scope, now: float) -> Secret:
        """Open it; return the code to show, which makes an earlier one worthless.

        Args:
            scope: what the device will be allowed.
            now: monotonic seconds.

        Raises:
            UserError: ``admin``, which is for this computer alone.
        """
        if scope is Scope.ADMIN:
            raise UserError("Another device may not let devices in.", hint="Allow it to read or to control.")
        self._move(PairingEvent.OPENED)
        self._code, self._scope = Secret(self._make_code()), scope
        self._tries_left, self._ends_at = MAX_TRIES, now + CODE_LIFE_S
        return self._code

    def close(self) -> None:
        """Let nobody in."""
        self._move(PairingEvent.CLOSED)

    def try_code(self, code: str, now: float) -> Scope | None:
        """Return what whoever has this code is allowed; ``None`` for a wrong code, and for any while it is not open."""
        if self.state(now) is not PairingState.OPEN:
            return None
        if hmac.compare_digest(code.encode("utf-8", "replace"), self._code.reveal().encode()):
            self._move(PairingEvent.RIGHT_CODE)
            return self._scope
        self._tries_left -= 1
        self._move(PairingEvent.WRONG_CODE if self._tries_left else PairingEvent.LAST_WRONG_CODE)
        return None

    def _move(self, event: PairingEvent) -> None:
        self._state = next_state(self._state, event)
        if self._state is not PairingState.OPEN:
            self._code = Secret("")
