"""What a thread did with its time: what it computed, and what a busy machine withheld from it (Linux; elsewhere nothing is told).

A thread of Python's may also be kept waiting by another that holds the interpreter and gets no processor: that, too, is the machine's
doing. What it waits for otherwise, a file, a lock, an answer, is its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TASKS: Final = Path("/proc/self/task")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentTime:
    """Where a thread's time went, in seconds.

    Attributes:
        computed_s: it ran for so long.
        kept_waiting_s: it was ready to run for so long, and got no processor.
        others_kept_waiting_s: likewise Python's other threads, together.
    """

    computed_s: float = 0.0
    kept_waiting_s: float = 0.0
    others_kept_waiting_s: float = 0.0

    def own_share_s(self, late_s: float) -> float:
        """Return for how much of a delay the thread itself is to blame.

        Args:
            late_s: how late it was. What the others were kept waiting for counts for as long as it waited for something at most.
        """
        waited_s = max(0.0, late_s - self.kept_waiting_s - self.computed_s)
        return late_s - self.kept_waiting_s - min(waited_s, self.others_kept_waiting_s)


class ProcessorAccount:
    """The scheduler's account of the thread that makes this; only that thread asks it."""

    def __init__(self) -> None:
        self._id = threading.get_native_id()
        self._before = _account_of(self._id)

    def since_last(self, others_kept_waiting_s: float = 0.0) -> SpentTime:
        """Return where the time went since it was asked last."""
        before, self._before = self._before, _account_of(self._id)
        return SpentTime(
            computed_s=self._before[0] - before[0],
            kept_waiting_s=self._before[1] - before[1],
            others_kept_waiting_s=others_kept_waiting_s,
        )

    def others_kept_waiting_s(self) -> float:
        """Return for how long Python's other threads that live now were ready to run and did not get to, in all. Any thread may ask."""
        return sum(_account_of(each)[1] for each in self._others())

    def _others(self) -> Iterator[int]:
        for thread in threading.enumerate():
            if thread.native_id is not None and thread.native_id != self._id:
                yield thread.native_id


def _account_of(thread_id: int) -> tuple[float, float]:
    """Return for how many seconds a thread has run, and waited for a processor; zeros where the system does not tell."""
    try:
        ran_ns, waited_ns, _ = (_TASKS / str(thread_id) / "schedstat").read_text("ascii").split()
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(ran_ns) / 1e9, int(waited_ns) / 1e9
