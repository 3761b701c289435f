"""The arithmetic of the engine's bench, on made-up measurements: what it would publish and what it would complain about."""

from __future__ import annotations

import dataclasses

import pytest

from tests.bench.engine import tables
from tests.bench.engine.composition import Composition
from tests.bench.engine.full_load import FullLoad
from tests.bench.engine.long_run import LongRun
from tests.bench.engine.promises import (
    FFMPEG,
    OURS,
    broken_by_composition,
    broken_by_costs,
    broken_by_full_load,
    broken_by_latencies,
    broken_by_long_run,
    cost_rows,
    latency_rows,
)
from tests.bench.engine.screen_cost import ScreenCost
from tests.bench.engine.screen_latency import ScreenLatency, latency_of
from tests.bench.engine.x264_settings import X264Settings
from tests.bench.usage import Usage

LOADED = FullLoad(
    encode="1080p30",
    window_s=60,
    made=1800,
    skipped=0,
    late=4,
    dropped=0,
    missing=0,
    previewed=1790,
    engine_ms_per_s=900,
    relay_ms_per_s=20,
    profile={"libx264": 70.0, "libswscale": 20.0},
)
RUN = LongRun(
    encode="1080p30",
    minutes=20,
    engine_mib=300,
    relay_mib=40,
    engine_growth_mib=1.9,
    relay_growth_mib=-0.5,
    skipped=0,
    offset_ms=-19,
    worst_offset_ms=-25,
)


def cost(capturer: str, ms: float, *, round_number: int = 0, different: float = 1.0) -> ScreenCost:
    return ScreenCost(
        capturer=capturer,
        encode="720p30",
        round=round_number,
        ms_per_frame=ms,
        fps=30,
        different=different,
        usage=Usage(cpu_ms_per_s=30 * ms, peak_pss_mib=100, peak_rss_mib=150, threads=9),
        x264=X264Settings(core=165, options={}),
    )


def took(capturer: str, p50_ms: float) -> ScreenLatency:
    return ScreenLatency(
        capturer=capturer, encode="720p30", round=0, changes=100, lost=1, p50_ms=p50_ms, p99_ms=p50_ms + 20
    )


def test_a_ratio_is_taken_within_its_round() -> None:
    quiet = [cost(OURS, 10), cost(FFMPEG, 10)]
    noisy = [cost(OURS, 40, round_number=1), cost(FFMPEG, 40, round_number=1)]
    usual = [cost(OURS, 11.5, round_number=2), cost(FFMPEG, 10, round_number=2)]

    ours, theirs = cost_rows([*quiet, *noisy, *usual])

    assert (ours.of_ffmpeg, theirs.of_ffmpeg) == (1.0, None)
    assert ours.ms_per_frame == 11.5


def test_a_round_in_which_pictures_were_repeated_does_not_count() -> None:
    rows = cost_rows([cost(OURS, 5, different=0.7), cost(FFMPEG, 10)])

    assert rows[0].of_ffmpeg is None
    assert "too busy" in broken_by_costs(rows)[0]


def test_a_tenth_more_than_ffmpeg_is_allowed_and_no_more() -> None:
    assert broken_by_costs(cost_rows([cost(OURS, 11.0), cost(FFMPEG, 10)])) == []
    [sentence] = broken_by_costs(cost_rows([cost(OURS, 11.1), cost(FFMPEG, 10)]))
    assert "1.11 times ffmpeg's" in sentence


def test_latency_is_judged_alone_and_beside_ffmpeg() -> None:
    assert broken_by_latencies(latency_rows([took(OURS, 60), took(FFMPEG, 27)])) == []
    [behind] = broken_by_latencies(latency_rows([took(OURS, 101), took(FFMPEG, 25)]))
    [late] = broken_by_latencies(latency_rows([took(OURS, 120), took(FFMPEG, 100)]))
    assert "76 ms behind ffmpeg" in behind
    assert "120 ms to the sink" in late


def test_each_change_waits_from_its_drawing_to_its_first_picture() -> None:
    drawn = {number: number / 10 for number in range(100)}
    shown = {number: at_s + 0.05 for number, at_s in drawn.items() if number != 7}

    latency = latency_of(drawn, shown, OURS, "720p30", 0)

    assert latency.p50_ms == pytest.approx(50)
    assert (latency.changes, latency.lost) == (100, 1)


def test_layers_that_cost_too_much_break_the_promise() -> None:
    composed = Composition(frames=300, single_ms=5.5, extra_ms=2.4, extra_p99_ms=5.0)

    assert broken_by_composition(composed) == []
    assert len(broken_by_composition(dataclasses.replace(composed, extra_ms=2.5))) == 1


def test_skipped_pictures_are_complained_about_with_a_profile() -> None:
    assert broken_by_full_load(dataclasses.replace(LOADED, made=1791, skipped=9)) == []
    [sentence] = broken_by_full_load(dataclasses.replace(LOADED, made=1790, skipped=10))
    assert "libx264 70 %" in sentence


@pytest.mark.parametrize("loss", [{"dropped": 1}, {"missing": 1}])
def test_a_single_lost_picture_breaks_the_promise(loss: dict[str, int]) -> None:
    assert len(broken_by_full_load(dataclasses.replace(LOADED, **loss))) == 1  # type: ignore[arg-type]


def test_a_long_run_is_judged_by_growth_and_by_the_usual_offset() -> None:
    assert broken_by_long_run(RUN) == []
    assert broken_by_long_run(dataclasses.replace(RUN, engine_growth_mib=None)) == []
    assert "nothing to judge" in broken_by_long_run(dataclasses.replace(RUN, offset_ms=None))[0]
    assert len(broken_by_long_run(dataclasses.replace(RUN, engine_growth_mib=2.0, offset_ms=21))) == 2


def test_the_tables_hold_what_was_measured() -> None:
    costs = tables.cost_table(cost_rows([cost(OURS, 11), cost(FFMPEG, 10)]), rounds=1, window_s=8)
    waits = tables.latency_table(latency_rows([took(OURS, 60)]), rounds=1, window_s=8)

    assert "| 720p30 | PowerStream | 11.00 | 1.10 | 30.0 | 100% | 150 |" in costs
    assert "| 720p30 | ffmpeg x11grab | 10.00 | – | 30.0 | 100% | 150 |" in costs
    assert "| 720p30 | PowerStream | 60 | 80 | 100 | 1 |" in waits
    assert "| skipped | 0 (0.00%) |" in tables.full_load_table(LOADED)
    assert "libx264 70 %" in tables.full_load_table(LOADED)
    assert "| sound after picture, ms (worst) | -19.0 (-25.0) | |" in tables.long_run_table(RUN)
