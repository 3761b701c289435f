"""The one place where it is said in plain words why a camera gives no picture.

OpenCV itself tells nothing but that it failed, and where. Its own words go nowhere: they quote what was to be opened, in
whatever spelling, and the address of a network camera may hold a password (reliability_security.md 3.9).
"""

from __future__ import annotations

import re
from typing import Final

from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.errors import PeerError, PowerStreamError, SystemFault, UserError

_FUNCTION: Final = re.compile(r"[\w:~<>]{1,100}")
"""What the name of a function in C++ looks like; an address has a slash."""


def not_connected() -> PowerStreamError:
    """Explain that a device is not there."""
    return SystemFault("The camera is not connected.", hint="Plug it in; it is used as soon as it is there.")


def no_file(address: CameraAddress) -> PowerStreamError:
    """Explain that a file is not there."""
    return UserError(f"There is no file {address.display!r}.", hint="Check the path.")


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


def opencv_detail(error: Exception) -> str:
    """Return what a log may hold of an error of OpenCV: its number and the function that raised it.

    Args:
        error: a ``cv2.error``; both are missing from one that was raised in Python.
    """
    code, function = getattr(error, "code", None), getattr(error, "func", None)
    number = f" {code}" if isinstance(code, int) else ""
    place = f" in {function}" if isinstance(function, str) and _FUNCTION.fullmatch(function) else ""
    return f"OpenCV's error{number}{place}."
