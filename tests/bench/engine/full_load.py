"""Figure 3: everything at once at 1080p30: the full scene, four destinations, a recording, a watched preview."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.engine.mixer.settings import MixerSettings
from tests.bench.engine.busy_screen import BusyScreen
from tests.bench.engine.capturers import FPS, Encode
from tests.bench.engine.full_scene import full_studio, make_props
from tests.bench.engine.profile import shares_by_library
from tests.bench.engine.studio_run import StudioRun
from tests.bench.measure import missing_frames
from tests.bench.usage import TreeMeter
from tests.e2e.support.flv import video_frame_times_ms
from tests.e2e.support.live_broadcast import Line
from tests.e2e.support.stage import Stage

DESTINATIONS: Final = 4
PAINTED_FPS: Final = 30
SETTLE_S: Final = 2.0
SAMPLE_S: Final = 0.5
PROFILE_S: Final = 5.0
SILENCE: Final = MixerSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class FullLoad:
    """What became of the pictures of one run.

    Attributes:
        encode: name of the picture's size.
        window_s: how long was measured.
        made: pictures encoded.
        skipped: slots without one, because this machine was too slow.
        late: slots in which a source's picture was not there in time.
        dropped: pictures lost before the relay or behind it, for any destination.
        missing: holes in what the destinations recorded, besides those that all of them have: skipped pictures.
        previewed: pictures that the watcher saw.
        engine_ms_per_s, relay_ms_per_s: processor time; 1000 is one core.
        profile: of the engine's processor time, by library in per cent.
    """

    encode: str
    window_s: float
    made: int
    skipped: int
    late: int
    dropped: int
    missing: int
    previewed: int
    engine_ms_per_s: float
    relay_ms_per_s: float
    profile: Mapping[str, float]

    @property
    def skipped_share(self) -> float:
        """Of all slots, 0 to 1."""
        return self.skipped / (self.made + self.skipped)


def measure_full_load(encode: Encode, *, window_s: float) -> FullLoad:
    """Run it for ``window_s`` seconds, and a few more for the profile."""
    with tempfile.TemporaryDirectory(prefix="powerstream-bench-") as name:
        folder = Path(name)
        props = make_props(folder)
        stage = Stage(folder)
        try:
            screen = stage.keep(BusyScreen(folder, size=(encode.width, encode.height), fps=PAINTED_FPS))
            studio = full_studio(props, screen.display, with_pulse=False)
            run = StudioRun(stage, studio, SILENCE, encode, destinations=DESTINATIONS)
            return _measure(run, encode, folder, window_s)
        finally:
            stage.close()


def _measure(run: StudioRun, encode: Encode, folder: Path, window_s: float) -> FullLoad:
    watcher = run.watch_preview()
    try:
        time.sleep(SETTLE_S)
        before, previewed_before = _Totals(run.stats[-1]), watcher.pictures
        engine, relay = TreeMeter([run.engine.pid]), TreeMeter([run.relay.pid])
        engine.start()
        relay.start()
        began = time.monotonic()
        while (elapsed_s := time.monotonic() - began) < window_s:
            time.sleep(min(SAMPLE_S, window_s - elapsed_s))
            engine.sample()
            relay.sample()
        window_s = time.monotonic() - began
        after, previewed = _Totals(run.stats[-1]), watcher.pictures - previewed_before
        engine_usage, relay_usage = engine.finish(window_s), relay.finish(window_s)
        profile = shares_by_library(run.engine.pid, folder, window_s=PROFILE_S)
    finally:
        watcher.close()
    summary = run.end()
    holes = [
        sum(missing_frames(video_frame_times_ms(path), 1000 / FPS) for path in run.sink.recordings(stream))
        for stream in run.streams
    ]
    return FullLoad(
        encode=encode.name,
        window_s=window_s,
        made=after.made - before.made,
        skipped=after.skipped - before.skipped,
        late=after.late - before.late,
        dropped=after.dropped
        - before.dropped
        + sum(each["droppedFrames"] for each in summary["destinations"]),
        missing=sum(holes) - len(holes) * min(holes),
        previewed=previewed,
        engine_ms_per_s=engine_usage.cpu_ms_per_s,
        relay_ms_per_s=relay_usage.cpu_ms_per_s,
        profile=profile,
    )


class _Totals:
    """The engine's totals in one line of figures, over program and rendition."""

    def __init__(self, stats: Line) -> None:
        [rendition] = stats["renditions"]
        self.made: int = rendition["frames_made"]
        self.skipped: int = stats["frames_skipped"] + rendition["frames_skipped"]
        self.late: int = stats["frames_late"]
        self.dropped: int = rendition["frames_dropped"]
