"""Replays: the finished recordings, listed newest first and found by their words."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from powerstream_desktop.service.store.columns import moment, word
from powerstream_desktop.service.store.ids import checked_id
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.paging import Page, checked_limit, page_of, place_of
from powerstream_desktop.service.store.places import free_place, moment_ms_of
from powerstream_desktop.service.store.search_words import index_query, indexed_words, station_word
from powerstream_desktop.service.store.statements import insert, select, update
from powerstream_desktop.service.store.store_faults import UnknownRecordError

_COLUMNS: Final = (
    *("place", "id", "station_id", "session_id", "user_id", "title", "description", "file", "thumbnail"),
    *("status", "duration_ms", "size_bytes", "recorded_ms"),
)
_SELECT: Final = select("assets", _COLUMNS)
_FOUND: Final = (
    "SELECT rowid FROM asset_words WHERE asset_words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
)
_NEWEST_BETWEEN: Final = "SELECT max(place) FROM assets WHERE place >= ? AND place < ?"


class AssetStatus(StrEnum):
    """How a replay's file is."""

    PROCESSING = "processing"
    """It is still being finished."""
    READY = "ready"
    RECOVERED = "recovered"
    """The process that recorded it died; it was made whole afterwards, and may lack its last second."""
    FAILED = "failed"
    MISSING = "missing"
    """Its file is not where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A replay.

    Attributes:
        session_id: the broadcast it is of; None for one that was imported.
        file: path of its file; None for one that is elsewhere only.
        thumbnail: name of its picture's file; None if it has none.
        recorded_at: when it begins; UTC, whole milliseconds.
    """

    id: str
    station_id: str | None = None
    session_id: str | None = None
    user_id: str | None = None
    title: str
    description: str = ""
    file: str | None = None
    thumbnail: str | None = None
    status: AssetStatus = AssetStatus.READY
    duration_ms: int = 0
    size_bytes: int = 0
    recorded_at: datetime


class Assets:
    """The table of replays and the index of their words; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, asset: Asset) -> Asset:
        """Add a replay, or replace the one of this id, and return it; repeating it changes nothing.

        Raises:
            UserError: its id or its date cannot be one.
        """
        checked_id(asset.id)
        row = self._connection.execute("SELECT place FROM assets WHERE id = ?", (asset.id,)).fetchone()
        recorded_ms = to_ms(asset.recorded_at)
        if row is not None and moment_ms_of(row[0]) == recorded_ms:
            place = row[0]
        else:
            place = free_place(self._connection, _NEWEST_BETWEEN, recorded_ms)
        values = (
            *(place, asset.id, asset.station_id, asset.session_id, asset.user_id, asset.title),
            *(asset.description, asset.file, asset.thumbnail, asset.status),
            *(asset.duration_ms, asset.size_bytes, recorded_ms),
        )
        if row is None:
            self._connection.execute(insert("assets", _COLUMNS), values)
        else:
            self._connection.execute(update("assets", _COLUMNS), (*values, asset.id))
            self._connection.execute("DELETE FROM asset_words WHERE rowid = ?", row)
        station = "" if asset.station_id is None else station_word(asset.station_id)
        self._connection.execute(
            "INSERT INTO asset_words (rowid, title, description, station) VALUES (?, ?, ?, ?)",
            (place, indexed_words(asset.title), indexed_words(asset.description), station),
        )
        return self.get(asset.id)

    def get(self, asset_id: str) -> Asset:
        """Return one replay; UnknownRecordError if there is none of that id."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (asset_id,)).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such replay.", hint="Reload the list of replays.")
        return _asset(row)

    def of_session(self, session_id: str) -> tuple[Asset, ...]:
        """Return the replays of a session, the oldest first."""
        rows = self._connection.execute(f"{_SELECT} WHERE session_id = ? ORDER BY place", (session_id,))
        return tuple(_asset(row) for row in rows)

    def page(
        self, *, station_id: str | None = None, words: str = "", limit: int, cursor: str | None = None
    ) -> Page[Asset]:
        """Return replays, newest first.

        Args:
            station_id: only those of a station.
            words: only those whose title or description have all of these, each by its beginning; a text without any letter or
                digit asks for all.
            limit: how many, 1 to 200.
            cursor: of the page before.

        Raises:
            UserError: the limit or the cursor cannot be one.
        """
        place, count = place_of(cursor), checked_limit(limit)
        query = index_query(words, station_id)
        if query is not None:
            found = f"{_SELECT} WHERE place IN ({_FOUND}) ORDER BY place DESC"
            rows = self._connection.execute(found, (query, place, count + 1)).fetchall()
        elif station_id is not None:
            of_station = f"{_SELECT} WHERE station_id = ? AND place < ? ORDER BY place DESC LIMIT ?"
            rows = self._connection.execute(of_station, (station_id, place, count + 1)).fetchall()
        else:
            every = f"{_SELECT} WHERE place < ? ORDER BY place DESC LIMIT ?"
            rows = self._connection.execute(every, (place, count + 1)).fetchall()
        return page_of([(row[0], _asset(row)) for row in rows], count)

    def remove(self, asset_id: str) -> Asset:
        """Remove a replay's row, with its markers and its upload, and return what it was; its files are the caller's.

        Raises:
            UnknownRecordError: there is none of that id.
        """
        asset = self.get(asset_id)
        self._connection.execute(
            "DELETE FROM asset_words WHERE rowid = (SELECT place FROM assets WHERE id = ?)", (asset_id,)
        )
        # A marker without its replay goes on as its session's, if it has one.
        self._connection.execute(
            "UPDATE markers SET asset_id = NULL WHERE asset_id = ? AND session_id IS NOT NULL", (asset_id,)
        )
        self._connection.execute("DELETE FROM assets WHERE id = ?", (asset_id,))
        return asset


def _asset(row: tuple[Any, ...]) -> Asset:
    column = dict(zip(_COLUMNS, row, strict=True))
    return Asset(
        id=column["id"],
        station_id=column["station_id"],
        session_id=column["session_id"],
        user_id=column["user_id"],
        title=column["title"],
        description=column["description"],
        file=column["file"],
        thumbnail=column["thumbnail"],
        status=word(AssetStatus, column["status"]),
        duration_ms=column["duration_ms"],
        size_bytes=column["size_bytes"],
        recorded_at=moment(column["recorded_ms"]),
    )
