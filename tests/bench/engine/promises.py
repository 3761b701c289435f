"""What the engine promises, and which of it the figures do not keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from tests.bench.engine.composition import Composition
from tests.bench.engine.full_load import FullLoad
from tests.bench.engine.long_run import LongRun
from tests.bench.engine.screen_cost import ScreenCost
from tests.bench.engine.screen_latency import ScreenLatency

OURS, FFMPEG = "PowerStream", "ffmpeg x11grab"
MAX_OF_FFMPEG: Final = 1.10
MAX_EXTRA_MS: Final = 2.5
MAX_SKIPPED: Final = 0.005
MAX_P50_MS: Final = 120.0
MAX_BEHIND_FFMPEG_MS: Final = 1000 / 30
MAX_GROWTH_MIB: Final = 2.0
MAX_OFFSET_MS: Final = 20.0
LEAST_DIFFERENT: Final = 0.9
"""A round counts only if both showed something new in nine of ten pictures. One that repeats pictures, for want of a
processor, encodes them for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """The median of one capturer's rounds; ``of_ffmpeg`` is None for ffmpeg itself and where no round counts."""

    capturer: str
    encode: str
    ms_per_frame: float
    fps: float
    different: float
    rss_mib: float
    of_ffmpeg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LatencyRow:
    """The median of one capturer's rounds."""

    capturer: str
    encode: str
    p50_ms: float
    p99_ms: float
    changes: int
    lost: int


def cost_rows(costs: Sequence[ScreenCost]) -> list[CostRow]:
    """Reduce the rounds; a ratio is taken inside a round, where both met the same machine, and then the median."""
    rows = []
    for encode, capturer in dict.fromkeys((each.encode, each.capturer) for each in costs):
        mine = [each for each in costs if (each.encode, each.capturer) == (encode, capturer)]
        rows.append(
            CostRow(
                capturer=capturer,
                encode=encode,
                ms_per_frame=median(each.ms_per_frame for each in mine),
                fps=median(each.fps for each in mine),
                different=median(each.different for each in mine),
                rss_mib=max(each.usage.peak_rss_mib for each in mine),
                of_ffmpeg=None if capturer == FFMPEG else _of_ffmpeg(mine, costs),
            )
        )
    return rows


def latency_rows(latencies: Sequence[ScreenLatency]) -> list[LatencyRow]:
    """Reduce the rounds."""
    rows = []
    for encode, capturer in dict.fromkeys((each.encode, each.capturer) for each in latencies):
        mine = [each for each in latencies if (each.encode, each.capturer) == (encode, capturer)]
        rows.append(
            LatencyRow(
                capturer=capturer,
                encode=encode,
                p50_ms=median(each.p50_ms for each in mine),
                p99_ms=median(each.p99_ms for each in mine),
                changes=sum(each.changes for each in mine),
                lost=sum(each.lost for each in mine),
            )
        )
    return rows


def broken_by_costs(rows: Sequence[CostRow]) -> list[str]:
    """Return one sentence for each promise that is not kept."""
    broken = []
    for row in rows:
        if row.capturer != OURS:
            continue
        if row.of_ffmpeg is None:
            broken.append(f"{row.encode} cannot be judged: the machine was too busy in every round.")
        elif row.of_ffmpeg > MAX_OF_FFMPEG:
            broken.append(
                f"{row.encode} costs {row.of_ffmpeg:.2f} times ffmpeg's processor time;"
                f" promised: at most {MAX_OF_FFMPEG:.2f}."
            )
    return broken


def broken_by_latencies(rows: Sequence[LatencyRow]) -> list[str]:
    """Return one sentence for each promise that is not kept."""
    theirs = {row.encode: row.p50_ms for row in rows if row.capturer == FFMPEG}
    broken = []
    for row in rows:
        if row.capturer != OURS:
            continue
        if row.p50_ms >= MAX_P50_MS:
            broken.append(
                f"{row.encode} takes {row.p50_ms:.0f} ms to the sink; promised: under {MAX_P50_MS:.0f}."
            )
        behind_ms = row.p50_ms - theirs.get(row.encode, row.p50_ms)
        if behind_ms > MAX_BEHIND_FFMPEG_MS:
            broken.append(
                f"{row.encode} is {behind_ms:.0f} ms behind ffmpeg; promised: at most {MAX_BEHIND_FFMPEG_MS:.0f}."
            )
    return broken


def broken_by_composition(composition: Composition) -> list[str]:
    """Return one sentence for each promise that is not kept."""
    if composition.extra_ms < MAX_EXTRA_MS:
        return []
    sentence = f"The full scene costs {composition.extra_ms:.2f} ms a frame above the screen alone"
    return [f"{sentence}; promised: under {MAX_EXTRA_MS:g}."]


def broken_by_full_load(load: FullLoad) -> list[str]:
    """Return one sentence for each promise that is not kept; the first one says where the processor's time went."""
    broken = []
    if load.skipped_share > MAX_SKIPPED:
        spent = ", ".join(f"{name} {share:.0f} %" for name, share in load.profile.items())
        broken.append(
            f"{load.skipped_share:.1%} of the pictures were skipped; promised: at most {MAX_SKIPPED:.1%}."
            f" The engine's processor time: {spent}."
        )
    if load.dropped or load.missing:
        broken.append(f"{load.dropped} pictures were dropped, {load.missing} did not arrive; promised: none.")
    return broken


def broken_by_long_run(run: LongRun) -> list[str]:
    """Return one sentence for each promise that is not kept."""
    broken = []
    for name, growth_mib in (("engine", run.engine_growth_mib), ("relay", run.relay_growth_mib)):
        if growth_mib is not None and growth_mib >= MAX_GROWTH_MIB:
            broken.append(f"The {name} grew by {growth_mib:.1f} MiB; promised: under {MAX_GROWTH_MIB:g}.")
    if run.offset_ms is None:
        broken.append(
            f"No flash and beep once a second at the end ({run.skipped} pictures skipped): nothing to judge."
        )
    elif abs(run.offset_ms) > MAX_OFFSET_MS:
        broken.append(
            f"Sound is {run.offset_ms:+.0f} ms from its picture; promised: within {MAX_OFFSET_MS:.0f}."
        )
    return broken


def _of_ffmpeg(mine: Sequence[ScreenCost], costs: Sequence[ScreenCost]) -> float | None:
    theirs = {(each.encode, each.round): each for each in costs if each.capturer == FFMPEG}
    pairs = [(each, theirs[each.encode, each.round]) for each in mine if (each.encode, each.round) in theirs]
    ratios = [
        our.ms_per_frame / their.ms_per_frame
        for our, their in pairs
        if min(our.different, their.different) >= LEAST_DIFFERENT
    ]
    return median(ratios) if ratios else None
