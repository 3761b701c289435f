"""Times in a fragmented MP4: exact, rising, and without the seams that whole milliseconds leave."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.hls.clocks import PICTURE_TICKS_PER_S, PictureClock, SoundClock

TICKS_PER_MS = PICTURE_TICKS_PER_S // 1000


def test_a_picture_is_shown_exactly_when_the_stream_says() -> None:
    clock = PictureClock()
    for dts_ms, cts_ms in ((1_000, 67), (1_033, 133), (1_067, 0), (1_100, 33)):
        dts, offset = clock.place(dts_ms, cts_ms)
        assert dts == dts_ms * TICKS_PER_MS
        assert dts + offset == (dts_ms + cts_ms) * TICKS_PER_MS


def test_a_negative_offset_moves_the_decoding_time_and_not_the_picture() -> None:
    assert PictureClock().place(1_000, -40) == (960 * TICKS_PER_MS, 0)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(-200, 200)), max_size=50))
def test_decoding_times_rise_and_lie_before_presentation(steps: list[tuple[int, int]]) -> None:
    clock, dts_ms, placed = PictureClock(), 1_000, []
    for step_ms, cts_ms in steps:
        dts_ms += step_ms
        placed.append(clock.place(dts_ms, cts_ms))
    assert all(earlier[0] < later[0] for earlier, later in pairwise(placed))
    assert all(offset >= 0 for _, offset in placed)


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("rounded", [int, round], ids=["cut off", "rounded"])
def test_sound_in_whole_milliseconds_is_put_back_to_back(rate: int, rounded: type[int]) -> None:
    clock = SoundClock(rate, 1_024)
    stamps_ms = [rounded(1_000 + number * 1_024_000 / rate) for number in range(50_000)]
    placed = [clock.place(stamp_ms) for stamp_ms in stamps_ms]
    assert {later - earlier for earlier, later in pairwise(placed)} == {1_024}
    assert all(
        abs(at * 1_000 / rate - stamp_ms) <= 1.1 for at, stamp_ms in zip(placed, stamps_ms, strict=True)
    )


def test_a_hole_in_the_sound_stays_a_hole() -> None:
    clock = SoundClock(48_000, 1_024)
    assert [clock.place(stamp_ms) for stamp_ms in (0, 21, 500)] == [0, 1_024, 24_000]


def test_a_clock_that_drifts_is_followed() -> None:
    clock = SoundClock(48_000, 1_024)
    for number in range(5_000):
        stamp_ms = number * 22
        assert abs(clock.place(stamp_ms) / 48 - stamp_ms) <= 1.1


@given(st.lists(st.integers(0, 100), max_size=80))
def test_sound_never_goes_back(steps_ms: list[int]) -> None:
    clock, at_ms, placed = SoundClock(48_000, 1_024), 1_000, []
    for step_ms in steps_ms:
        at_ms += step_ms
        placed.append(clock.place(at_ms))
    assert all(earlier < later for earlier, later in pairwise(placed))
