"""When a lane is amber, and why."""

from __future__ import annotations

import pytest

from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.relay.destination.lane_watch import (
    CAUGHT_UP_LAG_MS,
    SLOW_LAG_MS,
    SLOW_MEMORY_S,
    STARVED_AFTER_S,
    STUCK_AFTER_S,
    LaneWatch,
)


def look(
    watch: LaneWatch, now: float, *, taken: int = 1000, all_taken: bool = True, dropped: int = 0
) -> None:
    watch.note(now, newly_taken=taken, all_taken=all_taken, frames_dropped=dropped)


def trouble(
    watch: LaneWatch, now: float, lag_ms: int = 0, *, is_slow: bool = False, makes_room: bool = False
) -> FailureKind | None:
    return watch.trouble(now, lag_ms, is_slow=is_slow, makes_room=makes_room)


@pytest.fixture
def watch() -> LaneWatch:
    return LaneWatch(0.0)


@pytest.mark.parametrize(
    ("lag_ms", "is_slow", "is_amber"),
    [
        (SLOW_LAG_MS, False, False),
        (SLOW_LAG_MS + 1, False, True),
        (CAUGHT_UP_LAG_MS + 1, True, True),
        (CAUGHT_UP_LAG_MS, True, False),
    ],
)
def test_who_is_slow_has_to_catch_up_more_than_he_fell_behind(
    watch: LaneWatch, lag_ms: int, is_slow: bool, is_amber: bool
) -> None:
    look(watch, 1.0)
    assert (trouble(watch, 1.0, lag_ms, is_slow=is_slow) is FailureKind.TOO_SLOW) is is_amber


def test_dropped_frames_are_remembered_for_five_seconds(watch: LaneWatch) -> None:
    look(watch, 1.0, dropped=3)
    look(watch, 2.0, dropped=3)
    assert trouble(watch, 1.0 + SLOW_MEMORY_S - 0.1) is FailureKind.TOO_SLOW
    look(watch, 1.0 + SLOW_MEMORY_S, dropped=3)
    assert trouble(watch, 1.0 + SLOW_MEMORY_S) is None


def test_what_a_connection_before_has_dropped_is_not_held_against_the_next_one() -> None:
    watch = LaneWatch(0.0, frames_dropped=40)
    look(watch, 1.0, dropped=40)
    assert trouble(watch, 1.0) is None
    assert watch.frames_dropped_per_s(1.0) == 0


def test_a_platform_that_gets_nothing_is_not_green(watch: LaneWatch) -> None:
    look(watch, 1.0)
    look(watch, 1.0 + STARVED_AFTER_S, taken=0)
    assert trouble(watch, 1.0 + STARVED_AFTER_S) is None
    assert trouble(watch, 1.1 + STARVED_AFTER_S) is FailureKind.NO_INPUT


def test_what_waits_on_the_way_is_no_lack_of_input(watch: LaneWatch) -> None:
    look(watch, 1.0)
    late = 1.1 + STARVED_AFTER_S
    assert trouble(watch, late, CAUGHT_UP_LAG_MS - 1) is FailureKind.NO_INPUT
    assert trouble(watch, late, CAUGHT_UP_LAG_MS) is None
    assert trouble(watch, late, SLOW_LAG_MS + 1) is FailureKind.TOO_SLOW


def test_room_that_is_made_is_the_first_thing_to_say(watch: LaneWatch) -> None:
    look(watch, 1.0, dropped=3)
    assert trouble(watch, 1.0, 5000, makes_room=True) is FailureKind.MADE_ROOM


def test_a_connection_is_stuck_when_something_waits_and_nothing_is_taken(watch: LaneWatch) -> None:
    look(watch, 1.0, all_taken=False)
    look(watch, 1.0 + STUCK_AFTER_S, taken=0, all_taken=False)
    assert not watch.stuck(1.0 + STUCK_AFTER_S)
    assert watch.stuck(1.1 + STUCK_AFTER_S)
    look(watch, 5.0, taken=0, all_taken=True)
    assert not watch.stuck(5.0)


def test_a_drop_in_the_first_moments_is_not_blown_up_to_a_rate(watch: LaneWatch) -> None:
    look(watch, 0.25, dropped=2)
    assert watch.frames_dropped_per_s(0.25) == 2


def test_drops_per_second_are_those_of_the_last_five_seconds(watch: LaneWatch) -> None:
    for second in range(1, 11):
        look(watch, float(second), dropped=10 * second)
    assert watch.frames_dropped_per_s(10.0) == pytest.approx(10.0)
    for second in range(11, 17):
        look(watch, float(second), dropped=100)
    assert watch.frames_dropped_per_s(16.0) == 0
