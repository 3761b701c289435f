"""Resident memory of process trees over time.

The engine gives free memory back every 10 s (``common/spare_memory.py``). In between, pictures touch other holes of its heap, up to
10 MiB of them, so what is held at one moment tells how long ago that was. What counts is the least that is held: it lasts for half a
second, which is why looks come more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.usage import PROC, process_trees

KIB_PER_MIB: Final = 1024
FIRST_S: Final = 60.0
"""Until then caches, pools and the rings of the sources fill."""
WINDOW_S: Final = 60.0
SAMPLE_S: Final = 0.25


@dataclass(frozen=True, slots=True)
class MemorySample:
    """How much a process tree held ``at_s`` seconds after the start."""

    at_s: float
    rss_mib: float


def rss_mib(root_pid: int) -> float:
    """Return what a process and all its descendants hold now; 0 when they are gone."""
    return sum(_rss_kib(pid) for pid in process_trees([root_pid])) / KIB_PER_MIB


def growth_mib(samples: Sequence[MemorySample]) -> float | None:
    """Return by how much the least that is held grew from the second minute to the last; None for a run too short to tell."""
    end_s = samples[-1].at_s
    if end_s < FIRST_S + 2 * WINDOW_S:
        return None
    first = [each.rss_mib for each in samples if FIRST_S <= each.at_s <= FIRST_S + WINDOW_S]
    last = [each.rss_mib for each in samples if each.at_s >= end_s - WINDOW_S]
    return min(last) - min(first)


def _rss_kib(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0  # it ended while we looked
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
