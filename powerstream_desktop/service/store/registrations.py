"""What a PowerStream server and this computer last agreed to say of each replay, as words that nothing here reads."""

from __future__ import annotations

import sqlite3


class Registrations:
    """The table; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def words(self, asset_id: str) -> str | None:
        """Return what was agreed of a replay; None if nothing was."""
        row = self._connection.execute(
            "SELECT words FROM registrations WHERE asset_id = ?", (asset_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    def keep(self, asset_id: str, words: str) -> None:
        """Keep it in the place of what was agreed before."""
        self._connection.execute(
            "INSERT OR REPLACE INTO registrations (asset_id, words) VALUES (?, ?)", (asset_id, words)
        )

    def ids(self) -> tuple[str, ...]:
        """Return the replays of which something was agreed."""
        return tuple(row[0] for row in self._connection.execute("SELECT asset_id FROM registrations"))

    def forget(self, asset_id: str) -> None:
        """The server does not know it any more; harmless if nothing was agreed."""
        self._connection.execute("DELETE FROM registrations WHERE asset_id = ?", (asset_id,))

    def forget_all(self) -> None:
        """Another account is used from now on, with which nothing was agreed."""
        self._connection.execute("DELETE FROM registrations")
