"""Where packets go on a file's time axis."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.recording.timeline import TICKS_PER_MS, TrackClock


def test_the_base_becomes_zero_and_offsets_stay() -> None:
    clock = TrackClock(5_000)
    assert clock.place(5_000, 67) == (0, 67 * TICKS_PER_MS)
    assert clock.place(5_033, 0) == (33 * TICKS_PER_MS, 33 * TICKS_PER_MS)


def test_sound_and_picture_keep_their_distance() -> None:
    picture, sound = TrackClock(1_000), TrackClock(1_000)
    assert sound.place(1_013, 0)[1] - picture.place(1_000, 0)[1] == 13 * TICKS_PER_MS


def test_a_negative_offset_pulls_the_decoding_time_down_not_the_presentation_up() -> None:
    clock = TrackClock(0)
    clock.place(0, 0)
    assert clock.place(67, -20) == (47 * TICKS_PER_MS, 47 * TICKS_PER_MS)


def test_an_encoder_that_reorders_without_delay_is_a_tick_late_at_most() -> None:
    clock = TrackClock(0)
    decoding_order = [(0, 0), (33, 67), (67, -34), (100, -33), (133, 67), (167, -34)]
    placed = [clock.place(dts, cts) for dts, cts in decoding_order]
    wanted = [(dts + cts) * TICKS_PER_MS for dts, cts in decoding_order]
    assert all(0 <= pts - want <= 1 for (_, pts), want in zip(placed, wanted, strict=True))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-300, 300)), min_size=1))
def test_decoding_times_rise_and_never_pass_the_presentation(steps: list[tuple[int, int]]) -> None:
    clock = TrackClock(0)
    dts_ms = 0
    last: int | None = None
    for step_ms, cts_ms in steps:
        dts_ms += step_ms
        dts, pts = clock.place(dts_ms, cts_ms)
        assert dts <= pts
        assert last is None or dts > last
        assert pts >= (dts_ms + cts_ms) * TICKS_PER_MS
        last = dts
