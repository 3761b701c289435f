"""A computer that slept is noticed; a busy one is not taken for one."""

from __future__ import annotations

import sys

import pytest

from powerstream_desktop.service.suspend import LATE_S, SLEPT_S, SuspendWatch, boot_clock


class Clocks:
    """One that stands still while the computer sleeps, one that does not."""

    def __init__(self) -> None:
        self.awake_s = 50.0
        self.asleep_s = 5000.0

    def work(self, seconds: float) -> None:
        self.awake_s += seconds
        self.asleep_s += seconds

    def sleep(self, seconds: float) -> None:
        self.asleep_s += seconds

    def watch(self) -> SuspendWatch:
        return SuspendWatch(lambda: self.awake_s, lambda: self.asleep_s)


def test_a_sleep_is_told_once_with_its_length() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.work(1.0)
    told = [watch.slept_s()]
    clocks.sleep(3600.0)
    clocks.work(1.0)
    told += [watch.slept_s(), watch.slept_s()]
    assert told == [None, 3600.0, None]


def test_a_look_that_comes_late_on_a_busy_machine_is_no_sleep() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.work(300.0)
    assert watch.slept_s() is None


def test_what_lies_between_reading_two_clocks_is_no_sleep() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.sleep(SLEPT_S - 0.1)
    assert watch.slept_s() is None


def test_without_such_a_clock_a_look_that_comes_a_minute_late_counts_as_sleep() -> None:
    clocks = Clocks()
    watch = SuspendWatch(lambda: clocks.awake_s)
    clocks.work(LATE_S - 1)
    told = [watch.slept_s()]
    clocks.work(LATE_S)
    told.append(watch.slept_s())
    assert told == [None, LATE_S]


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="has no such clock")
def test_this_systems_clock_goes_on_like_the_other_while_it_is_awake() -> None:
    clock = boot_clock()
    assert clock is not None
    assert SuspendWatch(asleep=clock).slept_s() is None
