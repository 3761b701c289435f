"""Figure 1: processor time of a screen's pictures, from the grab to the packets, beside ffmpeg."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.bench.engine.busy_screen import BusyScreen
from tests.bench.engine.capturers import Capturer, Encode, FfmpegGrab, PowerStreamLive
from tests.bench.engine.shown_stamps import different_stamps
from tests.bench.engine.x264_settings import X264Settings, settings_in
from tests.bench.usage import TreeMeter, Usage
from tests.e2e.support.flv import video_frame_times_ms
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.stage import Stage

PAINTED_FPS: Final = 37
"""Faster than what is captured, so that every grab finds a new picture."""
SAMPLE_S: Final = 0.5
FLOWING_S: Final = 20.0
STREAM: Final = "stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenCost:
    """What one capturer cost in one round.

    Attributes:
        ms_per_frame: processor time of all its threads, for one picture that it encoded.
        fps: pictures encoded a second.
        different: share of the pictures that showed something new, 0 to 1.
        x264: how it encoded.
    """

    capturer: str
    encode: str
    round: int
    ms_per_frame: float
    fps: float
    different: float
    usage: Usage
    x264: X264Settings


def measure_screen_costs(encode: Encode, *, rounds: int, window_s: float) -> list[ScreenCost]:
    """Run both in turn, ``rounds`` times; each run takes about ``window_s`` + 10 seconds.

    Raises:
        ValueError: they did not encode with the same settings, so that nothing can be compared.
    """
    with tempfile.TemporaryDirectory(prefix="powerstream-bench-") as name:
        folder = Path(name)
        with BusyScreen(folder, size=(encode.width, encode.height), fps=PAINTED_FPS) as screen:
            ours = PowerStreamLive()
            lesson = _measure(ours, screen, encode, folder / "lesson", round_number=0, window_s=1.0)
            theirs = FfmpegGrab(lesson.x264.threading())
            costs = []
            for number in range(rounds):
                for capturer in (ours, theirs) if number % 2 else (theirs, ours):
                    run = folder / f"{number}-{capturer.name.partition(' ')[0]}"
                    costs.append(
                        _measure(capturer, screen, encode, run, round_number=number, window_s=window_s)
                    )
    _check_settings(costs)
    return costs


def _measure(
    capturer: Capturer,
    screen: BusyScreen,
    encode: Encode,
    folder: Path,
    *,
    round_number: int,
    window_s: float,
) -> ScreenCost:
    folder.mkdir()
    stage = Stage(folder)
    try:
        sink: NginxRtmp = stage.nginx("sink")
        capturing = capturer.start(stage, screen, encode, sink.server_url, STREAM)
        sink.wait_for_streams([STREAM], timeout_s=FLOWING_S)
        capturing.settle()
        usage = _usage_over(capturing.pid, window_s)
        capturing.finish()
    finally:
        stage.close()
    [recording] = sink.recordings(STREAM)
    times_ms = video_frame_times_ms(recording)
    # Only the end, which is the window and hardly more: at its start a capturer may have been slower.
    fps = sum(each > times_ms[-1] - 1000 * window_s for each in times_ms) / window_s
    return ScreenCost(
        capturer=capturer.name,
        encode=encode.name,
        round=round_number,
        ms_per_frame=usage.cpu_ms_per_s / fps,
        fps=fps,
        different=different_stamps(recording) / len(times_ms),
        usage=usage,
        x264=settings_in(recording),
    )


def _usage_over(pid: int, window_s: float) -> Usage:
    meter = TreeMeter([pid])
    meter.start()
    began = time.monotonic()
    while (elapsed_s := time.monotonic() - began) < window_s:
        time.sleep(min(SAMPLE_S, window_s - elapsed_s))
        meter.sample()
    return meter.finish(time.monotonic() - began)


def _check_settings(costs: Sequence[ScreenCost]) -> None:
    for one, other in pairwise(costs):
        differences = one.x264.differences(other.x264)
        if differences:
            raise ValueError(f"{one.capturer} and {other.capturer} differ in {'; '.join(differences)}")
