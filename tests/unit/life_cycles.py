"""What every life cycle promises of its table: a pair of state and event leads where the prose says, or is a bug of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

import pytest

from powerstream_desktop.common.errors import BugError

State = TypeVar("State", bound=Enum)
Event = TypeVar("Event", bound=Enum)


def assert_leads_where_it_should(
    next_state: Callable[[State, Event], State],
    wanted: Mapping[tuple[State, Event], State],
    state: State,
    event: Event,
) -> None:
    """Check one pair.

    Args:
        next_state: the life cycle's own function.
        wanted: every pair that is allowed, and where it leads.
        state: of the pair.
        event: of the pair; one that is not allowed must be refused in words that name both.
    """
    if (state, event) in wanted:
        assert next_state(state, event) is wanted[state, event]
        return
    with pytest.raises(BugError) as refused:
        next_state(state, event)
    said = f"{refused.value} {refused.value.detail}"
    sentences = (f"{state.value} cannot take the event {event.value}", f"{event.value} while {state.value}")
    assert any(sentence in said for sentence in sentences)
