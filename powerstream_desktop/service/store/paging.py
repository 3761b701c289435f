"""Pages of a long list, newest first; a cursor says where the next one begins.

A cursor names a place in time, not a count: what is added or removed between two pages neither repeats a row nor skips one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store.places import BEHIND_ALL

MAX_LIMIT: Final = 200
DEFAULT_LIMIT: Final = 50

_MAX_DIGITS: Final = 16
_DIGITS: Final = frozenset("0123456789abcdef")

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[RowT]):
    """A page of a list.

    Attributes:
        rows: newest first.
        next_cursor: for the page after this one; None when this is the last.
    """

    rows: tuple[RowT, ...]
    next_cursor: str | None


def checked_limit(limit: int) -> int:
    """Return how many rows a page has.

    Raises:
        UserError: it is not between 1 and ``MAX_LIMIT``.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise UserError(f"A page cannot have {limit} entries.", hint=f"Ask for 1 to {MAX_LIMIT}.")
    return limit


def place_of(cursor: str | None) -> int:
    """Return the place before which a page begins.

    Raises:
        UserError: no page ever gave this cursor.
    """
    if cursor is None:
        return BEHIND_ALL
    if not 0 < len(cursor) <= _MAX_DIGITS or not _DIGITS.issuperset(cursor):
        raise UserError("This is not a place in the list.", hint="Begin again with the first page.")
    return min(int(cursor, 16), BEHIND_ALL)


def page_of(rows: Sequence[tuple[int, RowT]], limit: int) -> Page[RowT]:
    """Make a page of rows with their places; there is a next one if there are more than ``limit``."""
    shown = rows[:limit]
    has_more = len(rows) > limit
    return Page(rows=tuple(row for _, row in shown), next_cursor=f"{shown[-1][0]:x}" if has_more else None)
