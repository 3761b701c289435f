from __future__ import annotations

import os

import pytest

from tests.bench.engine.memory import MemorySample, growth_mib, rss_mib


def samples(end_s: int, mib_per_minute: float) -> list[MemorySample]:
    return [MemorySample(float(at_s), 100 + mib_per_minute * at_s / 60) for at_s in range(0, end_s + 1, 5)]


def test_growth_counts_from_the_end_of_the_first_minute() -> None:
    assert growth_mib(samples(1200, 0.5)) == pytest.approx(0.5 * (1140 - 60) / 60, abs=0.05)


def test_what_comes_and_goes_is_no_growth_and_what_stays_is() -> None:
    def run(stays_mib: float) -> list[MemorySample]:
        return [
            MemorySample(
                float(at_s), 100 + at_s % 10 * (2 if at_s > 200 else 1) + (stays_mib if at_s > 200 else 0)
            )
            for at_s in range(600)
        ]

    assert growth_mib(run(0)) == 0
    assert growth_mib(run(3)) == 3


def test_a_short_run_tells_nothing_of_growth() -> None:
    assert growth_mib(samples(170, 1)) is None


def test_a_process_holds_something_and_one_that_is_gone_nothing() -> None:
    assert rss_mib(os.getpid()) > 1
    assert rss_mib(2**22 + 1) == 0
