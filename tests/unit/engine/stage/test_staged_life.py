from __future__ import annotations

import itertools
import math

import pytest

from powerstream_desktop.engine.stage.staged_life import (
    LINGER_S,
    RETRY_S,
    TRANSITIONS,
    StagedEvent,
    StagedLife,
    StagedState,
    next_state,
)
from tests.unit.life_cycles import assert_leads_where_it_should

_S, _E = StagedState, StagedEvent
ALLOWED = {
    (_S.OPENING, _E.OPENED): _S.OPEN,
    (_S.OPENING, _E.FAILED): _S.FAILED,
    (_S.OPENING, _E.CLOSE): _S.CLOSED,
    (_S.OPEN, _E.CLOSE): _S.CLOSED,
    (_S.FAILED, _E.RETRY_DUE): _S.OPENING,
    (_S.FAILED, _E.CLOSE): _S.CLOSED,
}


def test_every_state_stands_in_the_table() -> None:
    assert set(TRANSITIONS) == set(StagedState)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(StagedState, StagedEvent)))
def test_each_pair_leads_where_it_should_or_is_a_bug(state: StagedState, event: StagedEvent) -> None:
    assert_leads_where_it_should(next_state, ALLOWED, state, event)


def test_a_source_that_nobody_shows_stays_for_a_while() -> None:
    life = StagedLife()
    life.opened()
    assert life.wakes_at_s() == math.inf
    life.unwant(100.0)
    life.unwant(103.0)  # told again: it counts from the first time
    assert life.wakes_at_s() == 100.0 + LINGER_S
    assert not life.leaves(100.0 + LINGER_S - 0.1)
    assert life.leaves(100.0 + LINGER_S)
    assert life.state is StagedState.CLOSED


def test_a_source_that_is_shown_again_in_time_stays() -> None:
    life = StagedLife()
    life.opened()
    life.unwant(100.0)
    life.want()
    assert not life.leaves(1e9)


def test_one_that_is_dismissed_goes_at_once_and_stays_away() -> None:
    life = StagedLife()
    life.dismiss()
    assert life.leaves(0.0)
    assert life.leaves(0.0)


def test_what_failed_is_tried_again_after_a_pause() -> None:
    life = StagedLife()
    life.failed(10.0)
    assert not life.retries(10.0 + RETRY_S - 0.1)
    assert life.wakes_at_s() == 10.0 + RETRY_S
    assert life.retries(10.0 + RETRY_S)
    assert life.state is StagedState.OPENING
    life.opened()
    assert not life.retries(1e9)
