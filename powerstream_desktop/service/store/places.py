"""Places in time: one number per row by which sessions and replays are sorted, paged and searched.

A place is the row's time in milliseconds with room for a million rows within each. It is the table's own key (its rowid), and
that of the search index too: the newest come first without sorting anything, a page continues where the last one ended without
counting what came before it, and both in the search as in the list (ADR 0012).
"""

from __future__ import annotations

import sqlite3
from typing import Final

from powerstream_desktop.common.errors import UserError

_BITS_WITHIN_MS: Final = 20
BEHIND_ALL: Final = 2**63 - 1
"""Newer than every place there is: where the first page begins."""


def free_place(connection: sqlite3.Connection, newest_between: str, moment_ms: int) -> int:
    """Return the place for one more row of this millisecond.

    Args:
        connection: within a transaction that adds the row.
        newest_between: the query for the newest place from one to before another.
        moment_ms: since 1970.

    Raises:
        UserError: a million rows have that time.
    """
    first, behind = first_place(moment_ms), first_place(moment_ms + 1)
    (newest,) = connection.execute(newest_between, (first, behind)).fetchone()
    place: int = first if newest is None else newest + 1
    if place >= behind:
        raise UserError("Too many items have exactly the same time.", hint="Give them different times.")
    return place


def first_place(moment_ms: int) -> int:
    """Return the first place of a millisecond since 1970."""
    return moment_ms << _BITS_WITHIN_MS


def moment_ms_of(place: int) -> int:
    """Return the milliseconds since 1970 that a place stands for."""
    return place >> _BITS_WITHIN_MS
