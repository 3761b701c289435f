"""Figure 5: what a long broadcast does to memory, and to the distance between picture and sound."""

from __future__ import annotations

import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.engine.busy_screen import BusyScreen
from tests.bench.engine.capturers import Encode
from tests.bench.engine.full_scene import full_studio, make_props, pulse_sound
from tests.bench.engine.memory import SAMPLE_S, MemorySample, growth_mib, rss_mib
from tests.bench.engine.studio_run import StudioRun
from tests.e2e.support.av_sync import pulse_offsets_ms
from tests.e2e.support.stage import Stage

PAINTED_FPS: Final = 30
LOOKED_AT_S: Final = 30
"""How much of the recording's end is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongRun:
    """What a broadcast of so many minutes came to.

    Attributes:
        engine_mib, relay_mib: resident memory at the end.
        engine_growth_mib, relay_growth_mib: since the end of the first minute; None for a run too short to tell.
        skipped: pictures, from the start to the end.
        offset_ms: by how much the sound is later than the picture at the recording's end; the median of its pulses. None where
            there were none once a second, as on a machine that skips most pictures.
        worst_offset_ms: of those pulses, the one that is furthest from 0.
    """

    encode: str
    minutes: float
    engine_mib: float
    relay_mib: float
    engine_growth_mib: float | None
    relay_growth_mib: float | None
    skipped: int
    offset_ms: float | None
    worst_offset_ms: float | None


def measure_long_run(encode: Encode, *, minutes: float) -> LongRun:
    """Run a broadcast of the full scene with the test picture's flash and beep in it."""
    with tempfile.TemporaryDirectory(prefix="powerstream-bench-") as name:
        folder = Path(name)
        props = make_props(folder)
        stage = Stage(folder)
        try:
            screen = stage.keep(BusyScreen(folder, size=(encode.width, encode.height), fps=PAINTED_FPS))
            studio = full_studio(props, screen.display, with_pulse=True)
            run = StudioRun(stage, studio, pulse_sound(), encode, destinations=1)
            engine, relay = _watched_memory(run, minutes * 60)
            skipped = run.stats[-1]["frames_skipped"]
            run.end()
            offsets_ms = _offsets_ms(_end_of(run.recordings[-1], folder))
        finally:
            stage.close()
    return LongRun(
        encode=encode.name,
        minutes=minutes,
        engine_mib=engine[-1].rss_mib,
        relay_mib=relay[-1].rss_mib,
        engine_growth_mib=growth_mib(engine),
        relay_growth_mib=growth_mib(relay),
        skipped=skipped,
        offset_ms=median(offsets_ms) if offsets_ms else None,
        worst_offset_ms=max(offsets_ms, key=abs, default=None),
    )


def _watched_memory(run: StudioRun, window_s: float) -> tuple[list[MemorySample], list[MemorySample]]:
    engine, relay = [], []
    watcher = run.watch_preview()
    try:
        began = time.monotonic()
        while (at_s := time.monotonic() - began) < window_s:
            assert run.engine.running, run.engine.log_tail()
            engine.append(MemorySample(at_s, rss_mib(run.engine.pid)))
            relay.append(MemorySample(at_s, rss_mib(run.relay.pid)))
            time.sleep(SAMPLE_S)
    finally:
        watcher.close()
    return engine, relay


def _offsets_ms(recording: Path) -> list[float]:
    try:
        return pulse_offsets_ms(recording)
    except AssertionError:  # it found no flash or no beep once a second
        return []


def _end_of(recording: Path, folder: Path) -> Path:
    """Cut the end off without touching a time inside it."""
    end = folder / "end.mkv"
    command = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-sseof", f"-{LOOKED_AT_S}"]
    subprocess.run([*command, "-i", str(recording), "-c", "copy", "-copyts", str(end)], check=True)
    return end
