"""What OpenCV has to be handed to open a camera, by OpenCV's own names. Pure but for looking up what is there."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.camera.refusals import no_file, not_connected
from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.camera_protocol import OpenCamera
from powerstream_desktop.common.linux_cameras import LinuxCamera, find_linux_camera, read_cameras

OPEN_TIMEOUT_S: Final = 5.0
"""For a camera in the network to answer; a device takes as long as its driver likes."""
READ_TIMEOUT_S: Final = 2.5
"""Without a picture for so long a camera counts as lost; an exposure never takes that long."""

_OPTIONS: Final = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
_DEVICE_TIMEOUT: Final = "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"
"""Whole seconds for which OpenCV waits for a device's next picture."""
_JPEG: Final = int.from_bytes(b"MJPG", "little")

# What FFmpeg may reach by itself: what a file or a server says never leads anywhere else.
_FILE_ONLY: Final = "protocol_whitelist;file"
_HTTP_ONLY: Final = "protocol_whitelist;http,https,tcp,tls|flags;low_delay"
_RTSP_ONLY: Final = "protocol_whitelist;rtsp,rtsps,rtp,srtp,udp,tcp,tls|rtsp_transport;tcp|flags;low_delay"


@dataclass(frozen=True, slots=True)
class Target:
    """What to hand to OpenCV.

    Attributes:
        source: a name, or the number of a device.
        backend: name of the way to read it, such as ``CAP_V4L2``.
        properties: names and values, set in this order while it is opened.
        options: environment while it is opened.
    """

    source: str | int
    backend: str
    properties: tuple[tuple[str, int], ...]
    options: Mapping[str, str]


def target_of(
    address: CameraAddress, wish: OpenCamera, *, platform: str = sys.platform, root: Path = Path("/")
) -> Target:
    """Find what OpenCV has to be handed for an address.

    Args:
        address: of the camera.
        wish: size and rate to ask for, and the devices where they are known by number.
        platform: as ``sys.platform``.
        root: of the file system in which devices are looked up.

    Raises:
        PowerStreamError: there is no such device or file.
    """
    match address.kind:
        case AddressKind.DEVICE:
            return device_target(address, wish, platform, read_cameras(root) if platform == "linux" else [])
        case AddressKind.FILE:
            if not Path(address.text).is_file():
                raise no_file(address)
            return Target(address.text, "CAP_FFMPEG", (("CAP_PROP_N_THREADS", 1),), {_OPTIONS: _FILE_ONLY})
        case AddressKind.NETWORK:
            options = _HTTP_ONLY if address.text.lower().startswith("http") else _RTSP_ONLY
            properties = (
                # Decoding on several threads would hold back as many pictures.
                ("CAP_PROP_N_THREADS", 1),
                ("CAP_PROP_OPEN_TIMEOUT_MSEC", round(OPEN_TIMEOUT_S * 1000)),
                ("CAP_PROP_READ_TIMEOUT_MSEC", round(READ_TIMEOUT_S * 1000)),
            )
            return Target(address.text, "CAP_FFMPEG", properties, {_OPTIONS: options})


def device_target(
    address: CameraAddress, wish: OpenCamera, platform: str, linux_cameras: Sequence[LinuxCamera]
) -> Target:
    """Find what OpenCV has to be handed for a device.

    Args:
        address: of the device.
        wish: as for ``target_of``.
        platform: as ``sys.platform``.
        linux_cameras: what is there, if this is Linux.

    Raises:
        SystemFault: it is not connected.
    """
    if platform == "linux":
        camera = find_linux_camera(address.text, linux_cameras)
        if camera is None:
            raise not_connected()
        options = {_DEVICE_TIMEOUT: str(int(READ_TIMEOUT_S))}
        # Uncompressed, USB 2 carries no more than ten pictures of 1280x720 a second: JPEG has to be asked for, and first.
        return Target(camera.node, "CAP_V4L2", (("CAP_PROP_FOURCC", _JPEG), *_wishes(wish)), options)
    number = opencv_number(address.text, wish.known_devices, platform)
    if number is None:
        raise not_connected()
    return Target(number, "CAP_AVFOUNDATION" if platform == "darwin" else "CAP_MSMF", _wishes(wish), {})


def opencv_number(device_id: str, known_devices: Sequence[str], platform: str) -> int | None:
    """Return the number by which OpenCV knows a device on Windows or macOS; ``None`` when it is not there.

    Windows: Media Foundation's own order, which the list has, too. macOS: OpenCV sorts the devices by their ids.

    Args:
        device_id: of the list, or a bare number: that one of the list.
        known_devices: ids in the system's order.
        platform: as ``sys.platform``.
    """
    if device_id.isdecimal():
        number = int(device_id)
        return number if number < len(known_devices) else None
    ordered = sorted(known_devices) if platform == "darwin" else list(known_devices)
    return ordered.index(device_id) if device_id in ordered else None


def _wishes(wish: OpenCamera) -> tuple[tuple[str, int], ...]:
    pairs = (
        ("CAP_PROP_FRAME_WIDTH", wish.width),
        ("CAP_PROP_FRAME_HEIGHT", wish.height),
        ("CAP_PROP_FPS", wish.fps),
    )
    return tuple(pair for pair in pairs if pair[1] > 0)
