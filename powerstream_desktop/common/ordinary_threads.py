"""Threads that a library made real-time are ordinary again.

SVT-AV1, run by root, gives the thread that opens it and all of its own the highest real-time priority (4.1, ``SCHED_FIFO`` 99), and
every thread and process that is started from there inherits it. They keep everything else of the computer from a processor: relay,
sound, the window, and even what the kernel has to finish for them to go on. No option of the library forbids it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_THREADS: Final = Path("/proc/self/task")


@contextlib.contextmanager
def ordinary_threads() -> Iterator[None]:
    """Make ordinary at the end whatever thread of this process has become real-time meanwhile; on Linux, elsewhere nothing."""
    before = _real_time_threads()
    try:
        yield
    finally:
        _make_ordinary(_real_time_threads() - before)


if sys.platform == "linux":

    def _real_time_threads() -> frozenset[int]:
        found = set()
        for each in _THREADS.iterdir():
            thread = int(each.name)
            with contextlib.suppress(OSError):  # it has ended
                if os.sched_getscheduler(thread) in {os.SCHED_FIFO, os.SCHED_RR}:
                    found.add(thread)
        return frozenset(found)

    def _make_ordinary(threads: frozenset[int]) -> None:
        for thread in threads:
            with contextlib.suppress(OSError):  # it has ended
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))

else:

    def _real_time_threads() -> frozenset[int]:
        return frozenset()

    def _make_ordinary(_: frozenset[int]) -> None:
        """Nothing to do."""
