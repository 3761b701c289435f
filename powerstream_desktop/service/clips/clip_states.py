"""The life of a clip.

A clip that was asked for is *queued*: one is cut at a time. When its turn comes it is *running*, until its file has its name and its
replay is in the library: then it is *done*. A film that cannot be cut, or a disk that refuses, makes it *failed*. Whoever asked for it
may do without it until then: it is *cancelled*, and nothing is left of it. A service that ends cancels what waits and what runs. From
the last three nothing leads on.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from powerstream_desktop.common.transitions import state_after


class ClipState(StrEnum):
    """Where a clip is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ClipEvent(StrEnum):
    """What can happen to a clip."""

    BEGUN = "begun"
    """Its turn has come."""
    KEPT = "kept"
    """It is in the library."""
    FAULT = "fault"
    """It cannot be made."""
    UNWANTED = "unwanted"
    """Nobody wants it any more."""


_S = ClipState
_E = ClipEvent

TRANSITIONS: Final[Mapping[ClipState, Mapping[ClipEvent, ClipState]]] = MappingProxyType(
    {
        _S.QUEUED: {_E.BEGUN: _S.RUNNING, _E.UNWANTED: _S.CANCELLED},
        _S.RUNNING: {_E.KEPT: _S.DONE, _E.FAULT: _S.FAILED, _E.UNWANTED: _S.CANCELLED},
        _S.DONE: {},
        _S.FAILED: {},
        _S.CANCELLED: {},
    }
)


def next_state(state: ClipState, event: ClipEvent) -> ClipState:
    """Return the state that ``event`` leads to.

    Raises:
        BugError: the event is impossible in this state.
    """
    return state_after(TRANSITIONS, state, event, of="A clip")
