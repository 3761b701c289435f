"""The cameras of a Linux computer, as the kernel lists them below ``/sys/class/video4linux``.

Numbers of ``/dev/video`` change with every replugging (obs#4972), and the links of udev's ``by-id`` folder collide where two
cameras of one model have no serial number, or the same. An id of ours therefore holds what the kernel knows: maker, model,
serial number and socket. It is found again on its own socket first, and on any other if only one camera can be meant.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.camera_device import CameraDevice, with_distinct_names
from powerstream_desktop.common.text import printable_text

if sys.platform == "linux":
    import fcntl

_QUERY_CAPABILITIES: Final = 0x80685600
"""``VIDIOC_QUERYCAP`` of linux/videodev2.h, which is the same number on x86 and ARM."""
_CAPABILITIES_BYTES: Final = 104
_ALL_AT: Final = 84
_DEVICE_AT: Final = 88
_HAS_DEVICE_CAPABILITIES: Final = 0x8000_0000
_VIDEO_CAPTURE: Final = 0x0000_0001 | 0x0000_1000

_NODE: Final = re.compile(r"video(\d{1,4})")
_NOT_IN_IDS: Final = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinuxCamera:
    """One capture node.

    Attributes:
        node: its path, such as ``/dev/video0``.
        number: in that.
        model: what stays the same on every socket.
        socket: where it is plugged in; for a device that is not on USB, empty.
        name: as the driver gives it.
    """

    node: str
    number: int
    model: str
    socket: str
    name: str

    @property
    def id(self) -> str:
        """The stable id."""
        return f"{self.model}@{self.socket}" if self.socket else self.model


def list_linux_cameras(root: Path = Path("/")) -> tuple[CameraDevice, ...]:
    """Return the cameras in the order of their nodes.

    Args:
        root: of the file system; tests have one of their own.
    """
    cameras = read_cameras(root)
    return with_distinct_names(
        tuple(
            (CameraDevice(id=camera.id, name=camera.name), camera.socket or f"video{camera.number}")
            for camera in cameras
        )
    )


def find_linux_camera(device_id: str, cameras: Sequence[LinuxCamera]) -> LinuxCamera | None:
    """Return the camera that an id means; ``None`` when it is not there, or when several could be meant.

    Args:
        device_id: an id of ours, or a bare number: that of the node.
        cameras: those that are there.
    """
    if device_id.isdecimal():
        return next((camera for camera in cameras if camera.number == int(device_id)), None)
    exact = [camera for camera in cameras if camera.id == device_id]
    model, _, _ = device_id.rpartition("@")
    moved = [camera for camera in cameras if model and camera.model == model]
    found = exact or moved
    return found[0] if len(found) == 1 else None


def read_cameras(
    root: Path = Path("/"), *, takes_pictures: Callable[[Path], bool] | None = None
) -> list[LinuxCamera]:
    """Return every node that gives pictures, in the order of their numbers.

    Args:
        root: of the file system.
        takes_pictures: tells from a node whether it is one; others give metadata, or take pictures to show them.
    """
    accepts = takes_pictures or captures_video
    cameras = []
    try:
        entries = list((root / "sys/class/video4linux").iterdir())
    except OSError:  # no camera was ever plugged in
        return []
    for entry in entries:
        match = _NODE.fullmatch(entry.name)
        if match and accepts(root / "dev" / entry.name):
            cameras.append(_describe(entry, root / "dev" / entry.name, int(match[1])))
    return sorted(cameras, key=lambda camera: camera.number)


def captures_video(node: Path) -> bool:
    """Ask a node's driver whether it gives pictures; one that we may not ask is taken at its word."""
    if sys.platform != "linux":
        return False
    answer = bytearray(_CAPABILITIES_BYTES)
    try:
        with node.open("rb", buffering=0) as device:
            fcntl.ioctl(device, _QUERY_CAPABILITIES, answer)
    except OSError:
        return True
    return gives_pictures(bytes(answer))


def gives_pictures(capabilities: bytes) -> bool:
    """Read the answer of ``VIDIOC_QUERYCAP``: capabilities of the node if it tells them, else of the whole device."""
    of_all = int.from_bytes(capabilities[_ALL_AT:_DEVICE_AT], sys.byteorder)
    of_node = int.from_bytes(capabilities[_DEVICE_AT : _DEVICE_AT + 4], sys.byteorder)
    return bool((of_node if of_all & _HAS_DEVICE_CAPABILITIES else of_all) & _VIDEO_CAPTURE)


def _describe(entry: Path, node: Path, number: int) -> LinuxCamera:
    name = printable_text(_text(entry / "name")) or f"Camera {number}"
    index = _text(entry / "index") or "0"
    interface = (entry / "device").resolve()
    usb_device = interface.parent
    maker, product = _text(usb_device / "idVendor"), _text(usb_device / "idProduct")
    if not (maker and product):
        model = _id("v4l2", name, index)
        return LinuxCamera(node=str(node), number=number, model=model, socket="", name=name)
    # "1-2.4:1.0": the socket, and behind the colon configuration and interface, which belong to the model.
    socket, _, part = interface.name.partition(":")
    serial = _text(usb_device / "serial")
    model = _id("usb", maker, product, serial, part, index)
    return LinuxCamera(node=str(node), number=number, model=model, socket=socket, name=name)


def _id(*parts: str) -> str:
    return ":".join(_NOT_IN_IDS.sub("_", part) for part in parts)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""
