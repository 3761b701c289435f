"""Watches a running relay from outside: what it says of itself and when, its memory, and what the machine takes from it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from tests.e2e.support.processes import TestProcess
from tests.faults.machine_noise import MachineNoise

LOOK_S = 0.02
STATUS_EVERY_S = 1.0
MIB = 1024 * 1024

Line = dict[str, Any]


class Said(NamedTuple):
    """One line of ``--json`` and the monotonic time at which it was there."""

    at_s: float
    line: Line


class Memory(NamedTuple):
    """Resident memory at an instant."""

    at_s: float
    rss_mib: float


class Watcher:
    """A thread that looks 50 times a second until it is closed.

    Args:
        process: the relay.

    Attributes:
        said: every status line and the summary; appended by the watcher's thread.
        memory: what it took, about once a second; appended by the watcher's thread.
        noise: what the machine took.
    """

    def __init__(self, process: TestProcess) -> None:
        self.said: list[Said] = []
        self.memory: list[Memory] = []
        self.noise = MachineNoise(process.pid)
        self._process = process
        self._out = process.out_path.open("rb")
        self._begun_line = b""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watcher")
        self._thread.start()

    def close(self) -> None:
        """Look once more, then stop; harmless when repeated."""
        self._over.set()
        self._thread.join()
        self._out.close()

    @property
    def statuses(self) -> list[Said]:
        """The status lines so far."""
        return [said for said in list(self.said) if said.line["type"] == "status"]

    def lights(self, name: str) -> list[Said]:
        """What was said of one destination so far, oldest first."""
        return [Said(said.at_s, light) for said in self.statuses if (light := _light(said.line, name))]

    def longest_pause_ms(self) -> float:
        """Return by how much the latest status line was late, apart from what the machine took."""
        late_s = [
            later.at_s - earlier.at_s - STATUS_EVERY_S - self.noise.lost_s(earlier.at_s, later.at_s)
            for earlier, later in pairwise(self.statuses)
        ]
        return 1000 * max(late_s, default=0.0)

    def memory_growth_mib(self, since_s: float) -> float:
        """Return how much more memory the relay took at most after an instant than at that instant."""
        before = [memory.rss_mib for memory in self.memory if memory.at_s <= since_s]
        after = [memory.rss_mib for memory in self.memory if memory.at_s > since_s]
        return max(0.0, max(after, default=0.0) - before[-1]) if before and after else 0.0

    def _watch(self) -> None:
        looked_s = time.monotonic()
        while not self._over.is_set():
            self._over.wait(LOOK_S)
            now = time.monotonic()
            self.noise.look(looked_s, now, max(0.0, now - looked_s - LOOK_S))
            looked_s = now
            self._read_lines(now)
            if not self.memory or now - self.memory[-1].at_s >= STATUS_EVERY_S:
                self._look_at_memory(now)
        self._read_lines(time.monotonic())

    def _read_lines(self, now: float) -> None:
        for line in self._whole_lines():
            if line.startswith(b"{"):
                self.said.append(Said(now, json.loads(line)))

    def _whole_lines(self) -> Iterator[bytes]:
        *lines, self._begun_line = (self._begun_line + self._out.read()).split(b"\n")
        yield from lines

    def _look_at_memory(self, now: float) -> None:
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return  # it has ended
        self.memory.append(Memory(now, pages * 4096 / MIB))


def _light(line: Line, name: str) -> Line | None:
    return next((each for each in line["destinations"] if each["name"] == name), None)
