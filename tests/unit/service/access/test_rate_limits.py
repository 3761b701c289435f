from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.service.access.rate_limits import (
    MAX_CALLERS,
    CallerRates,
    FailedTokens,
    TokenBucket,
)
from powerstream_desktop.service.access.request_limits import (
    FAILED_PAUSE_S,
    FAILED_WINDOW_S,
    MAX_FAILED_TOKENS,
    REQUESTS_AT_ONCE,
)


def test_a_bucket_gives_so_many_at_once_and_then_its_rate() -> None:
    bucket = TokenBucket(per_s=10, at_once=5, now=0.0)
    assert [bucket.take(0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 0.1]
    assert bucket.take(0.05) == 0.05
    assert bucket.take(0.1) == 0
    assert bucket.take(0.1) > 0


@given(st.lists(st.floats(min_value=0, max_value=3), max_size=200))
def test_never_more_than_the_rate_and_what_is_allowed_at_once(pauses: list[float]) -> None:
    bucket, now, taken = TokenBucket(per_s=4, at_once=3, now=0.0), 0.0, 0
    for pause in pauses:
        now += pause
        taken += bucket.take(now) == 0
    assert taken <= 3 + 4 * now + 1e-6


def test_a_clock_that_goes_back_gives_nothing() -> None:
    bucket = TokenBucket(per_s=1, at_once=1, now=100.0)
    assert bucket.take(100.0) == 0
    assert bucket.take(0.0) == 1
    assert bucket.take(100.5) == 0.5


def test_one_who_asks_without_end_takes_nothing_from_another() -> None:
    rates = CallerRates()
    assert sum(rates.take("greedy", 0.0) == 0 for _ in range(10_000)) == REQUESTS_AT_ONCE
    assert rates.take("window", 0.0) == 0


def test_callers_without_number_take_no_memory_without_end() -> None:
    rates = CallerRates()
    for number in range(10 * MAX_CALLERS):
        rates.take(str(number), 0.0)
    assert len(rates._buckets) == MAX_CALLERS


def test_ten_bad_tokens_in_a_minute_make_a_pause_of_a_minute() -> None:
    failed = FailedTokens()
    for _ in range(MAX_FAILED_TOKENS - 1):
        failed.note(0.0)
    assert failed.pause_s(0.0) == 0
    failed.note(FAILED_WINDOW_S)
    assert failed.pause_s(FAILED_WINDOW_S) == FAILED_PAUSE_S
    assert failed.pause_s(FAILED_WINDOW_S + FAILED_PAUSE_S) == 0


def test_bad_tokens_now_and_then_make_none() -> None:
    failed = FailedTokens()
    for number in range(100):
        failed.note(number * FAILED_WINDOW_S / 5)
        assert failed.pause_s(number * FAILED_WINDOW_S / 5) == 0
