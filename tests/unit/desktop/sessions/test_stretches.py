"""What a destination went through, as stretches, gaps and one share."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.client.sessions import PastDestination, StateChange
from powerstream_desktop.desktop.sessions.stretches import (
    Gap,
    Stretch,
    connected_share,
    gaps_of,
    stretches_of,
)
from tests.unit.desktop.sessions.pasts import BEGAN_AT, LOST, REFUSED, SHAKY, SHUT, STEADY, at, change

STATES = ("off", "connecting", "publishing", "live", "slow", "retrying", "rejected", "stopped")


def of(destination: PastDestination, end_s: float = 300.0) -> tuple[Stretch, ...]:
    return stretches_of(destination.changes, BEGAN_AT, at(end_s))


def test_changes_become_stretches_without_holes() -> None:
    assert [(each.begin_s, each.end_s, each.status) for each in of(STEADY)] == [
        (0, 1, "off"),
        (1, 2, "connecting"),
        (2, 300, "live"),
    ]


def test_how_long_going_live_took_is_no_gap() -> None:
    assert gaps_of(of(STEADY)) == ()
    assert connected_share(of(STEADY)) == 1.0


def test_a_gap_lasts_until_something_arrives_again_and_has_the_first_cause() -> None:
    assert gaps_of(of(SHAKY)) == (Gap(begin_s=100, end_s=150, cause=LOST),)
    assert connected_share(of(SHAKY)) == pytest.approx(248 / 298)


def test_what_was_never_connected_is_one_gap() -> None:
    assert gaps_of(of(SHUT)) == (Gap(begin_s=1, end_s=300, cause=REFUSED),)
    assert connected_share(of(SHUT)) == 0.0


def test_what_was_stopped_or_waits_for_an_encoder_is_no_gap() -> None:
    changes = (change(2, "live"), change(100, "off"), change(150, "live"), change(200, "stopped"))
    stretches = stretches_of(changes, BEGAN_AT, at(300))
    assert gaps_of(stretches) == ()
    assert connected_share(stretches) == 1.0


def test_what_nothing_is_known_of_never_had_to_be_connected() -> None:
    assert stretches_of((), BEGAN_AT, at(300)) == ()
    assert connected_share(()) is None
    assert connected_share(stretches_of((change(0, "off"),), BEGAN_AT, at(300))) is None


def test_a_session_that_ended_as_it_began_has_no_stretches() -> None:
    assert stretches_of((change(1, "live"),), BEGAN_AT, BEGAN_AT) == ()


@given(
    st.lists(st.tuples(st.floats(-10, 400), st.sampled_from(STATES)), max_size=12),
    st.floats(0, 300),
)
def test_stretches_gaps_and_share_agree_whatever_happened(
    happened: list[tuple[float, str]], end_s: float
) -> None:
    changes: list[StateChange] = [change(seconds, status) for seconds, status in sorted(happened)]
    stretches = stretches_of(changes, BEGAN_AT, at(end_s))
    for before, after in pairwise(stretches):
        assert before.end_s == after.begin_s
    if stretches:
        assert stretches[0].begin_s == 0
        assert stretches[-1].end_s == pytest.approx(end_s, abs=1e-5)
    gaps, share = gaps_of(stretches), connected_share(stretches)
    if share is None:
        assert gaps == ()
    else:
        assert 0 <= share <= 1
        assert (share == 1) == (not gaps)
