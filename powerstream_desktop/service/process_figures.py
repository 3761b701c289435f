"""What the service and the processes below it take of this computer: processor time and memory.

Linux tells of every process; elsewhere only this one's own processor time, and its largest memory so far, are known.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.own_program import role_of

_MAX_DEPTH: Final = 3
"""Service, engine, camera."""
_PROC: Final = Path("/proc")
# Needed only where /proc is.
_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFigures:
    """One process.

    Attributes:
        name: its role if it is one of ours, such as ``engine``; otherwise that of its main thread, as the system shows it.
        cpu_seconds: of processor time since it began.
        memory_bytes: resident; None where the system does not tell.
    """

    pid: int
    name: str
    cpu_seconds: float
    memory_bytes: int | None


def own_figures() -> ProcessFigures:
    """Return this process's figures; quick."""
    return ProcessFigures(
        pid=os.getpid(),
        name="service",
        cpu_seconds=round(time.process_time(), 2),
        memory_bytes=_own_memory_bytes(),
    )


def figures_below(proc: Path = _PROC) -> tuple[ProcessFigures, ...]:
    """Return those of the processes that this one has started, and of theirs; empty where the system does not tell.

    Reads a few files of the kernel for each. One that ends meanwhile is left out.

    Args:
        proc: where the kernel tells of processes.
    """
    found: list[ProcessFigures] = []
    waiting = [(os.getpid(), 0)]
    while waiting:
        pid, depth = waiting.pop()
        children = _children(proc, pid) if depth < _MAX_DEPTH else ()
        waiting += [(child, depth + 1) for child in children]
        found += [figures for child in children if (figures := _figures(proc, child)) is not None]
    return tuple(sorted(found, key=lambda each: each.pid))


def _children(proc: Path, pid: int) -> tuple[int, ...]:
    try:
        threads = list((proc / str(pid) / "task").iterdir())
    except OSError:
        return ()
    found: list[int] = []
    for thread in threads:
        try:
            found += map(int, (thread / "children").read_text("ascii").split())
        except OSError:
            continue  # it has just ended, or the kernel was built without it
    return tuple(found)


def _figures(proc: Path, pid: int) -> ProcessFigures | None:
    try:
        text = (proc / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return None
    # The name stands in brackets and may hold anything, brackets too; what follows the last one is counted.
    name, rest = text.partition("(")[2].rpartition(")")[0], text.rpartition(")")[2].split()
    return ProcessFigures(
        pid=pid,
        name=_role(proc, pid) or name,
        cpu_seconds=(int(rest[11]) + int(rest[12])) / _TICKS_PER_S,
        memory_bytes=int(rest[21]) * _PAGE_BYTES,
    )


def _role(proc: Path, pid: int) -> str:
    try:
        words = (proc / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return role_of([os.fsdecode(word) for word in words])


def _own_memory_bytes() -> int | None:
    figures = _figures(_PROC, os.getpid())
    if figures is not None:
        return figures.memory_bytes
    try:
        import resource
    except ImportError:  # Windows
        return None
    # Where there is no /proc, it is macOS, which counts bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
