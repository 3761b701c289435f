"""The bin: replays that were removed a moment ago and can be taken back, with their markers and all that is said of them.

A replay in the bin keeps its row, which no list, no search and no request finds. Its file is the caller's, as everywhere here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from powerstream_desktop.service.store.asset_words import AssetWords
from powerstream_desktop.service.store.store_faults import UnknownRecordError

_CONTENTS = "SELECT id, bin_token, file FROM assets WHERE binned_ms IS NOT NULL ORDER BY binned_ms"


@dataclass(frozen=True, slots=True, kw_only=True)
class BinnedAsset:
    """A replay in the bin.

    Attributes:
        token: who has it may take the replay back.
        file: where its file was; None if it has none.
    """

    asset_id: str
    token: str
    file: str | None


class AssetBin:
    """The replays in the bin; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words = AssetWords(connection)

    def put(self, asset_id: str, token: str, at_ms: int) -> None:
        """Put a replay into the bin; UnknownRecordError if there is none of that id, or it lies there already."""
        changed = self._connection.execute(
            "UPDATE assets SET bin_token = ?, binned_ms = ? WHERE id = ? AND binned_ms IS NULL",
            (token, at_ms, asset_id),
        )
        if changed.rowcount == 0:
            raise UnknownRecordError("There is no such replay.", hint="Reload the list of replays.")
        self._words.write(asset_id)

    def get(self, asset_id: str, token: str) -> BinnedAsset:
        """Return a replay in the bin; UnknownRecordError if it is not there, or this is not its token."""
        found = next(
            (each for each in self.contents() if (each.asset_id, each.token) == (asset_id, token)), None
        )
        if found is None:
            raise UnknownRecordError(
                "This cannot be taken back any more.", hint="Look for the file in the system's bin."
            )
        return found

    def holds(self, asset_id: str) -> bool:
        """Return whether a replay lies in the bin."""
        return any(each.asset_id == asset_id for each in self.contents())

    def take_back(self, asset_id: str) -> None:
        """Put a replay back where it was."""
        self._connection.execute(
            "UPDATE assets SET bin_token = NULL, binned_ms = NULL WHERE id = ?", (asset_id,)
        )
        self._words.write(asset_id)

    def contents(self) -> tuple[BinnedAsset, ...]:
        """Return all that lies in the bin, the oldest first."""
        return tuple(
            BinnedAsset(asset_id=asset_id, token=token, file=file)
            for asset_id, token, file in self._connection.execute(_CONTENTS)
        )

    def forget(self, asset_id: str) -> None:
        """Remove the row of a replay in the bin for good, with its markers; harmless if it is not there."""
        is_there = self._connection.execute(
            "SELECT 1 FROM assets WHERE id = ? AND binned_ms IS NOT NULL", (asset_id,)
        ).fetchone()
        if is_there is None:
            return
        # A marker without its replay goes on as its session's, if it has one.
        self._connection.execute(
            "UPDATE markers SET asset_id = NULL WHERE asset_id = ? AND session_id IS NOT NULL", (asset_id,)
        )
        self._connection.execute("DELETE FROM assets WHERE id = ?", (asset_id,))
