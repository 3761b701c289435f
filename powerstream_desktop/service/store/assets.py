"""Replays: the finished recordings and what was cut from them or came from elsewhere, listed in several orders and found by words."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from powerstream_desktop.service.store.asset_gaps import (
    AssetGap,
    DestinationGap,
    packed_gaps,
    unpacked_gaps,
)
from powerstream_desktop.service.store.asset_listing import (
    AssetsWanted,
    counting,
    cursor_of,
    listing,
    matching,
    title_key,
)
from powerstream_desktop.service.store.asset_words import AssetWords
from powerstream_desktop.service.store.columns import moment, word
from powerstream_desktop.service.store.ids import checked_id
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.paging import Page
from powerstream_desktop.service.store.places import free_place, moment_ms_of
from powerstream_desktop.service.store.statements import insert, select, update
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError, damaged

_COLUMNS: Final = (
    *("place", "id", "station_id", "session_id", "user_id", "title", "description", "file", "thumbnail"),
    *("status", "duration_ms", "size_bytes", "recorded_ms", "width", "height", "fps", "video_codec"),
    *("audio_codec", "sha256", "is_pinned", "clip_of", "clip_start_ms", "clip_end_ms", "gaps"),
    *("destination_gaps", "title_key", "video_link", "thumbnail_link"),
)
_SELECT: Final = select("assets", _COLUMNS)
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
class ClipSource:
    """The piece of another replay that a clip is.

    Attributes:
        asset_id: of the other one, which may be gone by now.
        start_ms, end_ms: from its begin.
    """

    asset_id: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A replay.

    Attributes:
        session_id: the broadcast it is of; None for one that was imported.
        file: path of its file; None for one that is elsewhere only.
        thumbnail: name of its picture's file; None if it has none.
        recorded_at: when it begins; UTC, whole milliseconds.
        width, height: of the pictures, in pixels; None while nobody has looked, or without pictures.
        fps: pictures a second.
        video_codec, audio_codec: as FFmpeg calls them, such as ``h264`` and ``aac``.
        sha256: of the file, in 64 hexadecimal digits; None while it is not known.
        is_pinned: no rule ever takes it.
        clip_of: where it was cut from; None if it is no clip.
        gaps: what the file lacks, oldest first.
        destination_gaps: what destinations did not get of it, oldest first.
        video_link, thumbnail_link: where film and picture are elsewhere, as who registered it has told; https.
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
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    sha256: str | None = None
    is_pinned: bool = False
    clip_of: ClipSource | None = None
    gaps: tuple[AssetGap, ...] = ()
    destination_gaps: tuple[DestinationGap, ...] = ()
    video_link: str | None = None
    thumbnail_link: str | None = None


class Assets:
    """The table of replays and the index of their words; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words = AssetWords(connection)

    def put(self, asset: Asset) -> Asset:
        """Add a replay, or replace the one of this id, and return it; repeating it changes nothing.

        Raises:
            ConflictError: the one of this id lies in the bin.
            UserError: its id or its date cannot be one.
        """
        checked_id(asset.id)
        row = self._connection.execute(
            "SELECT place, binned_ms FROM assets WHERE id = ?", (asset.id,)
        ).fetchone()
        if row is not None and row[1] is not None:
            raise ConflictError("This replay lies in the bin.", hint="Take it out, or wait a minute.")
        recorded_ms = to_ms(asset.recorded_at)
        if row is not None and moment_ms_of(row[0]) == recorded_ms:
            place = row[0]
        else:
            place = free_place(self._connection, _NEWEST_BETWEEN, recorded_ms)
        values = _values(asset, place)
        if row is None:
            self._connection.execute(insert("assets", _COLUMNS), values)
        else:
            self._connection.execute(update("assets", _COLUMNS), (*values, asset.id))
            self._words.forget(row[0])
        self._words.write(asset.id)
        return self.get(asset.id)

    def get(self, asset_id: str) -> Asset:
        """Return one replay; UnknownRecordError if there is none of that id, or it lies in the bin."""
        row = self._connection.execute(
            f"{_SELECT} WHERE id = ? AND binned_ms IS NULL", (asset_id,)
        ).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such replay.", hint="Reload the list of replays.")
        return _asset(row)

    def title(self, asset_id: str) -> str:
        """Return what a replay is called; empty if there is none of this id."""
        row = self._connection.execute("SELECT title FROM assets WHERE id = ?", (asset_id,)).fetchone()
        return "" if row is None else str(row[0])

    def of_session(self, session_id: str) -> tuple[Asset, ...]:
        """Return the replays of a session, the oldest first."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE session_id = ? AND binned_ms IS NULL ORDER BY place", (session_id,)
        )
        return tuple(_asset(row) for row in rows)

    def with_files(self) -> tuple[Asset, ...]:
        """Return the replays whose files are here, the oldest first."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE file IS NOT NULL AND binned_ms IS NULL AND status IN (?, ?) ORDER BY place",
            (AssetStatus.READY, AssetStatus.RECOVERED),
        )
        return tuple(_asset(row) for row in rows)

    def page(self, wanted: AssetsWanted, *, limit: int, cursor: str | None = None) -> Page[Asset]:
        """Return replays in the order that is wanted.

        Args:
            wanted: which ones.
            limit: how many, 1 to 200.
            cursor: of the page before.

        Raises:
            UserError: the limit, the cursor or a date cannot be one.
        """
        words, matches = matching(wanted), None
        if words is not None:
            matches = [place for (place,) in self._connection.execute(words.statement, words.values)]
        query = listing(wanted, limit, cursor, matches)
        found = self._connection.execute(query.statement, query.values).fetchall()
        shown = found[:limit]
        marks = ", ".join("?" for _ in shown)
        rows = self._connection.execute(
            f"{_SELECT} WHERE place IN ({marks})", tuple(place for place, *_ in shown)
        )
        by_place = {row[0]: _asset(row) for row in rows}
        if len(by_place) < len(shown):
            raise damaged("an index names a row that is not there")
        return Page(
            rows=tuple(by_place[place] for place, *_ in shown),
            next_cursor=cursor_of(shown[-1]) if len(found) > limit else None,
        )

    def count(self, wanted: AssetsWanted) -> int:
        """Return how many replays are wanted."""
        query = counting(wanted)
        (found,) = self._connection.execute(query.statement, query.values).fetchone()
        return int(found)

    def remove(self, asset_id: str) -> Asset:
        """Remove a replay's row, with its markers, and return what it was; its files are the caller's.

        Raises:
            UnknownRecordError: there is none of that id.
        """
        asset = self.get(asset_id)
        (place,) = self._connection.execute("SELECT place FROM assets WHERE id = ?", (asset_id,)).fetchone()
        self._words.forget(place)
        # A marker without its replay goes on as its session's, if it has one.
        self._connection.execute(
            "UPDATE markers SET asset_id = NULL WHERE asset_id = ? AND session_id IS NOT NULL", (asset_id,)
        )
        self._connection.execute("DELETE FROM assets WHERE id = ?", (asset_id,))
        return asset


def _values(asset: Asset, place: int) -> tuple[Any, ...]:
    """Return the row of a replay, column by column."""
    clip = asset.clip_of
    return (
        *(place, asset.id, asset.station_id, asset.session_id, asset.user_id, asset.title),
        *(asset.description, asset.file, asset.thumbnail, asset.status),
        *(asset.duration_ms, asset.size_bytes, to_ms(asset.recorded_at)),
        *(asset.width, asset.height, asset.fps, asset.video_codec, asset.audio_codec, asset.sha256),
        asset.is_pinned,
        *((None, None, None) if clip is None else (clip.asset_id, clip.start_ms, clip.end_ms)),
        *(packed_gaps(asset.gaps), packed_gaps(asset.destination_gaps), title_key(asset.title)),
        *(asset.video_link, asset.thumbnail_link),
    )


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
        width=column["width"],
        height=column["height"],
        fps=column["fps"],
        video_codec=column["video_codec"],
        audio_codec=column["audio_codec"],
        sha256=column["sha256"],
        is_pinned=bool(column["is_pinned"]),
        clip_of=_origin(column["clip_of"], column["clip_start_ms"], column["clip_end_ms"]),
        gaps=unpacked_gaps(AssetGap, column["gaps"]),
        destination_gaps=unpacked_gaps(DestinationGap, column["destination_gaps"]),
        video_link=column["video_link"],
        thumbnail_link=column["thumbnail_link"],
    )


def _origin(asset_id: str | None, start_ms: int | None, end_ms: int | None) -> ClipSource | None:
    if asset_id is None:
        return None
    return ClipSource(asset_id=asset_id, start_ms=start_ms or 0, end_ms=end_ms or 0)
