from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.watchdogs.alarms import Alarms, Patience

KEY = ("smoke", "kitchen")
PATIENCE = Patience(begins_after_s=3.0, ends_after_s=5.0)


def seen(looks: list[bool], patience: Patience = PATIENCE) -> list[bool]:
    """Return whether the alarm was on after each of the looks, one a second."""
    alarms = Alarms()
    return [alarms.holds(KEY, 100.0 + second, patience, is_so=is_so) for second, is_so in enumerate(looks)]


def test_an_alarm_begins_when_it_has_been_so_for_long_enough() -> None:
    assert seen([True] * 5) == [False, False, False, True, True]


def test_one_look_to_the_contrary_starts_the_wait_anew() -> None:
    assert seen([True, True, True, False, True, True, True, True]) == [False] * 7 + [True]


def test_an_alarm_is_over_only_when_it_has_been_calm_for_long_enough() -> None:
    looks = [True] * 4 + [False] * 4 + [True] + [False] * 6
    assert seen(looks) == [False] * 3 + [True] * 11 + [False]


def test_without_patience_an_alarm_follows_what_is_seen() -> None:
    looks = [True, False, True]
    assert seen(looks, Patience(begins_after_s=0.0, ends_after_s=0.0)) == looks


def test_an_alarm_that_was_not_looked_at_is_forgotten() -> None:
    alarms = Alarms()
    at_once = Patience(begins_after_s=0.0, ends_after_s=60.0)
    assert alarms.holds(KEY, 1.0, at_once, is_so=True)
    alarms.forget_older(1.0)
    assert alarms.is_on(KEY)
    alarms.forget_older(2.0)
    assert not alarms.is_on(KEY)


@given(st.lists(st.booleans(), max_size=60))
def test_an_alarm_never_changes_faster_than_its_patience(looks: list[bool]) -> None:
    states = [False, *seen(looks)]
    changes = [second for second in range(1, len(states)) if states[second] != states[second - 1]]
    gaps = [later - earlier for earlier, later in itertools.pairwise(changes)]
    # The look that changes it and the first of the next doubt lie a second apart.
    assert all(gap >= 4 for gap in gaps)
