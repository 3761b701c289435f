"""Letting other devices in, and putting them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words, read_answer
from powerstream_desktop.client.request import Request, path_of
from powerstream_desktop.common.secrets import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDevice:
    """A device that was let in.

    Attributes:
        scope: ``read`` or ``control``.
    """

    words: Words
    id: str
    name: str
    scope: str
    paired_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingStatus:
    """How pairing stands.

    Attributes:
        state: ``closed``, ``open``, ``paired``, ``spent`` or ``expired``.
        seconds_left: until the code is worth nothing; 0 unless it is open.
    """

    words: Words
    state: str
    seconds_left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPairing:
    """Pairing is open.

    Attributes:
        code: to be typed on the other device; told this once.
        seconds_left: until it is worth nothing.
    """

    code: Secret
    seconds_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDoor:
    """How the door to the network stands.

    Attributes:
        urls: where devices come to.
        fingerprint: SHA-256 of the certificate, for the device to compare; empty before there is one.
        trouble: why it is not open although it is wanted, and what to do; empty otherwise.
    """

    words: Words
    is_wanted: bool
    is_open: bool
    urls: tuple[str, ...] = ()
    fingerprint: str = ""
    trouble: str = ""


class Access:
    """The routes of ``/api/access``; all need a token that allows everything. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def open_pairing(self, scope: str = "control") -> OpenPairing:
        """Let one device in, for two minutes; makes an earlier code worthless.

        Args:
            scope: what it may do: ``read`` or ``control``.
        """
        words = self._link.ask(Request(method="POST", path=_path("pairing"), body={"scope": scope}))
        code, seconds_left = words.get("code"), words.get("secondsLeft")
        if not isinstance(code, str) or not isinstance(seconds_left, int):
            raise BadAnswerError("The service told no code.", hint="Try again.")
        return OpenPairing(code=Secret(code), seconds_left=seconds_left)

    def pairing(self) -> PairingStatus:
        """Return how pairing stands."""
        return self._link.read(Request(method="GET", path=_path("pairing")), PairingStatus)

    def close_pairing(self) -> None:
        """Let nobody in any more."""
        self._link.ask(Request(method="DELETE", path=_path("pairing")))

    def network(self) -> NetworkDoor:
        """Return whether devices of the network can come in; settings open and close that door."""
        return self._link.read(Request(method="GET", path=_path("lan")), NetworkDoor)

    def devices(self) -> tuple[PairedDevice, ...]:
        """Return the devices that were let in, the oldest first."""
        return self._link.read_all(Request(method="GET", path=_path("devices")), PairedDevice, "devices")

    def put_out(self, device_id: str) -> None:
        """Put a device out; its token is worth nothing from then on."""
        self._link.ask(Request(method="DELETE", path=_path("devices", device_id)))

    def rotate(self) -> None:
        """Sign tokens with a new key; those that were given out stay good until they end."""
        self._link.ask(Request(method="POST", path=_path("rotate"), body={}))

    def pair(self, code: Secret, name: str) -> tuple[Secret, PairedDevice]:
        """Be let in by the code that the other computer shows; return the token, told this once, and what it is good for."""
        body = {"code": code, "name": name}
        words = self._link.ask(Request(method="POST", path=_path("pair"), body=body))
        token = words.get("token")
        if not isinstance(token, str):
            raise BadAnswerError("The service told no token.", hint="Try again.")
        return Secret(token), read_answer(PairedDevice, words.get("device"), "device")


def _path(*parts: str) -> str:
    return path_of("access", *parts)
