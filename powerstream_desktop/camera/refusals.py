"""The one place where it is said in plain words why a camera gives no picture.

OpenCV itself tells nothing but that it failed.
"""

from __future__ import annotations

from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.errors import PeerError, PowerStreamError, SystemFault, UserError


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
