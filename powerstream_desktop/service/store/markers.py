"""Markers: moments that somebody wanted to find again, in a session that runs or in a replay."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store.asset_words import AssetWords
from powerstream_desktop.service.store.ids import checked_id
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError

_SELECT = "SELECT id, session_id, asset_id, offset_ms, label FROM markers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A marker.

    Attributes:
        session_id: the broadcast in which it was set; None for one that was set in a replay.
        asset_id: the replay it belongs to; None while there is none.
        offset_ms: from the begin of the session, or of the replay that is not of a session.
        label: for people; may be empty.
    """

    id: str
    session_id: str | None = None
    asset_id: str | None = None
    offset_ms: int
    label: str = ""


class Markers:
    """The table of markers; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words = AssetWords(connection)

    def add(self, marker: Marker) -> Marker:
        """Add a marker and return it.

        Raises:
            ConflictError: its id is taken.
            UnknownRecordError: its session or replay does not exist.
            UserError: its id or time cannot be one, or it belongs to nothing.
        """
        checked_id(marker.id)
        if self.has(marker.id):
            raise ConflictError("There is a marker with this id already.", hint="Use another id.")
        if marker.offset_ms < 0 or (marker.session_id is None and marker.asset_id is None):
            raise UserError("A marker needs a moment of a session or of a replay.", hint="Say which one.")
        self._connection.execute(
            "INSERT INTO markers (id, session_id, asset_id, offset_ms, label) VALUES (?, ?, ?, ?, ?)",
            (marker.id, marker.session_id, marker.asset_id, marker.offset_ms, marker.label),
        )
        if marker.asset_id is not None:
            self._words.write(marker.asset_id)
        return marker

    def has(self, marker_id: str) -> bool:
        """Return whether there is a marker of this id."""
        row = self._connection.execute("SELECT 1 FROM markers WHERE id = ?", (marker_id,)).fetchone()
        return row is not None

    def of_session(self, session_id: str) -> tuple[Marker, ...]:
        """Return the markers of a session in the order of time."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE session_id = ? ORDER BY offset_ms, id", (session_id,)
        )
        return tuple(_marker(row) for row in rows)

    def of_assets(self, asset_ids: Sequence[str]) -> dict[str, tuple[Marker, ...]]:
        """Return the markers of each of these replays in the order of time; for a page of them."""
        marks = ", ".join("?" for _ in asset_ids)
        rows = self._connection.execute(
            f"{_SELECT} WHERE asset_id IN ({marks}) ORDER BY offset_ms, id", tuple(asset_ids)
        )
        found: dict[str, list[Marker]] = {asset_id: [] for asset_id in asset_ids}
        for marker in map(_marker, rows):
            found[marker.asset_id or ""].append(marker)
        return {asset_id: tuple(markers) for asset_id, markers in found.items()}

    def attach(self, session_id: str, asset_id: str, *, from_ms: int = 0) -> None:
        """Give the markers of a session to the replay that it became; UnknownRecordError if there is no such replay.

        Args:
            session_id: of the session.
            asset_id: of the replay.
            from_ms: only those that lie at or behind it, in milliseconds from the session's begin: for one of several replays,
                the first one first.
        """
        had_them = self._connection.execute(
            "SELECT DISTINCT asset_id FROM markers WHERE session_id = ? AND offset_ms >= ? AND asset_id IS NOT NULL",
            (session_id, from_ms),
        ).fetchall()
        self._connection.execute(
            "UPDATE markers SET asset_id = ? WHERE session_id = ? AND offset_ms >= ?",
            (asset_id, session_id, from_ms),
        )
        for changed in {asset_id, *(each for (each,) in had_them)}:
            self._words.write(changed)

    def remove(self, marker_id: str) -> None:
        """Remove a marker; UnknownRecordError if there is none of that id."""
        row = self._connection.execute("SELECT asset_id FROM markers WHERE id = ?", (marker_id,)).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such marker.", hint="Reload the list of markers.")
        self._connection.execute("DELETE FROM markers WHERE id = ?", (marker_id,))
        if row[0] is not None:
            self._words.write(row[0])


def _marker(row: tuple[str, str | None, str | None, int, str]) -> Marker:
    marker_id, session_id, asset_id, offset_ms, label = row
    return Marker(id=marker_id, session_id=session_id, asset_id=asset_id, offset_ms=offset_ms, label=label)
