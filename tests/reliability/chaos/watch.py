"""Looks at lights, receivers, processes and ourselves all the time, on threads of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Self

from tests.canary import find_canary
from tests.e2e.support.served import KeptWaiting, own_memory_mib
from tests.reliability.chaos.oracles import Look, MachineNoise, Weight
from tests.reliability.chaos.scenery import Scenery, key_of

LOOK_EVERY_S: Final = 0.2
BEAT_S: Final = 0.02
WEIGH_EVERY_S: Final = 5.0
WEIGHED: Final = ("service", "engine")


class Watch:
    """Begins with its block and ends with it.

    Attributes:
        looks: at the lights, oldest first; appended by its thread.
        weights: of each process that was weighed, by role and id; filled by its thread.
        noise: what the machine withheld; filled by a thread of its own.
        leaks: of keys into what others can see of processes; appended by its thread.
    """

    def __init__(self, scenery: Scenery) -> None:
        self.looks: list[Look] = []
        self.weights: dict[tuple[str, int], list[Weight]] = {}
        self.noise = MachineNoise()
        self.leaks: list[str] = []
        self._waiting = KeptWaiting()
        self._withheld_s = 0.0
        self._scenery = scenery
        self._weigh_s = 0.0
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name="watch"),
            threading.Thread(target=self._listen_to_ourselves, name="own stalls"),
        ]

    def __enter__(self) -> Self:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    @property
    def last(self) -> Look | None:
        """The newest look; None before the first one."""
        return self.looks[-1] if self.looks else None

    def turns(self) -> Iterator[str]:
        """Yield a line for each look at which the lights were not as before, with how long ago each receiver was fed."""
        before = None
        for look in self.looks:
            if look.lights != before:
                fed = ", ".join(f"{name} {look.at_s - at_s:.1f}" for name, at_s in look.fed_s.items())
                yield f"{look.at_s:.1f}: {dict(look.lights)}; fed s ago: {fed}"
            before = look.lights

    def _run(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            self._scenery.ffmpeg.tend()
            self._waiting.look(*self._scenery.served.all_pids())
            self._withheld_s = self._waiting.lost_s
            self.looks.append(self._look())
            if time.monotonic() >= self._weigh_s:
                self._weigh_s = time.monotonic() + WEIGH_EVERY_S
                self._weigh()

    def _listen_to_ourselves(self) -> None:
        """Note what was withheld, and by how much our own sleeps overran: we note arrivals, and must not take us for a gap."""
        overslept_s, slept_s = 0.0, time.monotonic()
        while not self._over.wait(BEAT_S):
            now_s = time.monotonic()
            overslept_s += max(0.0, now_s - slept_s - 2 * BEAT_S)
            slept_s = now_s
            self.noise.note(now_s, self._withheld_s + overslept_s)

    def _look(self) -> Look:
        served = self._scenery.served
        asked_s = time.monotonic()
        lights = served.lights() if served.file() is not None else {}
        answered_s = time.monotonic()
        told_s = {each.name: each.fed_s() for each in self._scenery.receivers}
        fed_s = {name: at_s for name, at_s in told_s.items() if at_s is not None}
        return Look(at_s=answered_s, took_s=answered_s - asked_s, lights=lights, fed_s=fed_s)

    def _weigh(self) -> None:
        for role in WEIGHED:
            pid = self._scenery.process(role)
            if pid is not None and (weight := _weight(pid)) is not None:
                self.weights.setdefault((role, pid), []).append(weight)
        pids = self._scenery.served.all_pids()
        for name in self._scenery.names:
            self.leaks += find_canary([], key_of(name), pids=pids)


def _weight(pid: int) -> Weight | None:
    """Weigh a process; None if it has just ended."""
    try:
        descriptors: Sequence[Path] = list(Path(f"/proc/{pid}/fd").iterdir())
        return Weight(at_s=time.monotonic(), memory_mib=own_memory_mib([pid]), descriptors=len(descriptors))
    except (OSError, ValueError):
        return None
