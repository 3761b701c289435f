"""What a fault of the soak is, and how its end is waited for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tests.e2e.support.served import KeptWaiting
from tests.e2e.support.waiting import TimedOutError, wait_until
from tests.reliability.chaos.receivers import Receiver
from tests.reliability.chaos.scenery import Scenery
from tests.reliability.chaos.watch import Watch

PATIENCE_S: Final = 45.0
"""How long something is waited for that is promised much sooner: what comes of it shall be told."""


@dataclass
class Round:
    """One fault while it is played: what it has to do with, and what came of it.

    Attributes:
        scenery: all that is on stage.
        watch: what is seen all the time.
        chance: decides the particulars.
        machine: what the machine took, which is subtracted.
        touched: the receivers that the fault hits; everybody else must not notice it.
        measured: what was measured, in words.
        broken: what was not as promised.
        excused: since when, and until when, the recording may lack something; None for never.
    """

    scenery: Scenery
    watch: Watch
    chance: random.Random
    machine: KeptWaiting = field(default_factory=KeptWaiting)
    touched: frozenset[str] = frozenset()
    measured: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    excused: tuple[float, float] | None = None

    def touch(self, *receivers: Receiver) -> None:
        """Say who may notice the fault."""
        self.touched |= {each.name for each in receivers}

    def touch_all(self) -> None:
        """Say that the fault hits what all share."""
        self.touched = self.scenery.names

    def hold(self, least_s: float, most_s: float) -> None:
        """Let the fault last."""
        until_s = time.monotonic() + self.chance.uniform(least_s, most_s)
        wait_until(
            lambda: self._look(lambda: time.monotonic() >= until_s), what="the fault", timeout_s=most_s + 5
        )

    def within(self, promised_s: float, what: str, condition: Callable[[], bool]) -> float:
        """Wait for something; note how long it took, and whether that was too long."""
        begun_s, lost_s = time.monotonic(), self.machine.lost_s
        try:
            wait_until(lambda: self._look(condition), what=what, timeout_s=PATIENCE_S)
        except TimedOutError:
            self.broken.append(f"{what}: not within {PATIENCE_S:g} s")
            return PATIENCE_S
        took_s = time.monotonic() - begun_s
        own_s = max(0.0, took_s - (self.machine.lost_s - lost_s))
        self.measured.append(f"{what} after {took_s:.2f} s")
        if own_s > promised_s:
            self.broken.append(f"{what} after {took_s:.2f} s; promised: {promised_s:g} s")
        return took_s

    def fed_again(self, promised_s: float, *receivers: Receiver) -> None:
        """Wait until receivers are brought pictures again and their lights are green."""
        since_s = time.monotonic()

        def is_fed() -> bool:
            return all((each.fed_s() or 0.0) > since_s for each in receivers)

        self.within(promised_s, f"{_names(receivers)} fed again", is_fed)
        self.light(promised_s, "live", *receivers)

    def light(self, promised_s: float, wanted: str, *receivers: Receiver, but: bool = False) -> None:
        """Wait until lights are, or are not, as wanted, in a look that was begun from here on."""
        since_s = time.monotonic()

        def shines() -> bool:
            last = self.watch.last
            if last is None or last.at_s - last.took_s < since_s or not last.lights:
                return False
            return all((last.lights[each.name] == wanted) is not but for each in receivers)

        self.within(promised_s, f"{_names(receivers)} {'not ' if but else ''}{wanted}", shines)

    def _look(self, condition: Callable[[], bool]) -> bool:
        self.machine.look(*self.scenery.served.all_pids())
        return condition()


@dataclass(frozen=True)
class Fault:
    """One kind of fault.

    Attributes:
        name: what happens.
        play: does it, mends it, and waits until all is well again.
        is_possible: whether this machine permits it.
    """

    name: str
    play: Callable[[Round], None]
    is_possible: Callable[[Scenery], bool] = lambda _: True


def _names(receivers: tuple[Receiver, ...]) -> str:
    return " and ".join(each.name for each in receivers)
