"""When a service is started again, and when its keeper gives up."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.service.keeper.keeper_life import (
    DEATHS_WITHIN_S,
    EXIT_DIED,
    MAX_DEATHS,
    PROPER_EXITS,
    RESTART_STEPS_S,
    KeeperLife,
    KeptEvent,
    KeptState,
    next_state,
)
from tests.unit.life_cycles import assert_leads_where_it_should

S, E = KeptState, KeptEvent
WANTED = {
    (S.NONE, E.SPAWNED): S.STARTING,
    (S.NONE, E.END_ASKED): S.OVER,
    (S.NONE, E.GIVEN_UP): S.OVER,
    (S.STARTING, E.READY): S.SERVING,
    (S.STARTING, E.DIED): S.NONE,
    (S.STARTING, E.ENDED): S.OVER,
    (S.STARTING, E.END_ASKED): S.ENDING,
    (S.SERVING, E.DIED): S.NONE,
    (S.SERVING, E.ENDED): S.OVER,
    (S.SERVING, E.END_ASKED): S.ENDING,
    (S.ENDING, E.READY): S.ENDING,
    (S.ENDING, E.DIED): S.OVER,
    (S.ENDING, E.ENDED): S.OVER,
    (S.ENDING, E.END_ASKED): S.ENDING,
    (S.OVER, E.END_ASKED): S.OVER,
}
KILLED = -9


@pytest.mark.parametrize(("state", "event"), list(itertools.product(KeptState, KeptEvent)))
def test_every_pair_leads_where_the_prose_says(state: KeptState, event: KeptEvent) -> None:
    assert_leads_where_it_should(next_state, WANTED, state, event)


def kept() -> KeeperLife:
    return KeeperLife(Backoff(RESTART_STEPS_S, jitter=0.0))


def serving() -> KeeperLife:
    life = kept()
    life.spawned()
    life.ready()
    return life


@pytest.mark.parametrize("exit_code", [KILLED, -11, EXIT_DIED, 134, *sorted(PROPER_EXITS)])
def test_a_service_that_goes_without_a_word_is_started_again_at_once_whatever_its_exit_code(
    exit_code: int,
) -> None:
    """Windows' Task Manager ends a process with 1."""
    life = serving()
    assert life.exited(exit_code, 100.0, has_left=False) == 0.0
    assert (life.state, life.deaths) == (KeptState.NONE, 1)


@pytest.mark.parametrize("exit_code", sorted(PROPER_EXITS))
def test_a_service_that_ends_by_itself_is_over_and_its_exit_code_is_the_keepers(exit_code: int) -> None:
    life = serving()
    assert life.exited(exit_code, 100.0, has_left=True) is None
    assert (life.state, life.exit_code) == (KeptState.OVER, exit_code)


@pytest.mark.parametrize("exit_code", [KILLED, EXIT_DIED])
def test_a_service_that_is_killed_on_its_way_out_is_over_and_its_keeper_failed(exit_code: int) -> None:
    life = serving()
    assert life.exited(exit_code, 100.0, has_left=True) is None
    assert (life.state, life.exit_code, life.has_given_up) == (KeptState.OVER, 1, False)


def test_a_service_that_cannot_begin_is_not_started_again() -> None:
    life = kept()
    life.spawned()
    assert life.exited(2, 0.5, has_left=True) is None
    assert life.exit_code == 2


def test_a_service_that_dies_while_it_ends_is_not_started_again() -> None:
    life = serving()
    life.end_asked()
    life.end_asked()
    assert life.exited(KILLED, 100.0, has_left=False) is None
    assert (life.state, life.exit_code, life.has_given_up) == (KeptState.OVER, 1, False)


def test_an_end_that_is_asked_for_between_two_services_starts_none() -> None:
    life = serving()
    life.exited(KILLED, 100.0, has_left=False)
    life.end_asked()
    assert life.state is KeptState.OVER


def deaths(life: KeeperLife, *, every_s: float, count: int) -> list[float | None]:
    pauses = []
    for number in range(count):
        life.spawned()
        life.ready()
        pauses.append(life.exited(KILLED, 1000.0 + number * every_s, has_left=False))
    return pauses


def test_pauses_grow_and_the_fifth_death_within_a_minute_is_the_last() -> None:
    life = kept()
    assert deaths(life, every_s=10.0, count=MAX_DEATHS) == [0.0, 0.5, 1.0, 2.0, None]
    assert (life.state, life.exit_code, life.has_given_up) == (KeptState.OVER, 1, True)


def test_deaths_that_lie_further_apart_are_chance_for_ever_and_each_restart_is_at_once() -> None:
    assert deaths(kept(), every_s=DEATHS_WITHIN_S + 1, count=20) == [0.0] * 20
