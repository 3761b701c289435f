"""Processor time and memory of a process tree, read from the kernel's own accounts.

Processor time is the scheduler's nanosecond count of every thread (``/proc/<pid>/task/<tid>/schedstat``): ``/proc/<pid>/stat``
counts in steps of 10 ms, which is more than nginx spends in a second. Memory is the proportional set size, which shares
out pages that several processes map, and the resident set size beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What the process trees of one peer cost over a window."""

    cpu_ms_per_s: float
    """Processor milliseconds per second of stream; 1000 is one whole core."""
    peak_pss_mib: float
    peak_rss_mib: float
    threads: int


class TreeMeter:
    """Adds up the costs of some processes and all their descendants; ``sample`` it at least once a second.

    A thread that ends between two samples costs the meter what it used since the last one, no more.
    """

    def __init__(self, root_pids: Sequence[int]) -> None:
        self._root_pids = tuple(root_pids)
        self._first_ns: dict[int, int] = {}
        self._last_ns: dict[int, int] = {}
        self._peak_pss_kib = 0
        self._peak_rss_kib = 0

    def start(self) -> None:
        """Begin the window: what was used before does not count."""
        self._first_ns = _thread_times_ns(self._root_pids)
        self._last_ns = dict(self._first_ns)

    def sample(self) -> None:
        """Look once at times and memory."""
        self._last_ns.update(_thread_times_ns(self._root_pids))
        memory = [_memory_kib(pid) for pid in process_trees(self._root_pids)]
        self._peak_pss_kib = max(self._peak_pss_kib, sum(pss for pss, _ in memory))
        self._peak_rss_kib = max(self._peak_rss_kib, sum(rss for _, rss in memory))

    def finish(self, window_s: float) -> Usage:
        """Close the window after ``window_s`` seconds."""
        self.sample()
        used_ns = sum(last - self._first_ns.get(tid, 0) for tid, last in self._last_ns.items())
        return Usage(
            cpu_ms_per_s=used_ns / NS_PER_MS / window_s,
            peak_pss_mib=self._peak_pss_kib / 1024,
            peak_rss_mib=self._peak_rss_kib / 1024,
            threads=len(self._last_ns),
        )


def process_trees(root_pids: Sequence[int]) -> list[int]:
    """Return the processes and all their living descendants."""
    tree = list(root_pids)
    for pid in tree:
        for children in (PROC / str(pid)).glob("task/*/children"):
            try:
                tree.extend(int(child) for child in children.read_text().split())
            except OSError:
                continue  # the thread ended while we looked
    return tree


def _thread_times_ns(root_pids: Sequence[int]) -> dict[int, int]:
    times = {}
    for pid in process_trees(root_pids):
        for account in (PROC / str(pid)).glob("task/*/schedstat"):
            try:
                times[int(account.parent.name)] = int(account.read_text().split()[0])
            except OSError:
                continue  # the thread ended while we looked
    return times


def _memory_kib(pid: int) -> tuple[int, int]:
    """Return (proportional, resident) set size."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0  # it ended while we looked
    sizes = {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines[1:])}
    return sizes.get("Pss", 0), sizes.get("Rss", 0)
