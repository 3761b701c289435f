"""Looks up what an event leads to in a life cycle's table of transitions. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from powerstream_desktop.common.errors import BugError

StateT = TypeVar("StateT", bound=Enum)
EventT = TypeVar("EventT", bound=Enum)


def state_after(
    transitions: Mapping[StateT, Mapping[EventT, StateT]], state: StateT, event: EventT, *, of: str
) -> StateT:
    """Return the state that an event leads to.

    Args:
        transitions: the whole table.
        state: in which it happens.
        event: what happens.
        of: what lives there, at the beginning of a sentence: "A recording".

    Raises:
        BugError: the event is impossible in this state.
    """
    try:
        return transitions[state][event]
    except KeyError:
        raise BugError(
            f"{of} got into a state that cannot be.", detail=f"{event.value} while {state.value}"
        ) from None
