"""The life of a destination: every state with every event."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.relay.destination.destination_states import (
    TRANSITIONS,
    DestinationEvent,
    DestinationState,
    next_state,
)
from tests.unit.life_cycles import assert_leads_where_it_should

S = DestinationState
E = DestinationEvent

RUNNING = (S.CONNECTING, S.PUBLISHING, S.LIVE, S.SLOW)
WAITING = (S.RETRYING, S.REJECTED)

ALLOWED = {
    (S.OFF, E.START): S.CONNECTING,
    (S.STOPPED, E.RELEASED): S.OFF,
    (S.OFF, E.RELEASED): S.OFF,
    (S.CONNECTING, E.KEY_SENT): S.PUBLISHING,
    (S.PUBLISHING, E.MEDIA_TAKEN): S.LIVE,
    (S.LIVE, E.FELL_BEHIND): S.SLOW,
    (S.SLOW, E.CAUGHT_UP): S.LIVE,
    **{(state, E.HANDED_OVER): state for state in (S.PUBLISHING, S.LIVE, S.SLOW)},
    **{(state, E.LOST): S.RETRYING for state in RUNNING},
    **{(state, E.REFUSED): S.REJECTED for state in RUNNING},
    **{(state, E.RETRY_DUE): S.CONNECTING for state in WAITING},
    **{(state, E.STREAM_ENDED): S.OFF for state in (*RUNNING, *WAITING)},
    **{(state, E.STOP): S.STOPPED for state in S},
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(S, E)))
def test_every_event_in_every_state_leads_where_the_design_says_or_is_a_bug(
    state: DestinationState, event: DestinationEvent
) -> None:
    assert_leads_where_it_should(next_state, ALLOWED, state, event)


def test_the_table_names_every_state() -> None:
    assert set(TRANSITIONS) == set(DestinationState)


def test_green_is_only_reached_by_media_that_was_taken() -> None:
    ways = {
        (state, event)
        for state, event in itertools.product(S, E)
        if ALLOWED.get((state, event)) is S.LIVE and state not in (S.LIVE, S.SLOW)
    }
    assert ways == {(S.PUBLISHING, E.MEDIA_TAKEN)}
