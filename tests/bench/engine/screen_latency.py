"""Figure 4: how long a change on the screen takes to the sink, beside ffmpeg, with latency ``low``."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Final

from tests.bench.engine.busy_screen import BusyScreen
from tests.bench.engine.capturers import Capturer, Encode, FfmpegGrab, PowerStreamLive
from tests.bench.engine.shown_stamps import first_shown_at_s
from tests.bench.engine.sink import ArrivalSink
from tests.e2e.support.stage import Stage

PAINTED_FPS: Final = 23
"""Slower than what is captured, so that every drawing is shown, and out of step with it: see ``BusyScreen``."""
FLOWING_S: Final = 20.0
NEXT_PICTURES_S: Final = 1.0
ZEROLATENCY_THREADS: Final = "sliced-threads=1"
"""Both are tuned for latency, which decides about threads by itself; ours is checked by figure 1."""
STREAM: Final = "stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLatency:
    """What changes on the screen took to the sink in one run, in milliseconds.

    Attributes:
        changes: drawn inside the window.
        lost: of these, how many never arrived.
    """

    capturer: str
    encode: str
    round: int
    changes: int
    lost: int
    p50_ms: float
    p99_ms: float


def measure_screen_latencies(encode: Encode, *, rounds: int, window_s: float) -> list[ScreenLatency]:
    """Run both in turn, ``rounds`` times; each run takes about ``window_s`` + 10 seconds."""
    capturers: tuple[Capturer, ...] = (PowerStreamLive(), FfmpegGrab(ZEROLATENCY_THREADS, with_sound=False))
    with tempfile.TemporaryDirectory(prefix="powerstream-bench-") as name:
        folder = Path(name)
        with BusyScreen(folder, size=(encode.width, encode.height), fps=PAINTED_FPS) as screen:
            latencies = []
            for number in range(rounds):
                for capturer in capturers if number % 2 else reversed(capturers):
                    run = folder / f"{number}-{capturer.name.partition(' ')[0]}"
                    run.mkdir()
                    latencies.append(measure_one(capturer, screen, encode, run, number, window_s))
    return latencies


def measure_one(
    capturer: Capturer, screen: BusyScreen, encode: Encode, folder: Path, number: int, window_s: float
) -> ScreenLatency:
    """Run one capturer in a folder of its own for about ``window_s`` + 10 seconds."""
    stage = Stage(folder)
    try:
        with ArrivalSink() as sink:
            capturing = capturer.start(stage, screen, encode, sink.server_url, STREAM)
            sink.wait_for_video(timeout_s=FLOWING_S)
            capturing.settle()
            begin_s = time.monotonic()
            time.sleep(window_s)
            end_s = time.monotonic()
            time.sleep(NEXT_PICTURES_S)
            capturing.finish()
    finally:
        stage.close()
    drawn = {stamp: at_s for stamp, at_s in screen.drawn_at_s().items() if begin_s <= at_s < end_s}
    return latency_of(drawn, first_shown_at_s(sink.arrivals), capturer.name, encode.name, number)


def latency_of(
    drawn: Mapping[int, float], shown: Mapping[int, float], capturer: str, encode: str, number: int
) -> ScreenLatency:
    """Join what was drawn with what arrived, each stamp with its time in monotonic seconds."""
    waits_ms = [1000 * (shown[stamp] - at_s) for stamp, at_s in drawn.items() if stamp in shown]
    percentiles = quantiles(waits_ms, n=100)
    return ScreenLatency(
        capturer=capturer,
        encode=encode,
        round=number,
        changes=len(drawn),
        lost=len(drawn) - len(waits_ms),
        p50_ms=percentiles[49],
        p99_ms=percentiles[98],
    )
