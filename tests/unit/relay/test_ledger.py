"""What a platform has really taken."""

from __future__ import annotations

from powerstream_desktop.relay.push.ledger import STALLED_AFTER_S, Ledger


def test_bytes_in_our_own_buffers_are_not_with_the_platform() -> None:
    ledger = Ledger(0.0)
    ledger.wrote(1000, 33, 0.0)
    assert ledger.observe(1000, 0.1) == 0
    assert ledger.observe(400, 0.2) == 600
    assert ledger.observe(0, 0.3) == 400
    assert ledger.acknowledged == ledger.written == 1000


def test_what_was_written_before_the_media_does_not_count() -> None:
    ledger = Ledger(0.0)
    ledger.wrote(100, 33, 0.0)
    assert ledger.observe(5000, 0.1) == 0
    assert ledger.acknowledged == 0


def test_a_count_that_grows_again_takes_nothing_back() -> None:
    ledger = Ledger(0.0)
    ledger.wrote(1000, 33, 0.0)
    ledger.observe(100, 0.1)
    assert ledger.observe(700, 0.2) == 0
    assert ledger.acknowledged == 900


def test_the_lag_is_the_media_time_that_waits() -> None:
    ledger = Ledger(0.0)
    for number in range(10):
        ledger.wrote(100, number * 100, number / 10)
    ledger.observe(1000, 1.0)
    assert ledger.lag_ms == 900
    ledger.observe(300, 1.1)
    assert ledger.lag_ms == 200
    ledger.observe(0, 1.2)
    assert ledger.lag_ms == 0


def test_a_platform_that_takes_nothing_for_five_seconds_is_stalled() -> None:
    ledger = Ledger(0.0)
    ledger.wrote(1000, 33, 10.0)
    ledger.observe(1000, 10.1)
    assert not ledger.stalled(10.0 + STALLED_AFTER_S)
    assert ledger.stalled(10.1 + STALLED_AFTER_S)


def test_a_segment_taken_is_progress() -> None:
    ledger = Ledger(0.0)
    ledger.wrote(5000, 33, 10.0)
    ledger.observe(4000, 14.0)
    assert not ledger.stalled(18.0)
    assert ledger.stalled(19.1)


def test_the_bytes_that_probe_a_closed_window_are_none() -> None:
    ledger = Ledger(0.0)
    ledger.wrote(5000, 33, 10.0)
    for seconds in range(6):
        ledger.observe(4999 - seconds, 10.0 + seconds)
    assert ledger.stalled(15.1)


def test_the_last_byte_taken_is_progress() -> None:
    ledger = Ledger(0.0)
    ledger.wrote(1000, 33, 10.0)
    ledger.observe(1, 10.1)
    ledger.observe(0, 14.0)
    ledger.wrote(1000, 66, 14.5)
    assert not ledger.stalled(19.0)


def test_silence_is_no_stall_and_does_not_count_towards_one() -> None:
    ledger = Ledger(0.0)
    assert not ledger.stalled(1000.0)
    ledger.wrote(1000, 33, 1000.0)
    assert not ledger.stalled(1004.0)
    ledger.observe(0, 1004.5)
    assert not ledger.stalled(2000.0)
