"""What is to be opened as a camera: a device by its stable name, a media file, or a camera in the network.

The address of a network camera often holds a password, and not only where a URL has one (``?pwd=``): it is secret as a whole,
and people see its scheme and host alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.text import printable_text

NETWORK_SCHEMES: Final = frozenset({"http", "https", "rtsp", "rtsps"})
_WINDOWS_DEVICE: Final = "\\\\?\\"
"""How Windows begins the names of its devices; to ``Path`` they look like files."""
_SHOWN_CHARACTERS: Final = 60


class AddressKind(StrEnum):
    """What kind of thing an address leads to."""

    DEVICE = "device"
    FILE = "file"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """An address, and how it may be shown.

    Attributes:
        kind: what it leads to.
        text: the address itself; not part of the value's ``repr``.
        display: for people and logs; holds no secret.
    """

    kind: AddressKind
    text: str = field(repr=False)
    display: str

    @classmethod
    def parse(cls, text: str) -> CameraAddress:
        """Understand the ``device`` of a camera source.

        Args:
            text: an address with a scheme, the full path of a file, or else the stable name of a device; a bare number is
                the device of that number.

        Raises:
            UserError: it is empty, or its scheme is none that a camera speaks.
        """
        if not text.strip() or "\0" in text:
            raise UserError("No camera was named.", hint="Choose one from the list.")
        scheme, separator, _ = text.partition("://")
        if separator:
            return cls._of_network(scheme.lower(), text)
        if not text.startswith(_WINDOWS_DEVICE) and Path(text).is_absolute():
            return cls(AddressKind.FILE, text, _short(Path(text).name or text))
        return cls(AddressKind.DEVICE, text, _short(text))

    @classmethod
    def _of_network(cls, scheme: str, text: str) -> CameraAddress:
        if scheme not in NETWORK_SCHEMES:
            raise UserError(
                f"A camera cannot be reached by {_short(scheme)!r}.",
                hint="Addresses of cameras begin with http://, https:// or rtsp://.",
            )
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not host:
            raise UserError("The address of the camera names no host.", hint="Write rtsp://HOST/PATH.")
        # To make a secret is to have it struck out of every log from then on.
        password = parts.password or ""
        for secret in (text, password, unquote(password)):
            Secret(secret)
        shown_host = f"[{host}]" if ":" in host else host
        shown_port = f":{port}" if port else ""
        return cls(AddressKind.NETWORK, text, _short(f"{scheme}://{shown_host}{shown_port}"))


def _short(text: str) -> str:
    return printable_text(text[:_SHOWN_CHARACTERS])
