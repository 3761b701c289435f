from __future__ import annotations

from powerstream_desktop.engine.counters import Counters
from powerstream_desktop.engine.protocol import Stats


def sum_up(counters: Counters, now: float, *, delivered: int = 0) -> Stats:
    return counters.sum_up(
        now, program_s=now, skipped=3, dropped=4, queue_ms=5, delivered=delivered, video_target_kbps=900
    )


def test_totals_grow_and_times_are_those_of_the_last_second() -> None:
    counters = Counters()
    sum_up(counters, 10.0)
    for encode_ms in (2.0, 4.0, 9.0):
        counters.frame_made(encode_ms=encode_ms, repeated=encode_ms == 4.0)
    counters.video_made(250_000)
    first = sum_up(counters, 12.0, delivered=58)
    assert (first.frames_made, first.frames_repeated) == (3, 1)
    assert (first.encode_mean_ms, first.encode_max_ms) == (5.0, 9.0)
    assert (first.capture_fps, first.video_kbps) == (29.0, 1000.0)
    assert (first.frames_skipped, first.frames_dropped, first.queue_ms) == (3, 4, 5)
    counters.frame_made(encode_ms=1.0, repeated=False)
    second = sum_up(counters, 13.0, delivered=88)
    assert (second.frames_made, second.frames_repeated) == (4, 1)
    assert (second.encode_mean_ms, second.encode_max_ms) == (1.0, 1.0)
    assert (second.capture_fps, second.video_kbps) == (30.0, 0.0)


def test_the_first_sum_has_no_rates_yet() -> None:
    counters = Counters()
    counters.video_made(1000)
    stats = sum_up(counters, 5.0, delivered=7)
    assert (stats.capture_fps, stats.video_kbps, stats.encode_max_ms) == (0.0, 0.0, 0.0)
