"""How much the disk of the recordings has room for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from powerstream_desktop.client.reading import Words

SCARCE_BELOW_HOURS: Final = 1.0
ALMOST_NONE_BELOW_HOURS: Final = 0.25


class Scarcity(Enum):
    """Whether the room is worth a warning."""

    PLENTY = "plenty"
    SCARCE = "scarce"
    ALMOST_NONE = "almost-none"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLeft:
    """The room.

    Attributes:
        free_bytes: on the disk.
        hours: of the program as it is encoded now.
    """

    free_bytes: int
    hours: float

    @property
    def scarcity(self) -> Scarcity:
        """Whether it is worth a warning."""
        if self.hours >= SCARCE_BELOW_HOURS:
            return Scarcity.PLENTY
        return Scarcity.SCARCE if self.hours >= ALMOST_NONE_BELOW_HOURS else Scarcity.ALMOST_NONE


def read_room(stats: Words) -> RoomLeft | None:
    """Return what the service's figures say of it; None if they say nothing."""
    room = stats.get("recordingRoom")
    if not isinstance(room, Mapping):
        return None
    free_bytes, hours = room.get("freeBytes"), room.get("hours")
    if not isinstance(free_bytes, int) or not isinstance(hours, int | float):
        return None
    return RoomLeft(free_bytes=free_bytes, hours=float(hours))
