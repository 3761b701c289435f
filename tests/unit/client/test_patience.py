from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.client.patience import PATIENCE_S, Mishap, Patience, may_have_been_obeyed


def waited_s(mishap: Mishap, *, is_repeatable: bool, was_met: bool) -> float:
    """Return how long a request goes on that meets the same mishap again and again, each at once."""
    patience = Patience(is_repeatable=is_repeatable, was_met=was_met)
    now = 100.0
    while (pause_s := patience.pause_s(mishap, now)) is not None:
        assert pause_s > 0
        now += pause_s
    return now - 100.0


@pytest.mark.parametrize(
    ("mishap", "is_repeatable", "was_met"), list(itertools.product(Mishap, [False, True], [False, True]))
)
def test_what_may_have_been_obeyed_is_said_again_only_if_that_does_no_harm(
    mishap: Mishap, is_repeatable: bool, was_met: bool
) -> None:
    goes_on = {
        Mishap.NO_SERVICE: was_met,
        Mishap.NOT_REACHED: True,
        Mishap.OLD_TOKEN: True,
        Mishap.CUT: is_repeatable,
        Mishap.SILENCE: False,
    }[mishap]
    waited = waited_s(mishap, is_repeatable=is_repeatable, was_met=was_met)
    assert PATIENCE_S - 0.5 < waited <= PATIENCE_S if goes_on else waited == 0


def test_the_first_attempts_follow_quickly() -> None:
    patience = Patience(is_repeatable=True, was_met=True)
    pauses = [patience.pause_s(Mishap.NOT_REACHED, 0.0) for _ in range(5)]
    assert pauses[0] == pytest.approx(0.05)
    assert pauses == sorted(pauses, key=lambda pause: pause or 0)


def test_a_long_answer_that_is_cut_leaves_all_the_patience() -> None:
    patience = Patience(is_repeatable=True, was_met=True)
    assert patience.pause_s(Mishap.CUT, 60.0) is not None
    assert patience.pause_s(Mishap.NO_SERVICE, 60.0 + PATIENCE_S - 1) is not None
    assert patience.pause_s(Mishap.NO_SERVICE, 60.0 + PATIENCE_S) is None


@pytest.mark.parametrize("mishap", Mishap)
def test_only_what_was_sent_and_not_refused_may_have_been_obeyed(mishap: Mishap) -> None:
    assert may_have_been_obeyed(mishap) is (mishap in {Mishap.CUT, Mishap.SILENCE})
