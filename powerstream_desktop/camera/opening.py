"""Opens cameras with OpenCV, and says in plain words why one cannot be opened.

OpenCV tells nothing but that it failed; what can be known beforehand (no such device, no such file) is looked up first.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.camera.linux_devices import find_linux_camera, read_cameras
from powerstream_desktop.camera.opencv import cv2, opening_options
from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.camera_protocol import OpenCamera
from powerstream_desktop.common.errors import PeerError, PowerStreamError, SystemFault, UserError

OPEN_TIMEOUT_S: Final = 5.0
"""For a camera in the network to answer; a device takes as long as its driver likes."""
READ_TIMEOUT_S: Final = 2.5
"""Without a picture for so long a camera counts as lost; an exposure never takes that long."""

_OPTIONS: Final = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
_DEVICE_TIMEOUT: Final = "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"
"""Whole seconds for which OpenCV waits for a device's next picture."""

# What FFmpeg may reach by itself: what a file or a server says never leads anywhere else.
_FILE_ONLY: Final = "protocol_whitelist;file"
_HTTP_ONLY: Final = "protocol_whitelist;http,https,tcp,tls|fflags;nobuffer|flags;low_delay"
_RTSP_ONLY: Final = (
    "protocol_whitelist;rtsp,rtsps,rtp,srtp,udp,tcp,tls|rtsp_transport;tcp|fflags;nobuffer|flags;low_delay"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What to hand to OpenCV.

    Attributes:
        source: a name, or the number of a device.
        backend: which of OpenCV's ways to read it.
        parameters: pairs of property and value.
        options: environment while it is being opened.
    """

    source: str | int
    backend: int
    parameters: tuple[int, ...]
    options: Mapping[str, str]


def open_camera(address: CameraAddress, wish: OpenCamera, *, root: Path = Path("/")) -> cv2.VideoCapture:
    """Open a camera; blocks for as long as the driver or the network needs.

    Args:
        address: of the camera.
        wish: size and rate to ask for, and the devices where they are known by number.
        root: of the file system in which devices are looked up.

    Raises:
        PowerStreamError: it cannot be opened.
    """
    target = target_of(address, wish, root=root)
    with opening_options(target.options):
        try:
            capture = cv2.VideoCapture(target.source, target.backend, target.parameters)
        except cv2.error as error:
            raise refusal(address, detail=_without_address(error, address)) from error
    if not capture.isOpened():
        raise refusal(address)
    return capture


def target_of(
    address: CameraAddress, wish: OpenCamera, *, platform: str = sys.platform, root: Path = Path("/")
) -> Target:
    """Find what OpenCV has to be handed for an address.

    Raises:
        PowerStreamError: there is no such device or file.
    """
    match address.kind:
        case AddressKind.DEVICE:
            return _device_target(address, wish, platform, root)
        case AddressKind.FILE:
            path = Path(address.text)
            if not path.is_file():
                raise UserError(f"There is no file {address.display!r}.", hint="Check the path.")
            parameters = (cv2.CAP_PROP_N_THREADS, 1)
            return Target(str(path), cv2.CAP_FFMPEG, parameters, {_OPTIONS: _FILE_ONLY})
        case AddressKind.NETWORK:
            options = _HTTP_ONLY if address.text.lower().startswith("http") else _RTSP_ONLY
            in_network = (
                # Decoding on several threads would hold back as many pictures.
                *(cv2.CAP_PROP_N_THREADS, 1),
                *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(OPEN_TIMEOUT_S * 1000)),
                *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(READ_TIMEOUT_S * 1000)),
            )
            return Target(address.text, cv2.CAP_FFMPEG, in_network, {_OPTIONS: options})


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


def refusal(address: CameraAddress, *, detail: str = "") -> PowerStreamError:
    """Explain that a camera is there but cannot be opened."""
    match address.kind:
        case AddressKind.DEVICE:
            return SystemFault(
                "The camera cannot be opened.",
                hint="Close other programs that use it, and check that this user may use cameras.",
                detail=detail,
            )
        case AddressKind.FILE:
            return UserError(
                f"The file {address.display!r} cannot be played as a camera.",
                hint="Try to play it in a player first.",
                detail=detail,
            )
        case AddressKind.NETWORK:
            return PeerError(
                f"The camera at {address.display} does not answer.",
                code="camera-unreachable",
                hint="Check that it is on, and its address, user name and password.",
                detail=detail,
            )


def loss(address: CameraAddress, *, detail: str = "") -> PowerStreamError:
    """Explain that a camera that was open gives no more pictures."""
    match address.kind:
        case AddressKind.DEVICE:
            return SystemFault("The camera stopped giving pictures.", hint="Check its cable.", detail=detail)
        case AddressKind.FILE:
            return SystemFault(f"The file {address.display!r} cannot be read any more.", detail=detail)
        case AddressKind.NETWORK:
            return PeerError(
                f"The camera at {address.display} stopped sending.",
                code="camera-lost",
                hint="Check that it is on and connected.",
                detail=detail,
            )


def _device_target(address: CameraAddress, wish: OpenCamera, platform: str, root: Path) -> Target:
    if platform == "linux":
        camera = find_linux_camera(address.text, read_cameras(root))
        if camera is None:
            raise _not_connected()
        node = str(root / f"dev/video{camera.number}")
        options = {_DEVICE_TIMEOUT: str(max(1, round(READ_TIMEOUT_S)))}
        # Uncompressed, USB 2 carries no more than ten pictures of 1280x720 a second; so ask for JPEG before the size.
        jpeg = (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        return Target(node, cv2.CAP_V4L2, (*jpeg, *_wishes(wish)), options)
    number = opencv_number(address.text, wish.known_devices, platform)
    if number is None:
        raise _not_connected()
    backend = cv2.CAP_AVFOUNDATION if platform == "darwin" else cv2.CAP_MSMF
    return Target(number, backend, _wishes(wish), {})


def _wishes(wish: OpenCamera) -> tuple[int, ...]:
    pairs = (
        (cv2.CAP_PROP_FRAME_WIDTH, wish.width),
        (cv2.CAP_PROP_FRAME_HEIGHT, wish.height),
        (cv2.CAP_PROP_FPS, wish.fps),
    )
    return tuple(number for pair in pairs if pair[1] > 0 for number in pair)


def _not_connected() -> PowerStreamError:
    return SystemFault("The camera is not connected.", hint="Plug it in; it is used as soon as it is there.")


def _without_address(error: Exception, address: CameraAddress) -> str:
    return f"{type(error).__name__}: {error}".replace(address.text, address.display)
