"""The engine's tables in ``docs/benchmarks.md``."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from tests.bench.engine.composition import Composition
from tests.bench.engine.full_load import FullLoad
from tests.bench.engine.long_run import LongRun
from tests.bench.engine.promises import CostRow, LatencyRow


def cost_table(rows: Sequence[CostRow], *, rounds: int, window_s: float) -> str:
    """Return the table of what a screen's picture costs."""
    lines = [
        "| picture | | processor time, ms a frame | × ffmpeg | frames a second | new in | memory, MiB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.encode} | {row.capturer} | {row.ms_per_frame:.2f} |"
        f" {'–' if row.of_ffmpeg is None else f'{row.of_ffmpeg:.2f}'} | {row.fps:.1f} | {row.different:.0%} |"
        f" {row.rss_mib:.0f} |"
        for row in rows
    ]
    return _with_machine(lines, f"Median of {rounds} rounds in turn, {window_s:g} s each")


def composition_table(composition: Composition) -> str:
    """Return the table of what layers cost."""
    lines = [
        "| scene, 1920x1080 | processor time, ms a frame |",
        "| --- | ---: |",
        f"| the screen alone | {composition.single_ms:.2f} |",
        f"| camera, image with alpha, clock above it: mean | + {composition.extra_ms:.2f} |",
        f"| ... the 99th percentile | + {composition.extra_p99_ms:.2f} |",
    ]
    return _with_machine(lines, f"{composition.frames} frames of each")


def latency_table(rows: Sequence[LatencyRow], *, rounds: int, window_s: float) -> str:
    """Return the table of what a change on the screen takes to the sink."""
    lines = [
        "| picture | | p50, ms | p99, ms | changes | never shown |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.encode} | {row.capturer} | {row.p50_ms:.0f} | {row.p99_ms:.0f} | {row.changes} | {row.lost} |"
        for row in rows
    ]
    return _with_machine(lines, f"Median of {rounds} rounds in turn, {window_s:g} s each")


def full_load_table(load: FullLoad) -> str:
    """Return the table of a whole broadcast, and the engine's profile below it."""
    lines = [
        "| what | figure |",
        "| --- | ---: |",
        f"| pictures encoded | {load.made} |",
        f"| skipped | {load.skipped} ({load.skipped_share:.2%}) |",
        f"| late (a source's picture was not there in time) | {load.late} |",
        f"| dropped, or missing at a destination | {load.dropped}, {load.missing} |",
        f"| preview pictures seen | {load.previewed} |",
        f"| engine with its camera, ms of processor time a second | {load.engine_ms_per_s:.0f} |",
        f"| relay with its recording, ms of processor time a second | {load.relay_ms_per_s:.0f} |",
    ]
    if load.profile:
        spent = ", ".join(f"{name} {share:.0f} %" for name, share in load.profile.items())
        lines += ["", f"The engine's process: {spent}."]
    return _with_machine(lines, f"{load.encode} for {load.window_s:.0f} s")


def long_run_table(run: LongRun) -> str:
    """Return the table of a long broadcast."""
    lines = [
        "| what | at the end | since the first minute |",
        "| --- | ---: | ---: |",
        f"| engine with its camera, MiB | {run.engine_mib:.0f} | {_growth(run.engine_growth_mib)} |",
        f"| relay with its recording, MiB | {run.relay_mib:.0f} | {_growth(run.relay_growth_mib)} |",
        f"| sound after picture, ms (worst) | {_offset(run.offset_ms)} ({_offset(run.worst_offset_ms)}) | |",
        f"| pictures skipped | {run.skipped} | |",
    ]
    return _with_machine(lines, f"{run.encode} for {run.minutes:g} minutes")


def _growth(growth_mib: float | None) -> str:
    return "too short to tell" if growth_mib is None else f"{growth_mib:+.1f}"


def _offset(offset_ms: float | None) -> str:
    return "not found" if offset_ms is None else f"{offset_ms:+.1f}"


def _with_machine(lines: Sequence[str], how: str) -> str:
    machine = f"{os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}"
    return "\n".join([*lines, "", f"{how}; {machine}."])
