"""What a destination did not get of a replay is told from its timeline, and nothing else is."""

from __future__ import annotations

import pytest

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.asset_gaps import DestinationGap
from powerstream_desktop.service.store.timelines import SessionDestination, StateChange, Timeline
from powerstream_desktop.service.vod.destination_gaps import destination_gaps
from tests.unit.service.store.rows import later

S = DestinationState
HUNG_UP = Cause(code="closed", sentence="Kick closed the connection.", remedy="")
LATER_CAUSE = Cause(code="dns", sentence="The server name was not found.", remedy="")


def timeline(*changes: tuple[float, DestinationState] | tuple[float, DestinationState, Cause]) -> Timeline:
    return Timeline(
        destination=SessionDestination(endpoint_id="e1", name="Kick", platform="kick"),
        changes=tuple(
            StateChange(at=later(change[0]), state=change[1], cause=change[2] if len(change) > 2 else None)
            for change in changes
        ),
    )


def gaps(
    *changes: tuple[float, DestinationState] | tuple[float, DestinationState, Cause],
) -> list[tuple[int, int, str]]:
    """Return the gaps of a replay from 10 s to 100 s."""
    found = destination_gaps([timeline(*changes)], later(10), later(100))
    return [(each.start_ms, each.end_ms, each.cause) for each in found]


BEGIN = ((0, S.CONNECTING), (1, S.PUBLISHING), (2, S.LIVE))


def test_an_outage_is_one_gap_from_the_first_moment_to_the_last_with_the_cause_that_began_it() -> None:
    assert gaps(
        *BEGIN, (40, S.RETRYING, HUNG_UP), (41, S.CONNECTING), (42, S.RETRYING, LATER_CAUSE),
        (45, S.PUBLISHING), (49.5, S.LIVE), (60, S.SLOW),
    ) == [(30_000, 39_500, "Kick closed the connection.")]  # fmt: skip


def test_a_gap_carries_the_destinations_name_and_platform() -> None:
    [gap] = destination_gaps([timeline(*BEGIN, (50, S.RETRYING), (51, S.LIVE))], later(10), later(100))
    assert gap == DestinationGap(destination="Kick", platform="kick", start_ms=40_000, end_ms=41_000)


def test_what_lies_outside_of_the_replay_is_cut_off() -> None:
    assert gaps(*BEGIN, (5, S.RETRYING), (20, S.LIVE), (90, S.REJECTED, HUNG_UP)) == [
        (0, 10_000, ""),
        (80_000, 90_000, "Kick closed the connection."),
    ]
    assert gaps(*BEGIN, (5, S.RETRYING), (9, S.LIVE), (101, S.RETRYING)) == []


@pytest.mark.parametrize("state", [S.OFF, S.STOPPED])
def test_a_destination_that_its_owner_stopped_missed_nothing(state: DestinationState) -> None:
    assert gaps(*BEGIN, (40, state)) == []
    assert gaps(*BEGIN, (30, S.RETRYING), (40, state)) == [(20_000, 30_000, "")]


def test_the_first_connection_is_a_gap_only_if_it_takes_long() -> None:
    assert gaps((9, S.CONNECTING), (12, S.PUBLISHING), (13, S.LIVE)) == []
    assert gaps((9, S.CONNECTING), (12, S.REJECTED, HUNG_UP)) == [(0, 90_000, "Kick closed the connection.")]
    assert gaps((9, S.CONNECTING), (30, S.LIVE)) == [(0, 20_000, "")]


def test_gaps_of_several_destinations_stand_in_the_order_of_time() -> None:
    one = timeline(*BEGIN, (60, S.RETRYING), (61, S.LIVE))
    other = timeline(*BEGIN, (50, S.RETRYING), (51, S.LIVE), (70, S.RETRYING), (71, S.LIVE))
    found = destination_gaps([one, other], later(10), later(100))
    assert [each.start_ms for each in found] == [40_000, 50_000, 60_000]


def test_a_timeline_without_any_change_is_no_gap() -> None:
    assert gaps() == []
