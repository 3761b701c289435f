from __future__ import annotations

import os

import pytest

from tests.bench.engine.memory import MemorySample, growth_mib, rss_mib


def samples(end_s: int, mib_per_minute: float) -> list[MemorySample]:
    return [MemorySample(float(at_s), 100 + mib_per_minute * at_s / 60) for at_s in range(0, end_s + 1, 5)]


def test_growth_counts_from_the_end_of_the_first_minute() -> None:
    assert growth_mib(samples(1200, 0.5)) == pytest.approx(0.5 * (1185 - 75) / 60, abs=0.05)


def test_a_single_peak_at_the_end_is_no_growth() -> None:
    steady = samples(300, 0)

    assert growth_mib([*steady[:-1], MemorySample(steady[-1].at_s, 500)]) == 0


def test_a_short_run_tells_nothing_of_growth() -> None:
    assert growth_mib(samples(90, 1)) is None


def test_a_process_holds_something_and_one_that_is_gone_nothing() -> None:
    assert rss_mib(os.getpid()) > 1
    assert rss_mib(2**22 + 1) == 0
