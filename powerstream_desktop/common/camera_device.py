"""Cameras of this computer as people choose them."""

from __future__ import annotations

from dataclasses import dataclass


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
