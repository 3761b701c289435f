"""From measurements to the table in ``docs/benchmarks.md``, and whether the promises held."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.measure import Measurement

BEGIN = "<!-- table: begin -->"
END = "<!-- table: end -->"
OURS, NGINX, FFMPEG = "PowerStream", "nginx-rtmp push", "ffmpeg -c copy"
PROMISED_DESTINATIONS = 8
MAX_OF_NGINX = 1.25
MAX_OF_FFMPEG = 0.5
MAX_MEMORY_MIB = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The median of one peer's rounds with one number of destinations."""

    peer: str
    destinations: int
    cpu_ms_per_s: float
    of_nginx: float | None
    of_ffmpeg: float | None
    pss_mib: float
    rss_mib: float
    frames_missing: int


def rows(measurements: Sequence[Measurement]) -> list[Row]:
    """Reduce the rounds; each ratio is taken inside a round, where all peers met the same machine, and then the median."""
    keys = dict.fromkeys((m.destinations, m.peer) for m in measurements)
    table = []
    for destinations, peer in sorted(keys, key=lambda key: key[0]):
        mine = [m for m in measurements if (m.destinations, m.peer) == (destinations, peer)]
        table.append(
            Row(
                peer=peer,
                destinations=destinations,
                cpu_ms_per_s=median(m.usage.cpu_ms_per_s for m in mine),
                of_nginx=_ratio(mine, NGINX, measurements),
                of_ffmpeg=_ratio(mine, FFMPEG, measurements),
                pss_mib=max(m.usage.peak_pss_mib for m in mine),
                rss_mib=max(m.usage.peak_rss_mib for m in mine),
                frames_missing=sum(m.frames_missing for m in mine),
            )
        )
    return table


def broken_promises(table: Iterable[Row]) -> list[str]:
    """Return one sentence for each promise that the figures do not keep; empty also when we were not measured."""
    broken = []
    for row in table:
        if row.peer != OURS:
            continue
        if row.frames_missing:
            broken.append(f"{row.frames_missing} frames did not reach {row.destinations} destinations.")
        if row.rss_mib >= MAX_MEMORY_MIB:
            broken.append(
                f"{row.rss_mib:.0f} MiB with {row.destinations} destinations; promised: under {MAX_MEMORY_MIB:.0f}."
            )
        if row.destinations != PROMISED_DESTINATIONS:
            continue
        if row.of_nginx is not None and row.of_nginx > MAX_OF_NGINX:
            broken.append(
                f"{row.of_nginx:.2f} times nginx-rtmp's processor time; promised: at most {MAX_OF_NGINX}."
            )
        if row.of_ffmpeg is not None and row.of_ffmpeg >= MAX_OF_FFMPEG:
            broken.append(
                f"{row.of_ffmpeg:.2f} times ffmpeg's processor time; promised: under {MAX_OF_FFMPEG}."
            )
    return broken


def markdown(table: Sequence[Row], *, rounds: int, window_s: float) -> str:
    """Return the table for the documentation with the conditions it was measured under."""
    lines = [
        "| destinations | relay | processor time, ms per s | × nginx-rtmp | × ffmpeg | memory, MiB (PSS / RSS) | frames missing |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.destinations} | {row.peer} | {row.cpu_ms_per_s:.2f} | {_times(row.of_nginx)} | {_times(row.of_ffmpeg)} "
        f"| {row.pss_mib:.1f} / {row.rss_mib:.1f} | {row.frames_missing} |"
        for row in table
    ]
    machine = f"{os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}"
    lines += ["", f"Median of {rounds} interleaved rounds with a window of {window_s:g} s each; {machine}."]
    return "\n".join(lines)


def write_into(page: Path, text: str) -> None:
    """Replace what stands between the two marks of a page."""
    before, begin, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{page} lacks the marks {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def _ratio(mine: Sequence[Measurement], reference: str, measurements: Iterable[Measurement]) -> float | None:
    theirs = {(m.round, m.destinations): m.usage.cpu_ms_per_s for m in measurements if m.peer == reference}
    ratios = [
        m.usage.cpu_ms_per_s / theirs[key] for m in mine if (key := (m.round, m.destinations)) in theirs
    ]
    return median(ratios) if ratios else None


def _times(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"
