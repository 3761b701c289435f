"""What a token must allow for a route (DESIGN 7). Pure; what is not named here needs a token, so that a new route is never open."""

from __future__ import annotations

from enum import Enum
from typing import Final

from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.scope import Scope

PAIRING: Final = "/api/access/pair"
"""The one thing that may be changed without a token: it takes the code that the window shows."""
_OPEN_READS: Final = frozenset({"/api/live/health", "/api/live/status"})
_ADMIN: Final = "/api/access/"
IMPORT: Final = "/api/vod/import"
"""Names files of this computer, which are nothing that a paired device is to choose."""
_OWNERS: Final = frozenset({IMPORT, "/api/cloud/test", "/api/cloud/credentials", "/api/cloud/backend"})
"""What else decides where files of this computer go, or has it speak to whom the caller names."""
_PLAYBACK: Final = ("/live/", "/watch/")
"""For players on this computer, which send no headers; what is watched by a ticket is judged by that (ADR 0028)."""


class Reach(Enum):
    """Who can come to a door."""

    THIS_COMPUTER = "this-computer"
    NETWORK = "network"


def needed_scope(facts: RequestFacts, reach: Reach = Reach.THIS_COMPUTER) -> Scope | None:
    """Return what a request needs, ``None`` for nothing at all; from the network only pairing needs nothing."""
    if facts.path == PAIRING and facts.method == "POST":
        return None
    if facts.path.startswith(_ADMIN) or facts.path in _OWNERS:
        return Scope.ADMIN
    if facts.changes_something:
        return Scope.CONTROL
    if reach is Reach.NETWORK:
        return Scope.READ
    if facts.path in _OPEN_READS or (facts.path.startswith(_PLAYBACK) and facts.is_from_here):
        return None
    return Scope.READ
