"""Resident memory of process trees over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.usage import PROC, process_trees

KIB_PER_MIB = 1024
FIRST_S = 60.0
"""Until then caches, pools and the rings of the sources fill."""
WINDOW_S = 30.0


@dataclass(frozen=True, slots=True)
class MemorySample:
    """How much a process tree held ``at_s`` seconds after the start."""

    at_s: float
    rss_mib: float


def rss_mib(root_pid: int) -> float:
    """Return what a process and all its descendants hold now; 0 when they are gone."""
    return sum(_rss_kib(pid) for pid in process_trees([root_pid])) / KIB_PER_MIB


def growth_mib(samples: Sequence[MemorySample]) -> float | None:
    """Return by how much memory grew from the end of the first minute to the end; None for a run too short to tell."""
    end_s = samples[-1].at_s
    if end_s < FIRST_S + 2 * WINDOW_S:
        return None
    first = [each.rss_mib for each in samples if FIRST_S <= each.at_s <= FIRST_S + WINDOW_S]
    last = [each.rss_mib for each in samples if each.at_s >= end_s - WINDOW_S]
    return median(last) - median(first)


def _rss_kib(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0  # it ended while we looked
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
