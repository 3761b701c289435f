"""Lists of replays: which ones, in which order, and where a page begins; made into one query. Pure.

Each order has an index that holds all that replays are chosen by, so a page is found there alone; only where words match few replays
are these taken, and sorted. A cursor names the last row by
its place and, where the order is not that of time, by what it is ordered by too: what is added, removed or renamed between two
pages neither repeats a row nor skips another (``paging``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store.moments import nearest_ms
from powerstream_desktop.service.store.paging import checked_limit
from powerstream_desktop.service.store.places import BEHIND_ALL, first_place
from powerstream_desktop.service.store.plain_letters import plain_letters
from powerstream_desktop.service.store.search_words import index_query

TITLE_KEY_CHARACTERS: Final = 64
FEW: Final = 2_000
"""Matches of words that are looked up one by one and then sorted; of more than that an order's index soon finds a page full."""
MAX_CURSOR_CHARACTERS: Final = 1100
"""A place, a dot and the letters that a title is sorted by, four bytes each at most."""
_NUMBER_DIGITS: Final = 16
_DIGITS: Final = frozenset("0123456789abcdef")


class AssetSort(StrEnum):
    """In which order replays are listed."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    LONGEST = "longest"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True)
class _Order:
    """How an order is kept: the index, its key beside the place if there is one, and whether it runs downwards."""

    index: str
    key: str | None
    is_downwards: bool

    @property
    def columns(self) -> str:
        """What SQLite orders by."""
        direction = " DESC" if self.is_downwards else ""
        return ", ".join(f"{each}{direction}" for each in (*([self.key] if self.key else []), "place"))


_ORDERS: Final = {
    AssetSort.NEWEST: _Order("assets_by_time", None, is_downwards=True),
    AssetSort.OLDEST: _Order("assets_by_time", None, is_downwards=False),
    AssetSort.TITLE: _Order("assets_by_title", "title_key", is_downwards=False),
    AssetSort.LONGEST: _Order("assets_by_length", "duration_ms", is_downwards=True),
    AssetSort.LARGEST: _Order("assets_by_size", "size_bytes", is_downwards=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetsWanted:
    """Which replays are wanted.

    Attributes:
        station_id: only those of a station.
        status: only those in this state.
        words: only those whose title, description or markers have all of these, each by its beginning; a text without any letter
            or digit asks for all.
        recorded_from, recorded_before: only those that begin within; wall time with its zone.
        sort: in which order.
    """

    station_id: str | None = None
    status: str | None = None
    words: str = ""
    recorded_from: datetime | None = None
    recorded_before: datetime | None = None
    sort: AssetSort = AssetSort.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A query with its values; that of a page has the columns ``place`` and what the order goes by beside the place."""

    statement: str
    values: tuple[Any, ...]


def title_key(title: str) -> str:
    """Return what a title is sorted by: its first letters, whatever their case and accents."""
    return plain_letters(title)[:TITLE_KEY_CHARACTERS]


def matching(wanted: AssetsWanted) -> Listing | None:
    """Return the query for the places of those with the words that are wanted, or of one more than ``FEW``.

    Returns:
        None if ``listing`` does not need to know them: nobody asks for words, or for the order that the index of words has itself.
    """
    query = index_query(wanted.words, wanted.station_id, wanted.status)
    if query is None or _ORDERS[wanted.sort].key is None:
        return None
    return Listing(
        statement="SELECT rowid FROM asset_words WHERE asset_words MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?",
        values=(query, *_places(wanted), FEW + 1),
    )


def listing(
    wanted: AssetsWanted, limit: int, cursor: str | None, matches: Sequence[int] | None = None
) -> Listing:
    """Return the query for the rows of a page and the one behind it.

    Args:
        wanted: which ones.
        limit: how many, 1 to 200.
        cursor: of the page before.
        matches: what the query of ``matching`` has found, if there is one.

    Raises:
        UserError: limit, cursor or a date cannot be one.
    """
    order, count = _ORDERS[wanted.sort], checked_limit(limit)
    if order.key is None:
        query = index_query(wanted.words, wanted.station_id, wanted.status)
        if query is not None:
            return _search_by_time(query, order, _places(wanted), cursor, count + 1)
    source = f"INDEXED BY {order.index}"
    if matches is not None and len(matches) <= FEW:
        source = "NOT INDEXED"  # but by place
        conditions, values = ["place IN (SELECT value FROM json_each(?))"], [json.dumps(matches)]
    else:
        conditions, values = _conditions(wanted)
        query = index_query(wanted.words)
        if query is not None:
            # The plus keeps SQLite at the order's index: it walks that, and looks each place up among all that match.
            conditions.append("+place IN (SELECT rowid FROM asset_words WHERE asset_words MATCH ?)")
            values.append(query)
    if cursor is not None:
        condition, of_cursor = _behind(order, cursor)
        conditions.append(condition)
        values += of_cursor
    shown = "place" if order.key is None else f"place, {order.key}"
    return Listing(
        statement=f"SELECT {shown} FROM assets {source} WHERE {' AND '.join(conditions)} "  # noqa: S608
        f"ORDER BY {order.columns} LIMIT ?",
        values=(*values, count + 1),
    )


def counting(wanted: AssetsWanted) -> Listing:
    """Return the query for how many are wanted."""
    query = index_query(wanted.words, wanted.station_id, wanted.status)
    if query is not None:
        return Listing(
            statement="SELECT count(*) FROM asset_words WHERE asset_words MATCH ? AND rowid >= ? AND rowid < ?",
            values=(query, *_places(wanted)),
        )
    conditions, values = _conditions(wanted)
    return Listing(
        statement=f"SELECT count(*) FROM assets INDEXED BY assets_by_time WHERE {' AND '.join(conditions)}",  # noqa: S608
        values=tuple(values),
    )


def cursor_of(row: tuple[Any, ...]) -> str:
    """Return the cursor behind a row of a listing."""
    place, *key = row
    if not key:
        return f"{place:x}"
    sorted_by = key[0].encode("utf-8", "surrogatepass").hex() if isinstance(key[0], str) else f"{key[0]:x}"
    return f"{place:x}.{sorted_by}"


def _conditions(wanted: AssetsWanted) -> tuple[list[str], list[Any]]:
    """Return what an index of an order can tell of a replay, but for its words."""
    conditions = ["binned_ms IS NULL", "place >= ?", "place < ?"]
    values: list[Any] = [*_places(wanted)]
    for column, value in (("station_id", wanted.station_id), ("status", wanted.status)):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    return conditions, values


def _places(wanted: AssetsWanted) -> tuple[int, int]:
    """Return the first place that is wanted, and the one before which they end."""
    since, before = wanted.recorded_from, wanted.recorded_before
    return (
        0 if since is None else first_place(nearest_ms(since)),
        BEHIND_ALL if before is None else first_place(nearest_ms(before)),
    )


def _search_by_time(
    query: str, order: _Order, places: tuple[int, int], cursor: str | None, count: int
) -> Listing:
    """Return the query that the index of words answers alone, because it is sorted by place itself."""
    since, before = places
    if cursor is not None:
        place = _number(cursor)
        since, before = (since, min(before, place)) if order.is_downwards else (max(since, place + 1), before)
    return Listing(
        statement="SELECT rowid FROM asset_words WHERE asset_words MATCH ? AND rowid >= ? AND rowid < ? "  # noqa: S608
        f"ORDER BY rowid{' DESC' if order.is_downwards else ''} LIMIT ?",
        values=(query, since, before, count),
    )


def _behind(order: _Order, cursor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the condition for what comes behind a cursor."""
    sign = "<" if order.is_downwards else ">"
    if order.key is None:
        return f"place {sign} ?", (_number(cursor),)
    place, _, key = cursor.partition(".")
    return f"({order.key}, place) {sign} (?, ?)", (_key(order, key), _number(place))


def _key(order: _Order, text: str) -> str | int:
    if order.key != "title_key":
        return _number(text)
    try:
        return bytes.fromhex(text).decode("utf-8", "surrogatepass")
    except ValueError:
        raise _no_cursor() from None


def _number(text: str) -> int:
    if not 0 < len(text) <= _NUMBER_DIGITS or not _DIGITS.issuperset(text):
        raise _no_cursor()
    return min(int(text, 16), BEHIND_ALL)


def _no_cursor() -> UserError:
    return UserError("This is not a place in the list.", hint="Begin again with the first page.")
