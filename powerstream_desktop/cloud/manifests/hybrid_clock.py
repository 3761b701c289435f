"""When something was changed, in an order that all computers agree on although none of their clocks is right. Pure.

A stamp is the server's time as the computer estimates it, a counter, and the computer (a hybrid logical clock). A new stamp lies
behind everything that its author had seen, so who changes what he saw always wins, with a clock that is years behind too. Nobody may be
more than five minutes ahead of the server: else a clock that is years ahead would win for years (V17, reliability_security.md 4.6).

What a state has seen is told by the newest stamp of each computer in it. A computer's stamps only grow, and it always publishes all it
knows, so that one stamp stands for all before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import PeerError
from powerstream_desktop.common.text import can_be_name

MAX_AHEAD_MS: Final = 5 * 60 * 1000
"""So far may a stamp lie ahead of the server."""
MAX_DEVICES: Final = 256
MAX_DEVICE_NAME: Final = 60

_MAX_WALL_MS: Final = 8_000_000_000_000
"""In the year 2223: so far a clock can be set on every system."""
_MAX_COUNTER: Final = 2**40
_DEVICE: Final = re.compile(r"[0-9A-Za-z]{8,64}", re.ASCII)


class ManifestError(PeerError):
    """What lies in the store is no manifest that this version understands; its detail says why."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "What the cloud says of a replay cannot be understood.",
            code="manifest",
            hint="It is left alone; use the newest PowerStream everywhere.",
            detail=why,
        )


def require(holds: bool, otherwise: str) -> None:
    """Raise ManifestError unless something holds."""
    if not holds:
        raise ManifestError(otherwise)


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """When and where something was changed; in the order of time.

    Attributes:
        wall_ms: since 1970, UTC.
        counter: tells changes within one millisecond apart, and those by a clock that is behind.
        device: the id of the computer; decides if all else is equal.
    """

    wall_ms: int
    counter: int
    device: str

    def __post_init__(self) -> None:
        require(0 <= self.wall_ms <= _MAX_WALL_MS, "a stamp's time cannot be one")
        require(0 <= self.counter <= _MAX_COUNTER, "a stamp's counter cannot be one")
        require(bool(_DEVICE.fullmatch(self.device)), "the id of a device cannot be one")

    def at_most(self, limit_ms: int) -> Stamp:
        """Return the stamp if it lies before a limit, else the one that stands for everything behind it."""
        return self if self.wall_ms < limit_ms else Stamp(max(0, limit_ms), 0, self.device)


@dataclass(frozen=True, slots=True)
class SeenDevice:
    """Up to which of a computer's changes a state has seen them.

    Attributes:
        up_to: the newest that it has seen.
        name: of the computer then, for people; may be empty.
    """

    up_to: Stamp
    name: str = ""

    def __post_init__(self) -> None:
        require(len(self.name) <= MAX_DEVICE_NAME, "a computer's name is too long")
        require(self.name.isprintable() or can_be_name(self.name), "a computer's name cannot be shown")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a state has seen: one row for each computer, in the order of their ids."""

    devices: tuple[SeenDevice, ...] = ()

    def __post_init__(self) -> None:
        ids = [each.up_to.device for each in self.devices]
        require(len(ids) <= MAX_DEVICES, "too many computers")
        require(ids == sorted(set(ids)), "the computers are not in order")

    def covers(self, stamp: Stamp) -> bool:
        """Tell whether a change was seen."""
        return any(each.up_to.device == stamp.device and stamp <= each.up_to for each in self.devices)

    def up_to(self, device: str) -> Stamp | None:
        """Return the newest change of a computer that was seen."""
        return next((each.up_to for each in self.devices if each.up_to.device == device), None)

    def name_of(self, device: str) -> str:
        """Return what a computer was called; empty if nobody knows."""
        return next((each.name for each in self.devices if each.up_to.device == device), "")

    def joined(self, other: Seen) -> Seen:
        """Return what two states have seen together."""
        return self if self == other else _seen((*self.devices, *other.devices))

    def with_stamps(self, stamps: Iterable[Stamp], name: str = "") -> Seen:
        """Return what was seen, and these changes too.

        Args:
            stamps: of the changes.
            name: of the computers that they are of; empty leaves the name that is known.
        """
        fresh = [SeenDevice(each, name or self.name_of(each.device)) for each in stamps]
        return _seen((*self.devices, *fresh)) if fresh else self

    @property
    def newest(self) -> Stamp | None:
        """The newest change of all."""
        return max((each.up_to for each in self.devices), default=None)


NOTHING_SEEN: Final = Seen()


def next_stamp(device: str, now_ms: int, seen: Seen) -> Stamp:
    """Return the stamp of a change that is made now.

    Args:
        device: where.
        now_ms: the server's time as it is known here; the computer's own if no server told any.
        seen: what the author has seen of the replay.
    """
    wall_ms = min(max(0, now_ms), _MAX_WALL_MS)
    newest = seen.newest
    if newest is None or newest.wall_ms < wall_ms:
        return Stamp(wall_ms, 0, device)
    if newest.counter == _MAX_COUNTER:  # no computer ever counts so far: somebody wants to have the last word
        return Stamp(newest.wall_ms + 1, 0, device)
    return Stamp(newest.wall_ms, newest.counter + 1, device)


def _seen(devices: Iterable[SeenDevice]) -> Seen:
    found: dict[str, SeenDevice] = {}
    for each in devices:
        known = found.get(each.up_to.device)
        if known is None or (each.up_to, each.name) > (known.up_to, known.name):
            found[each.up_to.device] = each
    return Seen(tuple(found[device] for device in sorted(found)))
