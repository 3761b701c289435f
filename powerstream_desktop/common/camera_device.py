"""Cameras of this computer as people choose them, and what changed when one was plugged in or out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraDevice:
    """One camera.

    Attributes:
        id: stays the same when the camera is unplugged and comes back, also after a restart of the computer; what a scene
            keeps.
        name: for people; no two cameras of one list have the same.
    """

    id: str
    name: str


CameraLister: TypeAlias = Callable[[], tuple[CameraDevice, ...]]
"""Looks up which cameras there are, in the system's own order; takes a few milliseconds and never fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraChanges:
    """What is different from one look to the next; both empty when nothing is."""

    appeared: tuple[CameraDevice, ...]
    vanished: tuple[CameraDevice, ...]

    def __bool__(self) -> bool:
        return bool(self.appeared or self.vanished)


class CameraWatch:
    """Notices cameras that come and go. Whoever shows a list looks every other second.

    Args:
        lister: of this system.
    """

    def __init__(self, lister: CameraLister) -> None:
        self._lister = lister
        self.devices: tuple[CameraDevice, ...] = ()
        """As of the last look."""

    def look(self) -> CameraChanges:
        """Look again; the first time all cameras appear."""
        before, self.devices = self.devices, self._lister()
        known = {device.id for device in before}
        present = {device.id for device in self.devices}
        return CameraChanges(
            appeared=tuple(device for device in self.devices if device.id not in known),
            vanished=tuple(device for device in before if device.id not in present),
        )


def with_distinct_names(devices: tuple[tuple[CameraDevice, str], ...]) -> tuple[CameraDevice, ...]:
    """Tell cameras of the same name apart.

    Args:
        devices: each with what distinguishes it, such as the socket it is plugged into.
    """
    names = [device.name for device, _ in devices]
    return tuple(
        CameraDevice(id=device.id, name=f"{device.name} ({distinction})")
        if names.count(device.name) > 1
        else device
        for device, distinction in devices
    )
