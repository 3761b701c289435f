"""The bitrate that follows the upload (broadcasters.md 3.2)."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.uplink.following_bitrate import FollowingBitrate

SOUND_KBPS = 160


@pytest.fixture
def bitrate() -> FollowingBitrate:
    return FollowingBitrate(4500)


def test_it_begins_with_what_the_user_chose(bitrate: FollowingBitrate) -> None:
    assert bitrate.kbps == 4500
    assert not bitrate.is_lowered


def test_it_goes_down_at_once_to_a_little_less_than_what_the_sound_leaves(bitrate: FollowingBitrate) -> None:
    assert bitrate.lower(2500.0, SOUND_KBPS, 10.0)
    assert bitrate.kbps == 1900


def test_it_goes_down_though_there_seems_to_be_enough(bitrate: FollowingBitrate) -> None:
    bitrate.lower(9000.0, SOUND_KBPS, 10.0)
    assert bitrate.kbps == 4050


@pytest.mark.parametrize(("original", "floor"), [(4500, 1400), (1400, 400), (800, 300), (200, 200)])
def test_it_never_falls_below_a_third_of_the_picture_nor_below_what_can_be_looked_at(
    original: int, floor: int
) -> None:
    bitrate = FollowingBitrate(original)
    bitrate.lower(10.0, SOUND_KBPS, 10.0)
    assert bitrate.kbps == floor
    assert bitrate.at_floor
    assert not bitrate.lower(10.0, SOUND_KBPS, 20.0)


def test_it_rises_by_a_tenth_every_four_quiet_seconds_and_never_over_the_original(
    bitrate: FollowingBitrate,
) -> None:
    bitrate.lower(10.0, SOUND_KBPS, 100.0)
    steps = [
        (tick / 4, bitrate.kbps) for tick in range(1, 200) if bitrate.rise(quiet=True, now=100.0 + tick / 4)
    ]
    assert steps == [
        (4.0, 1850), (8.0, 2300), (12.0, 2750), (16.0, 3200), (20.0, 3650), (24.0, 4100), (28.0, 4500),
    ]  # fmt: skip


def test_it_does_not_rise_while_something_lags_nor_right_behind(bitrate: FollowingBitrate) -> None:
    bitrate.lower(10.0, SOUND_KBPS, 100.0)
    assert not bitrate.rise(quiet=False, now=110.0)
    assert not bitrate.rise(quiet=True, now=113.9)
    assert bitrate.rise(quiet=True, now=114.0)
