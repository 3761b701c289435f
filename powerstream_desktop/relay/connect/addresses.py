"""The addresses that were good before: what a destination goes by while DNS is broken (reliability_security.md 2.5, F07).

A name server that fails in the middle of a broadcast must not keep a platform from being reached whose address is known. The
memory is of this process and never asked while DNS answers, so a platform that moves is followed. That the right server is
at the other end is TLS's business, which still checks the name.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final, TypeAlias

Address: TypeAlias = tuple[int, int, int, Any]
"""Family, type, protocol and the family's own form of address."""

GOOD_FOR_S: Final = 24 * 3600.0
MAX_HOSTS: Final = 64
MAX_ADDRESSES: Final = 4
"""Of one host; more than one, lest a hotel's network that answers for everybody pushes out the true one."""


class GoodAddresses:
    """Addresses that accepted a connection, the newest first. Pure; told the time (monotonic seconds)."""

    def __init__(self) -> None:
        self._hosts: OrderedDict[tuple[str, int], dict[Address, float]] = OrderedDict()

    def note(self, host: str, port: int, address: Address, now: float) -> None:
        """Remember that ``address`` has just accepted a connection to this host."""
        known = self._hosts.setdefault((host, port), {})
        known.pop(address, None)
        known[address] = now
        while len(known) > MAX_ADDRESSES:
            del known[next(iter(known))]
        self._hosts.move_to_end((host, port))
        while len(self._hosts) > MAX_HOSTS:
            self._hosts.popitem(last=False)

    def recall(self, host: str, port: int, now: float) -> tuple[Address, ...]:
        """Return the addresses of a host that were good within the last 24 hours, the newest first."""
        known = self._hosts.get((host, port), {})
        return tuple(address for address, at in reversed(known.items()) if now - at <= GOOD_FOR_S)


OF_THIS_PROCESS: Final = GoodAddresses()
"""Used by the one event loop that makes connections, and by no other thread."""
