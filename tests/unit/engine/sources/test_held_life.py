from __future__ import annotations

import itertools
import math

import pytest

from powerstream_desktop.engine.sources.held_life import (
    HOLD_S,
    REOPEN_S,
    TRANSITIONS,
    HeldEvent,
    HeldLife,
    HeldState,
    next_state,
)
from tests.unit.life_cycles import assert_leads_where_it_should

_S, _E = HeldState, HeldEvent
WANTED = {
    (_S.CLOSED, _E.OPENED): _S.LIVE,
    (_S.CLOSED, _E.LOST): _S.REPLACED,
    (_S.CLOSED, _E.CLOSE): _S.CLOSED,
    (_S.LIVE, _E.LOST): _S.HELD,
    (_S.LIVE, _E.CLOSE): _S.CLOSED,
    (_S.HELD, _E.OPENED): _S.LIVE,
    (_S.HELD, _E.LOST): _S.HELD,
    (_S.HELD, _E.HOLD_OVER): _S.REPLACED,
    (_S.HELD, _E.CLOSE): _S.CLOSED,
    (_S.REPLACED, _E.OPENED): _S.LIVE,
    (_S.REPLACED, _E.LOST): _S.REPLACED,
    (_S.REPLACED, _E.CLOSE): _S.CLOSED,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(HeldState, HeldEvent)))
def test_every_pair_leads_where_the_prose_says_or_is_refused(state: HeldState, event: HeldEvent) -> None:
    assert_leads_where_it_should(next_state, WANTED, state, event)


def test_the_table_has_a_row_for_every_state() -> None:
    assert set(TRANSITIONS) == set(HeldState)


def test_a_lost_source_is_held_for_a_second_and_then_replaced() -> None:
    life = HeldLife(10.0)
    life.opened(10.0)
    life.lost("It is gone.", 20.0)
    assert life.shown_at(20.0 + HOLD_S - 0.01) is HeldState.HELD
    assert life.shown_at(20.0 + HOLD_S) is HeldState.REPLACED
    assert life.snapshot.cause == "It is gone."


def test_a_source_that_never_opened_is_replaced_at_once() -> None:
    life = HeldLife(0.0)
    life.lost("There is none.", 0.0)
    assert life.shown_at(0.0) is HeldState.REPLACED
    assert life.snapshot.losses == 0


def test_it_is_opened_again_every_two_seconds_until_it_is_back() -> None:
    life = HeldLife(0.0)
    assert life.opens_in_s(0.0) == 0.0
    life.opened(0.0)
    assert life.opens_in_s(5.0) == math.inf
    for attempt in range(3):
        now = 10.0 + attempt * REOPEN_S
        life.lost("It is gone.", now)
        assert life.opens_in_s(now) == REOPEN_S
        assert life.opens_in_s(now + REOPEN_S) == 0.0
    life.opened(20.0)
    snapshot = life.snapshot
    assert (snapshot.state, snapshot.openings, snapshot.losses, snapshot.cause) == (_S.LIVE, 2, 1, "")


def test_failing_to_open_again_does_not_prolong_the_hold() -> None:
    life = HeldLife(0.0)
    life.opened(0.0)
    life.lost("It is gone.", 10.0)
    life.lost("It is still gone.", 10.0 + HOLD_S / 2)
    assert life.shown_at(10.0 + HOLD_S) is HeldState.REPLACED


def test_what_is_held_without_an_end_is_never_replaced() -> None:
    life = HeldLife(0.0, hold_s=math.inf)
    life.opened(0.0)
    life.lost("It is gone.", 1.0)
    assert life.shown_at(1e9) is HeldState.HELD


def test_closing_ends_it_from_everywhere() -> None:
    life = HeldLife(0.0)
    life.lost("It is gone.", 0.0)
    life.closed(1.0)
    assert life.snapshot.state is HeldState.CLOSED
    assert life.snapshot.cause == ""
