"""The index of the words of replays: written anew whenever one of a replay's words, or its state, has become another one."""

from __future__ import annotations

import sqlite3

from powerstream_desktop.service.store.search_words import indexed_words, station_word, status_word

_WORDS = "SELECT place, title, description, station_id, status, binned_ms FROM assets WHERE id = ?"
_LABELS = "SELECT label FROM markers WHERE asset_id = ? ORDER BY offset_ms, id"


class AssetWords:
    """The index; for jobs of the store.

    Args:
        connection: within a transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def write(self, asset_id: str) -> None:
        """Index a replay as it stands now, if there is one of this id; one in the bin is not found."""
        row = self._connection.execute(_WORDS, (asset_id,)).fetchone()
        if row is None:
            return
        place, title, description, station_id, status, binned_ms = row
        self.forget(place)
        if binned_ms is not None:
            return
        labels = " ".join(label for (label,) in self._connection.execute(_LABELS, (asset_id,)))
        facts = " ".join([status_word(status), *([] if station_id is None else [station_word(station_id)])])
        self._connection.execute(
            "INSERT INTO asset_words (rowid, title, description, markers, facts) VALUES (?, ?, ?, ?, ?)",
            (place, indexed_words(title), indexed_words(description), indexed_words(labels), facts),
        )

    def forget(self, place: int) -> None:
        """Find the replay of this place no more."""
        self._connection.execute("DELETE FROM asset_words WHERE rowid = ?", (place,))
