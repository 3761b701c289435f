"""What happens when the whole upload collapses, on a model of it: who makes room, how soon, and how it ends (ADR 0007)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.uplink.following_bitrate import FollowingBitrate
from tests.unit.relay.uplink_model import Line, UplinkModel

ALL, KEYS, SOUND = Room.EVERYTHING, Room.KEY_FRAMES, Room.SOUND
AMPLE_KBPS = 100_000.0
VIDEO_KBPS = 1400


def four_lines() -> tuple[Line, ...]:
    return tuple(Line(name, priority) for priority, name in enumerate(("low", "third", "second", "high")))


def collapsed(*lines: Line, capacity_kbps: float, seconds: float, follows: bool = False) -> UplinkModel:
    """A model that was well for a while, then had so little capacity for so long."""
    model = UplinkModel(
        *lines, video_kbps=VIDEO_KBPS, bitrate=FollowingBitrate(VIDEO_KBPS) if follows else None
    )
    model.run(20.0)
    model.capacity_kbps = capacity_kbps
    model.run(seconds)
    return model


def test_with_an_ample_upload_nobody_does_without() -> None:
    model = UplinkModel(*four_lines())
    model.run(60.0)
    assert {room for _, relief in model.history for room in relief.rooms.values()} == {ALL}
    assert model.relief.uplink_kbps is None
    assert not model.relief.urgent


def test_a_collapse_is_answered_within_two_seconds_and_the_upload_is_measured() -> None:
    model = collapsed(*four_lines(), capacity_kbps=1500, seconds=2.0)
    assert model.rooms() == [SOUND, SOUND, SOUND, ALL]
    assert model.relief.uplink_kbps == pytest.approx(1500, rel=0.02)


def test_the_most_important_one_catches_up_and_keeps_everything() -> None:
    model = collapsed(*four_lines(), capacity_kbps=2000, seconds=12.0)
    assert model.lines[3].lag_ms < 350
    assert {relief.rooms["high"] for _, relief in model.history} == {ALL}


def test_of_equal_priorities_the_first_in_the_list_keeps_its_pictures() -> None:
    model = collapsed(Line("first"), Line("second"), Line("third"), capacity_kbps=1900, seconds=3.0)
    assert model.rooms()[0] is ALL
    assert ALL not in model.rooms()[1:]


def test_no_more_is_taken_away_than_is_needed() -> None:
    model = collapsed(*four_lines(), capacity_kbps=4500, seconds=4.0)
    assert model.rooms() == [KEYS, KEYS, ALL, ALL]


def test_help_is_announced_to_those_who_keep_their_pictures() -> None:
    model = collapsed(*four_lines(), capacity_kbps=1500, seconds=10.0)
    announced = [(at, relief) for at, relief in model.history if relief.helps_until is not None]
    assert announced
    assert all(
        relief.helps_until - at == pytest.approx(5.0) for at, relief in announced if relief.helps_until
    )


def test_where_nothing_can_be_taken_away_no_help_is_announced() -> None:
    model = collapsed(Line("alone"), capacity_kbps=700, seconds=30.0)
    assert all(relief.helps_until is None for _, relief in model.history)


@pytest.mark.parametrize("capacity_kbps", [1500, 3000, 4500, 5500])
def test_all_have_their_pictures_again_after_the_collapse_the_most_important_first(
    capacity_kbps: float,
) -> None:
    model = collapsed(*four_lines(), capacity_kbps=capacity_kbps, seconds=25.0)
    shed = [line.name for line in model.lines if line.room is not ALL]
    ended = model.now
    model.capacity_kbps = AMPLE_KBPS
    model.run(75.0)
    assert model.rooms() == [ALL, ALL, ALL, ALL]
    back_s = [model.seconds_to(ALL, name, ended) for name in reversed(shed)]
    assert back_s == sorted(back_s)
    assert all(later - earlier >= 10.0 for earlier, later in pairwise(back_s))


def test_a_return_that_fails_is_taken_back_and_waited_for_twice_as_long_every_time() -> None:
    model = collapsed(Line("low"), Line("high", 1), capacity_kbps=1700, seconds=200.0)
    changes = [
        (at, relief.rooms["low"])
        for (_, before), (at, relief) in pairwise(model.history)
        if relief.rooms["low"] is not before.rooms["low"]
    ]
    tries_at = [at for at, room in changes if room is ALL]
    ends_at = [at for at, room in changes if room is not ALL]
    assert all(0.0 < end - start < 6.0 for start, end in zip(tries_at, ends_at[1:], strict=False))
    pauses_s = [start - end for end, start in zip(ends_at, tries_at, strict=False)]
    for pause_s, least_s in zip(pauses_s, (10.0, 20.0, 40.0, 60.0), strict=False):
        assert pause_s >= least_s
    assert len(tries_at) >= 3


@pytest.mark.parametrize("names", [("slow", "fine"), ("slow", "fine", "too"), ("slow", "a", "b", "c")])
def test_one_slow_platform_is_never_taken_for_the_upload(names: tuple[str, ...]) -> None:
    lines = tuple(Line(name, own_limit_kbps=400 if name == "slow" else AMPLE_KBPS) for name in names)
    model = UplinkModel(*lines, bitrate=FollowingBitrate(VIDEO_KBPS))
    model.run(120.0)
    assert {room for _, relief in model.history for room in relief.rooms.values()} == {ALL}
    assert {relief.video_kbps for _, relief in model.history} == {VIDEO_KBPS}
    assert model.relief.uplink_kbps is None


def test_a_long_way_is_no_collapse() -> None:
    lines = tuple(Line(name, base_lag_ms=650) for name in ("a", "b", "c"))
    model = UplinkModel(*lines)
    model.run(60.0)
    assert {room for _, relief in model.history for room in relief.rooms.values()} == {ALL}


def test_a_stall_of_two_seconds_takes_nothing_from_anybody() -> None:
    model = collapsed(*four_lines(), capacity_kbps=0.0, seconds=2.0)
    model.capacity_kbps = 9000.0
    model.run(20.0)
    assert {room for _, relief in model.history for room in relief.rooms.values()} == {ALL}


def test_one_that_comes_in_during_a_collapse_gets_no_more_than_those_that_matter_more() -> None:
    late = Line("late", -1, connected=False)
    model = collapsed(*four_lines(), late, capacity_kbps=1500, seconds=4.0)
    late.connected = True
    model.run(0.5)
    assert late.room is SOUND


def test_when_the_most_important_one_is_lost_the_next_one_has_its_pictures_at_once() -> None:
    model = collapsed(*four_lines(), capacity_kbps=1800, seconds=5.0)
    model.lines[3].connected = False
    model.run(1.5)
    assert model.lines[2].room is ALL


def test_one_that_is_slow_by_itself_keeps_no_other_from_coming_back_for_good() -> None:
    slow, other = Line("slow", 1), Line("other")
    model = collapsed(slow, other, capacity_kbps=1500, seconds=10.0)
    assert other.room is not ALL
    model.capacity_kbps = AMPLE_KBPS
    slow.own_limit_kbps = 700
    ended = model.now
    model.run(90.0)
    assert model.seconds_to(ALL, "other", ended) <= 61.0
    assert other.room is ALL


def test_where_the_bitrate_may_follow_it_goes_down_first_and_everybody_keeps_moving_pictures() -> None:
    model = collapsed(*four_lines(), capacity_kbps=3000, seconds=2.0, follows=True)
    assert model.relief.video_kbps == 500
    assert model.rooms() == [ALL, ALL, ALL, ALL]


def test_what_the_floor_of_the_bitrate_cannot_save_is_shed_as_well() -> None:
    model = collapsed(*four_lines(), capacity_kbps=1500, seconds=2.0, follows=True)
    assert model.relief.video_kbps == 400
    assert model.rooms()[3] is ALL
    assert model.rooms()[0] is not ALL


def test_the_bitrate_follows_a_single_destination_as_well_but_does_not_call_it_the_upload() -> None:
    model = collapsed(Line("alone"), capacity_kbps=900, seconds=3.0, follows=True)
    assert model.relief.video_kbps == 600
    assert model.relief.uplink_kbps is None


def test_pictures_come_back_before_the_bitrate_does() -> None:
    model = collapsed(*four_lines(), capacity_kbps=1500, seconds=10.0, follows=True)
    model.capacity_kbps = AMPLE_KBPS
    model.run(120.0)
    assert model.relief.video_kbps == VIDEO_KBPS
    assert model.rooms() == [ALL, ALL, ALL, ALL]
    raised = [relief for _, relief in model.history if 400 < (relief.video_kbps or 0) < VIDEO_KBPS]
    assert raised
    assert all(set(relief.rooms.values()) == {ALL} for relief in raised)


def test_the_bitrate_is_what_the_user_chose_again_half_a_minute_after_a_collapse() -> None:
    model = collapsed(*four_lines(), capacity_kbps=3000, seconds=12.0, follows=True)
    model.capacity_kbps = AMPLE_KBPS
    model.run(30.0)
    assert model.relief.video_kbps == VIDEO_KBPS


def test_the_bitrate_rises_though_one_platform_is_slow_by_itself() -> None:
    lines = four_lines()
    model = collapsed(*lines, capacity_kbps=3000, seconds=10.0, follows=True)
    lines[0].own_limit_kbps = 300
    model.capacity_kbps = AMPLE_KBPS
    model.run(70.0)
    assert model.relief.video_kbps == VIDEO_KBPS
