"""Coarse guards for what ``tests/bench`` measures exactly: an engine that became several times slower is caught here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.engine.busy_screen import BusyScreen
from tests.bench.engine.capturers import LOW, Encode, PowerStreamLive
from tests.bench.engine.composition import measure_composition
from tests.bench.engine.screen_latency import PAINTED_FPS, measure_one

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

SMALL = Encode(width=640, height=360, kbps=2000, latency=LOW)


def test_a_change_on_the_screen_reaches_the_server_in_a_moment(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    with BusyScreen(tmp_path, size=(SMALL.width, SMALL.height), fps=PAINTED_FPS) as screen:
        latency = measure_one(PowerStreamLive(), screen, SMALL, run, 0, window_s=3)

    assert latency.p50_ms < 500
    assert latency.lost < latency.changes / 2


def test_layers_over_the_screen_cost_a_few_milliseconds() -> None:
    assert measure_composition(seconds=1).extra_ms < 15
