"""How a store's endpoint is doing, and how long everybody is to leave it alone (reliability_security.md 4.8).

An endpoint is *well* until a call fails. Then it is *slowed*: all calls to it wait, each time longer, or as long as it asked for,
for a store that is asked to slow down by one thread is not to be asked by the next one. An answer makes it well again. After five
failures in a row it is *broken*: nobody calls until a pause is over, and then one call is *trying* it; others still keep away. What
that call comes back with makes it well or broken again.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from powerstream_desktop.cloud.uploads.retry_policy import pause_s
from powerstream_desktop.common.transitions import state_after

OFTEN: Final = 5
"""Failures in a row that break an endpoint."""
TRIAL_S: Final = 120.0
"""So long others keep away from an endpoint that is being tried; then the trial is taken for lost."""


class EndpointState(StrEnum):
    """How an endpoint is doing."""

    WELL = "well"
    SLOWED = "slowed"
    BROKEN = "broken"
    TRYING = "trying"


class EndpointEvent(StrEnum):
    """What is learnt of an endpoint."""

    ANSWERED = "answered"
    """A call was answered, be it by a refusal."""
    FAILED = "failed"
    """A call failed in a way that may pass."""
    FAILED_OFTEN = "failed_often"
    """And so did those before it."""
    TRIED = "tried"
    """The pause is over, and one goes ahead."""


_S = EndpointState
_E = EndpointEvent

TRANSITIONS: Final[Mapping[EndpointState, Mapping[EndpointEvent, EndpointState]]] = MappingProxyType(
    {
        _S.WELL: {_E.ANSWERED: _S.WELL, _E.FAILED: _S.SLOWED},
        _S.SLOWED: {_E.ANSWERED: _S.WELL, _E.FAILED: _S.SLOWED, _E.FAILED_OFTEN: _S.BROKEN},
        # Calls that were on their way when it broke still come back; a trial that is lost is followed by another one.
        _S.BROKEN: {
            _E.ANSWERED: _S.WELL,
            _E.FAILED: _S.BROKEN,
            _E.FAILED_OFTEN: _S.BROKEN,
            _E.TRIED: _S.TRYING,
        },
        _S.TRYING: {
            _E.ANSWERED: _S.WELL,
            _E.FAILED: _S.BROKEN,
            _E.FAILED_OFTEN: _S.BROKEN,
            _E.TRIED: _S.TRYING,
        },
    }
)


def next_state(state: EndpointState, event: EndpointEvent) -> EndpointState:
    """Return the state that ``event`` leads to.

    Raises:
        BugError: the event is impossible in this state.
    """
    return state_after(TRANSITIONS, state, event, of="An endpoint")


class EndpointHealth:
    """Knows how one endpoint is doing. Pure; for one thread at a time.

    Args:
        rng: source of randomness.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._failures = 0
        self._free_at = 0.0
        self.state = EndpointState.WELL

    def wait_s(self, now: float) -> float:
        """Return how long to wait before a call; with 0 the caller goes ahead, and must say what came of it."""
        if now < self._free_at:
            return self._free_at - now
        if self.state in {EndpointState.BROKEN, EndpointState.TRYING}:
            self.state = next_state(self.state, EndpointEvent.TRIED)
            self._free_at = now + TRIAL_S
        return 0.0

    def answered(self) -> None:
        """A call was answered."""
        self.state = next_state(self.state, EndpointEvent.ANSWERED)
        self._failures = 0
        self._free_at = 0.0

    def failed(self, now: float, *, retry_after_s: float | None = None) -> None:
        """Take note of a call that failed in a way that may pass.

        Args:
            now: the moment, in seconds.
            retry_after_s: what the store asked for, if it did.
        """
        self._failures += 1
        is_often = self._failures >= OFTEN
        was_trial = self.state is EndpointState.TRYING
        self.state = next_state(self.state, EndpointEvent.FAILED_OFTEN if is_often else EndpointEvent.FAILED)
        free_at = now + pause_s(self._failures, self._rng, retry_after_s=retry_after_s)
        self._free_at = free_at if was_trial else max(self._free_at, free_at)
