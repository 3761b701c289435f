"""Identifiers of rows: ULIDs, so that they sort by the time they were made and cannot be guessed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store.moments import to_ms

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS: Final = 26
_RANDOM_BITS: Final = 80
_ACCEPTED: Final = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


def new_id(now: datetime, random_bits: Callable[[int], int] = secrets.randbits) -> str:
    """Return an identifier that nobody has: 48 bits of milliseconds, then 80 random ones, as 26 characters."""
    number = to_ms(now) << _RANDOM_BITS | random_bits(_RANDOM_BITS)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_CHARACTERS - 1), -1, -5))


def checked_id(text: str) -> str:
    """Return an identifier that somebody else made, if it can be one: it ends up in URLs and in names of files.

    Raises:
        UserError: it has other characters than ASCII letters, digits, ``_`` and ``-``, or is empty or longer than 64.
    """
    if not _ACCEPTED.fullmatch(text):
        raise UserError(
            "This is not an identifier.",
            hint="Use 1 to 64 letters, digits, hyphens and underscores; a ULID or UUID is best.",
        )
    return text
