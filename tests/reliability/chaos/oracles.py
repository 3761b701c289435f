"""What must hold whatever happens, judged from what was seen. Pure; all times are monotonic seconds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from tests.e2e.support.arrivals import Picture, Visit

LONGEST_GAP_MS: Final = 100.0
SETTLED_S: Final = 5.0
"""So long before a fault pictures say how late they usually are."""
EDGE_S: Final = 1.0
"""What is on its way when a window ends does not count as lost."""
LIE_S: Final = 6.0
"""A light may be green for so long behind the last byte (DESIGN 1.3; fault F14)."""
LAG_S: Final = 0.5
"""What the machine withheld is read a few times a second."""
MEMORY_MIB: Final = 32.0
DESCRIPTORS: Final = 16
YOUNG_S: Final = 20.0
"""A process takes its memory in its first seconds."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which a fault was played."""

    since_s: float
    until_s: float

    def holds(self, at_s: float) -> bool:
        """Whether a moment lies in it."""
        return self.since_s <= at_s < self.until_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at the lights.

    Attributes:
        at_s: when the answer came.
        took_s: how long it took.
        lights: by the destination's name; empty when nobody answered.
        fed_s: when each receiver was last brought something, by its own account; without those that cannot tell.
    """

    at_s: float
    took_s: float
    lights: Mapping[str, str]
    fed_s: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a process takes at a moment."""

    at_s: float
    memory_mib: float
    descriptors: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """By a moment, our processes had been ready to run without a processor for so long in all."""

    at_s: float
    total_s: float


class MachineNoise:
    """What the machine withheld, look by look; appended by one thread, read by another."""

    def __init__(self) -> None:
        self._looks: list[Withheld] = []

    def note(self, at_s: float, total_s: float) -> None:
        """Take down a look."""
        self._looks.append(Withheld(at_s, total_s))

    def lost_s(self, since_s: float, until_s: float) -> float:
        """Return what was lost in a time, or so near to it that an account lags behind; never more than the time itself."""
        looks = self._looks
        first = max(0, bisect_right(looks, since_s - LAG_S, key=lambda look: look.at_s) - 1)
        last = min(len(looks) - 1, bisect_left(looks, until_s + LAG_S, key=lambda look: look.at_s))
        if last <= first:
            return 0.0
        return min(looks[last].total_s - looks[first].total_s, until_s - since_s)


def gap_ms(visits: Sequence[Visit], window: Window, noise: MachineNoise) -> float:
    """Return how much later than usual a picture arrived in a window, on the connection that stood when it began.

    A picture says on its own timeline when it was due, so an encoder that is late is late here as well. What the machine withheld
    while the picture was awaited is taken off.
    """
    standing = [visit for visit in visits if visit.pictures and visit.pictures[0].at_s < window.since_s]
    if not standing:
        return 0.0
    pictures = standing[-1].pictures
    before = Window(window.since_s - SETTLED_S, window.since_s)
    usual = max((late_s for _, late_s in _late_s(pictures, before)), default=None)
    if usual is None:
        return 0.0
    return max(
        (
            1000 * (late_s - usual - noise.lost_s(at_s - (late_s - usual), at_s))
            for at_s, late_s in _late_s(pictures, window)
            if late_s > usual
        ),
        default=0.0,
    )


def _late_s(pictures: Iterable[Picture], window: Window) -> list[tuple[float, float]]:
    """Return when each picture arrived, and how late on a clock of its own."""
    return [
        (each.at_s, each.at_s - each.dts_ms / 1000) for each in tuple(pictures) if window.holds(each.at_s)
    ]


def lost(control: Iterable[Picture], other: Iterable[Picture], window: Window) -> int:
    """Return how many pictures of a window the control got, and the other one did not."""
    inner = Window(window.since_s, window.until_s - EDGE_S)
    wanted = {each.digest for each in control if inner.holds(each.at_s)}
    return len(wanted - {each.digest for each in other})


def unrecorded(
    control: Iterable[Picture], recorded: Iterable[bytes], excused: Iterable[Window]
) -> list[float]:
    """Return when the pictures arrived that are in no recording and that nothing excuses."""
    kept, holes = set(recorded), tuple(excused)
    return [
        each.at_s
        for each in control
        if each.digest not in kept and not any(hole.holds(each.at_s) for hole in holes)
    ]


def lies(looks: Iterable[Look]) -> list[str]:
    """Return a sentence for each green light of a destination that had got nothing for too long, in two looks in a row.

    In one alone its first picture may be between the way there, which the light knows of, and its receiver, which does not yet.
    """
    return [
        f"{name} was green {later.at_s - later.fed_s[name]:.1f} s behind the last picture"
        for earlier, later in pairwise(looks)
        for name in later.lights
        if _is_lie(earlier, name) and _is_lie(later, name)
    ]


def _is_lie(look: Look, name: str) -> bool:
    fed_s = look.fed_s.get(name)
    return look.lights.get(name) == "live" and fed_s is not None and look.at_s - fed_s > LIE_S


def other_lights(looks: Iterable[Look], names: Iterable[str], window: Window) -> dict[str, str]:
    """Return which of the healthy destinations were seen in another light than green, and in which."""
    return {
        name: look.lights[name]
        for look in looks
        if window.holds(look.at_s)
        for name in names
        if look.lights.get(name, "live") != "live"
    }


def growth(weights: Sequence[Weight]) -> Weight | None:
    """Return by how much a process has grown since its youth; None for one that did not live long enough to tell."""
    grown_up = [each for each in weights if each.at_s >= weights[0].at_s + YOUNG_S]
    if len(grown_up) < 6:
        return None
    first, last = grown_up[:3], grown_up[-3:]
    return Weight(
        at_s=last[-1].at_s - first[0].at_s,
        memory_mib=median(e.memory_mib for e in last) - median(e.memory_mib for e in first),
        descriptors=round(median(e.descriptors for e in last) - median(e.descriptors for e in first)),
    )
