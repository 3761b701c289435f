"""What the rules look at in a request, taken from ASGI's scope once."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """One request, or the beginning of a WebSocket.

    Attributes:
        method: in capitals; ``GET`` for a WebSocket.
        path: decoded; without the query, which no rule ever looks at.
        headers: names in small letters, in the order they came, each as often as it came.
        is_from_here: it came from this very computer.
    """

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    is_from_here: bool = True

    @classmethod
    def of(cls, scope: Mapping[str, Any]) -> RequestFacts:
        """Return the facts of an ASGI scope of type ``http`` or ``websocket``."""
        raw: Iterable[tuple[bytes, bytes]] = scope["headers"]
        return cls(
            method=scope.get("method", "GET"),
            path=scope["path"],
            headers=tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw),
            is_from_here=_is_loopback(scope.get("client")),
        )

    def values(self, name: str) -> tuple[str, ...]:
        """Return what a header says, as often as it was sent."""
        return tuple(value for each, value in self.headers if each == name)

    @property
    def changes_something(self) -> bool:
        """A method that is not made for looking; also those that nobody knows."""
        return self.method not in _SAFE_METHODS

    @property
    def header_bytes(self) -> int:
        """Length of all names and values."""
        return sum(len(name) + len(value) for name, value in self.headers)


def _is_loopback(client: object) -> bool:
    if not isinstance(client, tuple | list) or not client:
        return False
    try:
        return ipaddress.ip_address(str(client[0])).is_loopback
    except ValueError:
        return False
