from __future__ import annotations

from powerstream_desktop.common.clock import Clock, monotonic


def test_the_real_clock_never_goes_back() -> None:
    readings = [monotonic() for _ in range(1000)]
    assert readings == sorted(readings)


def test_a_clock_is_any_callable_that_returns_seconds() -> None:
    now = iter((1.0, 2.5))
    clock: Clock = lambda: next(now)  # noqa: E731 - a clock as short as can be is the point
    assert (clock(), clock()) == (1.0, 2.5)
