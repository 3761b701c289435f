"""Tickets: each lets whoever has it watch one replay from this computer, for some hours, and nothing else.

A player takes an address and no headers, and what stands in an address is written down by others: in FFmpeg's log, in Qt's messages.
So it is no token that stands there. Pure: told the time, in Unix seconds.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

GOOD_FOR_S: Final = 12 * 3600
"""A film can be watched to its end, with a meal in between."""
_KEY_BYTES: Final = 32
_TICKET: Final = re.compile(r"([0-9A-Za-z_-]{1,64})\.([0-9a-f]{1,12})\.([0-9a-f]{64})")


def new_tickets() -> FilmTickets:
    """Return those of a run that begins."""
    return FilmTickets(secrets.token_bytes(_KEY_BYTES))


class FilmTickets:
    """Gives them, and knows them again. They end with the run.

    Args:
        key: 32 bytes that nobody else has.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def ticket(self, asset_id: str, unix_s: float) -> str:
        """Return a ticket for a replay."""
        words = f"{asset_id}.{int(unix_s) + GOOD_FOR_S:x}"
        return f"{words}.{self._seal(words)}"

    def asset_of(self, ticket: str, unix_s: float) -> str | None:
        """Return which replay a ticket is for; None if it is none, or good no longer."""
        match = _TICKET.fullmatch(ticket)
        if match is None:
            return None
        asset_id, until, seal = match.groups()
        if not hmac.compare_digest(seal, self._seal(f"{asset_id}.{until}")):
            return None
        return asset_id if unix_s < int(until, 16) else None

    def _seal(self, words: str) -> str:
        return hmac.new(self._key, words.encode(), hashlib.sha256).hexdigest()
