"""Who does without pictures while the upload is too small: the lowest priority first, the highest never (ADR 0007).

Pictures come back in the opposite order, one destination at a time, each when all that is sent has been well for a while. If
that was too early, the destination makes room again, and the wait is doubled. When it never gets well, perhaps because the
one that is left is slow by itself, a destination is tried all the same after the longest wait: nobody is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.uplink.uplink_watch import Reading

HOLD_S = 10.0
LONGEST_HOLD_S = 60.0
TRIAL_S = 10.0


class Shedding:
    """The room of every destination. Pure; told the time (monotonic seconds)."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        """Only those that have not all the room."""
        self._hold_s = HOLD_S
        self._well_since: float | None = None
        self._changed_at = 0.0
        self._on_trial: tuple[str, Room] | None = None

    @property
    def shed(self) -> frozenset[str]:
        """Those that do without pictures, or without most."""
        return frozenset(self._rooms)

    def room_of(self, name: str) -> Room:
        """Return what a destination gets."""
        return self._rooms.get(name, Room.EVERYTHING)

    def rooms(self, ranked: Sequence[Reading]) -> Mapping[str, Room]:
        """Return what each destination gets; one that came in meanwhile gets no more than those that matter more."""
        rooms: dict[str, Room] = {}
        least = Room.EVERYTHING
        for each in ranked:
            rooms[each.name] = least = max(least, self.room_of(each.name))
        self._rooms = {name: room for name, room in rooms.items() if room is not Room.EVERYTHING}
        return rooms

    def favour(self, name: str) -> None:
        """Give the most important one of those that are being sent to all the room: it never does without."""
        self._rooms.pop(name, None)

    def deepen(self, ranked: Sequence[Reading], budget_kbps: float, now: float) -> bool:
        """Take pictures away until what is left fits into the budget, but at least one step; tell whether there was one.

        Args:
            ranked: destinations that are being sent to, the most important first.
            budget_kbps: what the upload can carry.
            now: monotonic seconds.
        """
        self._well_since = None
        self._changed_at = now
        if self._on_trial is not None:
            name, room = self._on_trial
            self._on_trial = None
            self._rooms[name] = room
            self._hold_s = min(LONGEST_HOLD_S, 2 * self._hold_s)
            return True
        before = dict(self._rooms)
        for room in (Room.KEY_FRAMES, Room.SOUND):
            for each in reversed(ranked[1:]):
                if self.room_of(each.name) < room:
                    self._rooms[each.name] = room
                    if sum(each.demand.of(self.room_of(each.name)) for each in ranked) <= budget_kbps:
                        return True
        return self._rooms != before

    def relax(self, ranked: Sequence[Reading], *, well: bool, now: float) -> None:
        """Give one destination its pictures back if it is time.

        Args:
            ranked: all destinations, the most important first.
            well: whether those that get pictures are without trouble.
            now: monotonic seconds.
        """
        self._well_since = None if not well else self._well_since if self._well_since is not None else now
        if self._on_trial is not None and now - self._changed_at >= TRIAL_S:
            self._on_trial = None
            self._hold_s = HOLD_S
        since, hold_s = self._changed_at, LONGEST_HOLD_S
        if self._well_since is not None:
            since, hold_s = max(self._well_since, self._changed_at), self._hold_s
        if now - since < hold_s:
            return
        name = next((each.name for each in ranked if each.name in self._rooms), None)
        if name is not None:
            self._on_trial = (name, self._rooms.pop(name))
            self._changed_at = now
