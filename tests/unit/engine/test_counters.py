from __future__ import annotations

from powerstream_desktop.engine.counters import Counters


def test_times_and_rates_are_those_of_the_second_past_and_counts_are_totals() -> None:
    counters = Counters(100.0)
    for cost_ms in (1.0, 3.0):
        counters.frame_given(compose_ms=cost_ms, encode_ms=2 * cost_ms)
    counters.video_made(1000)
    second = counters.sum_up(102.0)
    assert (second.compose_mean_ms, second.compose_max_ms) == (2.0, 3.0)
    assert (second.encode_mean_ms, second.encode_max_ms) == (4.0, 6.0)
    assert second.video_kbps == 4.0
    nothing = counters.sum_up(103.0)
    assert (nothing.compose_max_ms, nothing.encode_max_ms, nothing.video_kbps) == (0.0, 0.0, 0.0)
    assert counters.frames_given == 2


def test_two_looks_at_one_moment_give_no_rate() -> None:
    counters = Counters(100.0)
    counters.video_made(1000)
    assert counters.sum_up(100.0).video_kbps == 0.0
