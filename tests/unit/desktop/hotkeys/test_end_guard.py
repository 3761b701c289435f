"""A key that ends a broadcast is pressed twice, or held."""

from __future__ import annotations

import pytest

from powerstream_desktop.desktop.hotkeys.end_guard import (
    HOLD_S,
    TWICE_WITHIN_S,
    EndGuard,
    GuardEvent,
    GuardState,
    next_state,
)
from tests.unit.life_cycles import assert_leads_where_it_should

S, E = GuardState, GuardEvent
WANTED = {
    (S.REST, E.PRESS): S.PRESSED,
    (S.REST, E.RELEASE): S.REST,
    (S.PRESSED, E.PRESS): S.DONE,
    (S.PRESSED, E.RELEASE): S.ARMED,
    (S.PRESSED, E.HELD): S.DONE,
    (S.ARMED, E.PRESS): S.DONE,
    (S.ARMED, E.RELEASE): S.ARMED,
    (S.ARMED, E.TIME_OVER): S.REST,
    (S.DONE, E.PRESS): S.DONE,
    (S.DONE, E.RELEASE): S.REST,
    (S.DONE, E.TIME_OVER): S.REST,
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("event", E)
def test_every_pair_leads_where_the_prose_says(state: GuardState, event: GuardEvent) -> None:
    assert_leads_where_it_should(next_state, WANTED, state, event)


def test_a_press_in_passing_does_nothing() -> None:
    guard = EndGuard()
    assert not guard.press(0.0)
    assert not guard.release(0.1)
    assert not guard.look(TWICE_WITHIN_S)
    assert guard.state is S.REST
    assert guard.due_at is None


def test_a_second_press_within_two_seconds_is_meant_once() -> None:
    guard = EndGuard()
    guard.press(0.0)
    guard.release(0.1)
    assert guard.press(1.9)
    assert not guard.press(1.95)
    assert not guard.release(2.0)
    assert guard.state is S.REST


def test_a_second_press_that_is_too_late_is_a_first_one() -> None:
    guard = EndGuard()
    guard.press(0.0)
    guard.release(0.1)
    assert not guard.press(TWICE_WITHIN_S + 0.1)
    guard.release(2.2)
    assert guard.press(3.0)


def test_holding_for_a_second_is_meant_even_if_nobody_looked_in_time() -> None:
    guard = EndGuard()
    guard.press(0.0)
    assert guard.due_at == HOLD_S
    assert not guard.look(HOLD_S - 0.01)
    assert guard.look(HOLD_S)
    assert not guard.release(5.0)
    late = EndGuard()
    late.press(0.0)
    assert late.release(1.5)


def test_a_key_whose_release_was_lost_can_be_pressed_again() -> None:
    guard = EndGuard()
    guard.press(0.0)
    assert guard.press(0.5)
    assert not guard.look(0.5 + TWICE_WITHIN_S)
    assert guard.state is S.REST
