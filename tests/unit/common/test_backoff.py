from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.backoff import JITTER, LONGEST_PAUSE_S, RETRY_STEPS_S, Backoff


def test_pauses_follow_the_steps_and_the_last_repeats_for_ever() -> None:
    backoff = Backoff((1.0, 2.0, 4.0), jitter=0)
    assert [backoff.next_pause_s() for _ in range(6)] == [1.0, 2.0, 4.0, 4.0, 4.0, 4.0]


def test_a_reset_starts_again_at_the_first_step() -> None:
    backoff = Backoff((1.0, 2.0), jitter=0)
    backoff.next_pause_s()
    backoff.reset()
    assert backoff.next_pause_s() == 1.0


@given(seed=st.integers(), taken=st.integers(0, 20))
def test_jitter_stays_within_its_bounds(seed: int, taken: int) -> None:
    backoff = Backoff(rng=random.Random(seed))
    for _ in range(taken):
        backoff.next_pause_s()
    step = RETRY_STEPS_S[min(taken, len(RETRY_STEPS_S) - 1)]
    assert step * (1 - JITTER) <= backoff.next_pause_s() <= step * (1 + JITTER)


@given(seed=st.integers(), taken=st.integers(0, 20))
def test_no_pause_is_longer_than_what_is_promised(seed: int, taken: int) -> None:
    backoff = Backoff(rng=random.Random(seed))
    for _ in range(taken):
        backoff.next_pause_s()
    assert backoff.next_pause_s() <= LONGEST_PAUSE_S


def test_two_destinations_do_not_retry_in_step() -> None:
    first, second = Backoff(rng=random.Random(1)), Backoff(rng=random.Random(2))
    assert [first.next_pause_s() for _ in range(5)] != [second.next_pause_s() for _ in range(5)]


def test_no_steps_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one step"):
        Backoff(())
