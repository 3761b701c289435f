"""The rate shown beside a light."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.rate import RateMeter


def fed(start_s: float, end_s: float, kbps: int, meter: RateMeter | None = None) -> RateMeter:
    """Feed a meter ten times a second."""
    meter = meter or RateMeter()
    for tick in range(round(start_s * 10), round(end_s * 10)):
        meter.add(kbps * 1000 // 8 // 10, tick / 10)
    return meter


def test_a_steady_stream_has_its_rate() -> None:
    assert fed(0, 10, 6000).kbps(10.0) == pytest.approx(6000, rel=0.04)


def test_a_change_shows_within_the_window() -> None:
    meter = fed(10, 14, 1000, fed(0, 10, 6000))
    assert meter.kbps(14.0) == pytest.approx(1000, rel=0.1)


def test_nothing_was_counted_yet() -> None:
    assert RateMeter().kbps(5.0) == 0


def test_a_single_burst_has_no_rate_yet() -> None:
    meter = RateMeter()
    meter.add(100_000, 1.0)
    assert meter.kbps(1.1) == 0


def test_a_stream_that_stopped_fades_to_zero() -> None:
    meter = fed(0, 10, 6000)
    assert 0 < meter.kbps(12.0) < 6000
    assert meter.kbps(20.0) == 0


def test_a_stream_that_comes_back_has_its_rate_at_once_and_not_an_average_with_the_silence() -> None:
    meter = fed(100, 101, 6000, fed(0, 10, 6000))
    assert meter.kbps(101.0) == pytest.approx(6000, rel=0.1)


def test_the_total_counts_every_byte() -> None:
    assert fed(0, 2, 800).total == 2 * 100_000


def test_a_counter_that_is_read_once_a_second_gives_the_true_rate() -> None:
    meter = RateMeter()
    for second in range(10):
        meter.add(125_000, float(second))
    assert meter.kbps(9.0) == 1000
