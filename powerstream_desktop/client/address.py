"""Where the service is. It may change from one request to the next: a service that was restarted has another token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import find_service

_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/=-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A service and what opens it.

    Attributes:
        url: such as ``http://127.0.0.1:5001``.
        token: sent in a header, never in an address; empty before this device was let in.
    """

    url: str
    token: Secret

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")) or "@" in self.url:
            raise UserError(
                "This is not the address of a service.", hint="Give one like http://127.0.0.1:5001."
            )
        if self.token and _TOKEN.fullmatch(self.token.reveal()) is None:
            # What sends it would otherwise refuse it in words that quote it.
            raise UserError("This is not a token.", hint="Copy it again, without spaces and line ends.")

    @property
    def authorization(self) -> dict[str, str]:
        """The header that shows the token, in the clear: for a connection to this address only."""
        return {"Authorization": f"Bearer {self.token.reveal()}"} if self.token else {}


class Whereabouts(Protocol):
    """Knows where the service is."""

    def address(self) -> Address | None:
        """Return where it is at this moment; None while none runs."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAddress:
    """A service whose address was given, such as that of another computer.

    Attributes:
        known: the address.
    """

    known: Address

    def address(self) -> Address | None:
        """Return what was given."""
        return self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAddress:
    """The service of this user's home.

    It is looked up for every request, which costs a tenth of a millisecond: who has taken the port of a service that died is sent no token.

    Attributes:
        runtime: the runtime folder.
    """

    runtime: Path

    def address(self) -> Address | None:
        """Return where it is, by ``service.json`` and the home's lock; SystemFault if that file cannot be trusted."""
        found = find_service(self.runtime)
        return None if found is None else Address(url=found.url.rstrip("/"), token=found.token)
