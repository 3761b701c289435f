"""The life of a broadcast: every state with every event."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.service.broadcast.states import (
    TRANSITIONS,
    BroadcastEvent,
    BroadcastState,
    next_state,
)
from tests.unit.life_cycles import assert_leads_where_it_should

S = BroadcastState
E = BroadcastEvent

ALLOWED = {
    (S.IDLE, E.START): S.STARTING,
    (S.STARTING, E.PUBLISHER_CAME): S.LIVE,
    (S.STARTING, E.PUBLISHER_LEFT): S.STARTING,
    (S.STARTING, E.STOP): S.ENDING,
    (S.LIVE, E.PUBLISHER_CAME): S.LIVE,
    (S.LIVE, E.PUBLISHER_VANISHED): S.BRIDGING,
    (S.LIVE, E.PUBLISHER_LEFT): S.STARTING,
    (S.LIVE, E.STOP): S.ENDING,
    (S.BRIDGING, E.PUBLISHER_CAME): S.LIVE,
    (S.BRIDGING, E.PUBLISHER_BACK): S.LIVE,
    (S.BRIDGING, E.PUBLISHER_LEFT): S.STARTING,
    (S.BRIDGING, E.STOP): S.ENDING,
    (S.ENDING, E.PUBLISHER_CAME): S.ENDING,
    (S.ENDING, E.PUBLISHER_LEFT): S.ENDING,
    (S.ENDING, E.STOP): S.ENDING,
    (S.ENDING, E.FINISHED): S.ENDED,
    (S.ENDED, E.STOP): S.ENDED,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(S, E)))
def test_every_event_in_every_state_leads_where_the_design_says_or_is_a_bug(
    state: BroadcastState, event: BroadcastEvent
) -> None:
    assert_leads_where_it_should(next_state, ALLOWED, state, event)


def test_the_table_names_every_state() -> None:
    assert set(TRANSITIONS) == set(BroadcastState)
