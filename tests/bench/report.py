"""From measurements to the tables in ``docs/benchmarks.md``, and whether the promises held."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.clip import HD
from tests.bench.latency import Latency
from tests.bench.measure import Measurement

OURS, NGINX, FFMPEG = "PowerStream", "nginx-rtmp push", "ffmpeg -c copy"
PROMISED_DESTINATIONS = 8
PROMISED_CLIP = HD.name
MAX_OF_NGINX = 1.25
MAX_OF_FFMPEG = 0.5
MAX_MEMORY_MIB = 64.0
MAX_P99_MS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The median of one peer's rounds with one number of destinations."""

    peer: str
    clip: str
    destinations: int
    cpu_ms_per_s: float
    of_nginx: float | None
    of_ffmpeg: float | None
    pss_mib: float
    rss_mib: float
    frames_missing: int

    @property
    def us_per_destination_s(self) -> float:
        """Processor microseconds for one second of one destination."""
        return 1000 * self.cpu_ms_per_s / self.destinations


def rows(measurements: Sequence[Measurement]) -> list[Row]:
    """Reduce the rounds; each ratio is taken inside a round, where all peers met the same machine, and then the median."""
    keys = dict.fromkeys((m.clip, m.destinations, m.peer) for m in measurements)
    table = []
    for clip, destinations, peer in sorted(keys, key=lambda key: key[:2]):
        mine = [m for m in measurements if (m.clip, m.destinations, m.peer) == (clip, destinations, peer)]
        table.append(
            Row(
                peer=peer,
                clip=clip,
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


def broken_promises(table: Iterable[Row], latencies: Iterable[Latency] = ()) -> list[str]:
    """Return one sentence for each promise that the figures do not keep; empty also when we were not measured."""
    late = (
        f"One picture of 100 waited {each.p99_ms:.1f} ms for its last of {each.destinations} destinations;"
        f" promised: under {MAX_P99_MS:g}."
        for each in latencies
        if each.destinations == PROMISED_DESTINATIONS and each.p99_ms >= MAX_P99_MS
    )
    return [*(sentence for row in table if row.peer == OURS for sentence in _broken_by(row)), *late]


def _broken_by(row: Row) -> list[str]:
    broken = []
    if row.frames_missing:
        broken.append(f"{row.frames_missing} frames did not reach {row.destinations} destinations.")
    if (
        row.rss_mib >= MAX_MEMORY_MIB
        and row.destinations <= PROMISED_DESTINATIONS
        and row.clip == PROMISED_CLIP
    ):
        broken.append(
            f"{row.rss_mib:.0f} MiB with {row.destinations} destinations; promised: under {MAX_MEMORY_MIB:.0f}."
        )
    if row.destinations != PROMISED_DESTINATIONS or row.clip != PROMISED_CLIP:
        return broken
    if row.of_nginx is not None and row.of_nginx > MAX_OF_NGINX:
        broken.append(
            f"{row.of_nginx:.2f} times nginx-rtmp's processor time; promised: at most {MAX_OF_NGINX}."
        )
    if row.of_ffmpeg is not None and row.of_ffmpeg >= MAX_OF_FFMPEG:
        broken.append(f"{row.of_ffmpeg:.2f} times ffmpeg's processor time; promised: under {MAX_OF_FFMPEG}.")
    return broken


def cost_table(table: Sequence[Row], *, rounds: int, window_s: float) -> str:
    """Return the table of processor time and memory, with the conditions it was measured under."""
    columns = (
        *("clip", "destinations", "relay", "ms of processor time per s", "µs per destination-second"),
        *("× nginx-rtmp", "× ffmpeg", "memory, MiB (PSS / RSS)", "frames missing"),
    )
    lines = [f"| {' | '.join(columns)} |", "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    lines += [
        f"| {row.clip} | {row.destinations} | {row.peer} | {row.cpu_ms_per_s:.2f} | {row.us_per_destination_s:.0f}"
        f" | {_times(row.of_nginx)} | {_times(row.of_ffmpeg)} | {row.pss_mib:.1f} / {row.rss_mib:.1f} | {row.frames_missing} |"
        for row in table
    ]
    machine = f"{os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}"
    lines += ["", f"Median of {rounds} interleaved rounds with a window of {window_s:g} s each; {machine}."]
    return "\n".join(lines)


def latency_table(latencies: Sequence[Latency]) -> str:
    """Return the table of what pictures wait inside the relay."""
    lines = [
        "| clip | destinations | encoder | p50, ms | p99, ms | longest, ms | pictures |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {each.clip} | {each.destinations} | {'external' if each.paced else 'our engine'} | {each.p50_ms:.2f}"
        f" | {each.p99_ms:.2f} | {each.max_ms:.2f} | {each.pictures} |"
        for each in latencies
    ]
    return "\n".join(lines)


def write_into(page: Path, name: str, text: str) -> None:
    """Replace what stands between the two marks of this name on a page."""
    mark_before, mark_behind = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, begin, rest = page.read_text().partition(mark_before)
    _, end, after = rest.partition(mark_behind)
    if not begin or not end:
        raise SystemExit(f"{page} lacks the marks {mark_before} and {mark_behind}")
    page.write_text(f"{before}{mark_before}\n{text}\n{mark_behind}{after}")


def _ratio(mine: Sequence[Measurement], reference: str, measurements: Iterable[Measurement]) -> float | None:
    theirs = {
        (m.round, m.clip, m.destinations): m.usage.cpu_ms_per_s for m in measurements if m.peer == reference
    }
    ratios = [
        m.usage.cpu_ms_per_s / theirs[key]
        for m in mine
        if (key := (m.round, m.clip, m.destinations)) in theirs
    ]
    return median(ratios) if ratios else None


def _times(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"
