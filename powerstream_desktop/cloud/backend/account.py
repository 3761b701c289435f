"""Whose replays at which server: everything that is asked carries it, so that no two accounts ever mix (V34)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from powerstream_desktop.common.errors import UserError

_MAX_ADDRESS: Final = 500
_MAX_NAME: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account at a server.

    Attributes:
        url: of the server, without a slash at its end.
        name: tells accounts at one server apart; made anew with each login.
    """

    url: str
    name: str

    @classmethod
    def at(cls, address: str, name: str) -> Self:
        """Return the account of a name at an address.

        Raises:
            UserError: it is no address of a server that may be given a token (reliability_security.md 3.6).
        """
        return cls(url=server_url(address), name=name[:_MAX_NAME])


def server_url(address: str) -> str:
    """Return a server's address as it is used: ``https``, or ``http`` to this very computer, without anything that hides in it.

    Raises:
        UserError: it is none.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _no_address() from None
    host = parts.hostname or ""
    is_plain = address.isascii() and address.isprintable() and " " not in address and "\\" not in address
    has_more = bool(parts.query or parts.fragment or "@" in parts.netloc)
    if not is_plain or has_more or not host or len(address) > _MAX_ADDRESS or port == 0:
        raise _no_address()
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_computer(host)):
        raise UserError(
            "A server is asked by https only.",
            hint="Give an address that begins with https://.",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _no_address() -> UserError:
    return UserError(
        "This is not the address of a PowerStream server.",
        hint="Give one like https://powerstream.example.com.",
    )
