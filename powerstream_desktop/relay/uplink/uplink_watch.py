"""Sees when the whole upload of this computer is too small, and measures it (ADR 0007, broadcasters.md 3.2).

A platform that is slow makes its own connection lag. An upload that has collapsed makes most connections lag at once: that is
what tells the two apart, so one slow platform alone, or even one of two, is never taken for the upload. Three more things must
be true before the lag counts:

- it is more than what this path always needs: over a satellite every connection lags by half a second, and nothing is wrong;
- it does not get shorter: after a stall of the network everything catches up by itself;
- something flows: while nothing does, nothing can be measured, and leaving pictures out would win nothing.

While all that holds, what the platforms acknowledge per second is what the upload can carry.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from powerstream_desktop.relay.uplink.demand import Demand

NOTICED_MS = 100
"""When most lag by so much, it is time to look closely."""
TIGHT_MS = 250
"""When most lag by so much, the upload is measured, and a bitrate that may follow does (OBS begins at 200 ms)."""
LAGGING_MS = 500
"""When most lag by so much, the upload has collapsed."""
CAUGHT_UP_MS = 350
SETTLED_S = 3.0
"""A connection younger than this is still sending the group of pictures that it began with."""
MARK_S = 0.2
LEAST_LOOK_S = 0.5
LOOK_BEHIND_STANDSTILL_S = 1.5
"""Behind a standstill all catch up at once, in bursts: it takes a longer look to see their lags get shorter."""
LONGEST_LOOK_S = 2.0
LEAST_FLOW_KBPS = 16
BASE_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One destination at one moment.

    Attributes:
        priority: the higher, the more it matters to the user.
        connected: whether media is being sent to it.
        lag_ms: media time that its platform has not acknowledged.
        taken_bytes: what its platform has acknowledged, all connections of the broadcast together.
        demand: what its stream asks of a line.
    """

    name: str
    priority: int
    connected: bool
    lag_ms: int
    taken_bytes: int
    demand: Demand


@dataclass(frozen=True, slots=True, kw_only=True)
class UplinkView:
    """The upload at one moment.

    Attributes:
        kbps: what it carries, measured now; None while it is large enough for what is sent.
        collapsed: it is too small, and that has been so for long enough to take pictures from somebody.
        caught_up: those whose lag is what their path always needs.
        settled: those that were looked at, in the order of the readings.
    """

    kbps: int | None
    collapsed: bool
    caught_up: frozenset[str]
    settled: tuple[Reading, ...]


@dataclass(slots=True)
class _Path:
    """What is known of one connection: since when it stands, and the shortest lag of the last 10 to 20 s."""

    connected_at: float
    recent_ms: int
    former_ms: int | None = None
    recent_since: float = field(default=0.0)

    def excess_ms(self, lag_ms: int, now: float) -> int:
        if now - self.recent_since >= BASE_S:
            self.former_ms, self.recent_ms, self.recent_since = self.recent_ms, lag_ms, now
        self.recent_ms = min(self.recent_ms, lag_ms)
        return lag_ms - min(self.recent_ms, self.former_ms if self.former_ms is not None else lag_ms)


@dataclass(frozen=True, slots=True)
class _Mark:
    at: float
    lag_ms: int
    taken_bytes: int


class UplinkWatch:
    """Looks at all connections of a relay together. Pure; told the time (monotonic seconds)."""

    def __init__(self) -> None:
        self._paths: dict[str, _Path] = {}
        self._marks: deque[_Mark] = deque()
        self._stood_still = False
        self._least_look_s = LEAST_LOOK_S
        self._watched: tuple[str, ...] = ()

    @property
    def suspicious(self) -> bool:
        """True while most connections lag: the next look should come soon."""
        return bool(self._marks)

    def look(self, readings: Sequence[Reading], shed: frozenset[str], now: float) -> UplinkView:
        """Take the readings of all destinations and return what they say about the upload.

        Args:
            readings: of all destinations.
            shed: those that do without pictures, or without most: the little they are sent gets through anywhere.
            now: not before that of the look before.
        """
        self._follow(readings, now)
        settled = tuple(
            each
            for each in readings
            if each.connected and now - self._paths[each.name].connected_at >= SETTLED_S
        )
        excess_ms = {each.name: self._paths[each.name].excess_ms(each.lag_ms, now) for each in settled}
        judged = [each for each in settled if each.name not in shed]
        watched = tuple(each.name for each in judged)
        if watched != self._watched or not _most(judged, excess_ms, NOTICED_MS):
            self._watched = watched
            self._marks.clear()
            self._least_look_s = LEAST_LOOK_S
        kbps = self._measure(judged, settled, now) if _most(judged, excess_ms, NOTICED_MS) else None
        if not _most(judged, excess_ms, TIGHT_MS):
            kbps = None
        return UplinkView(
            kbps=kbps,
            collapsed=kbps is not None and _most(judged, excess_ms, LAGGING_MS),
            caught_up=frozenset(name for name, late_ms in excess_ms.items() if late_ms < CAUGHT_UP_MS),
            settled=settled,
        )

    def _follow(self, readings: Sequence[Reading], now: float) -> None:
        """Keep a path for each destination that is connected, and only for those."""
        for each in readings:
            if not each.connected:
                self._paths.pop(each.name, None)
            elif each.name not in self._paths:
                self._paths[each.name] = _Path(now, each.lag_ms, recent_since=now)
        names = {each.name for each in readings}
        for gone in self._paths.keys() - names:
            del self._paths[gone]

    def _measure(self, judged: Sequence[Reading], settled: Sequence[Reading], now: float) -> int | None:
        """Return what flows, in kbit/s; None when nothing does, when it was not looked at long enough, or lags get shorter."""
        mark = _Mark(now, sum(each.lag_ms for each in judged), sum(each.taken_bytes for each in settled))
        marks = self._marks
        if not marks or now - marks[-1].at >= MARK_S:
            stands_still = bool(marks) and _kbps(marks[-1], mark) < LEAST_FLOW_KBPS
            if stands_still or self._stood_still:
                # Also what flows first behind a standstill is not measured: part of that time nothing flowed.
                marks.clear()
                self._least_look_s = LOOK_BEHIND_STANDSTILL_S
            self._stood_still = stands_still
            marks.append(mark)
        while now - marks[0].at > LONGEST_LOOK_S:
            marks.popleft()
        first = marks[0]
        if now - first.at < self._least_look_s or mark.lag_ms < first.lag_ms:
            return None
        return _kbps(first, mark)


def _most(judged: Sequence[Reading], excess_ms: dict[str, int], limit_ms: int) -> bool:
    """Tell whether at least two thirds of them are later than ``limit_ms``."""
    late = sum(excess_ms[each.name] > limit_ms for each in judged)
    return bool(judged) and 3 * late >= 2 * len(judged)


def _kbps(first: _Mark, last: _Mark) -> int:
    elapsed_s = last.at - first.at
    return round((last.taken_bytes - first.taken_bytes) * 8 / 1000 / elapsed_s) if elapsed_s > 0 else 0
