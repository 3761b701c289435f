"""Where the files of replays lie, and which of them are gone: for looks at the disk, which know nothing of rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from powerstream_desktop.service.store.asset_words import AssetWords

_MISSING: Final = "missing"
_FILES: Final = "SELECT id, file FROM assets WHERE file IS NOT NULL AND binned_ms IS NULL"

_FILES_MISSING: Final = "SELECT id FROM assets WHERE file IS NOT NULL AND binned_ms IS NULL AND status = ?"

_FILES_FAILED: Final = f"{_FILES} AND (status = 'failed' OR (status = 'missing' AND status_there = 'failed'))"


class AssetFiles:
    """The files of replays; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words = AssetWords(connection)

    def all(self) -> dict[str, Path]:
        """Return where each replay's file should lie, by the replay's id; those in the bin are left out."""
        return {asset_id: Path(file) for asset_id, file in self._connection.execute(_FILES)}

    def missing(self) -> frozenset[str]:
        """Return the replays of which it is known that their files are gone; those in the bin are left out."""
        rows = self._connection.execute(_FILES_MISSING, (_MISSING,))
        return frozenset(asset_id for (asset_id,) in rows)

    def failed(self) -> dict[str, Path]:
        """Return where the files of failed replays lie, or should, by the replay's id; those in the bin are left out."""
        return {asset_id: Path(file) for asset_id, file in self._connection.execute(_FILES_FAILED)}

    def of_size(self, size_bytes: int) -> tuple[tuple[Path, str | None], ...]:
        """Return the files that are so long, each with its hash if that is known."""
        rows = self._connection.execute(
            "SELECT file, sha256 FROM assets WHERE size_bytes = ? AND file IS NOT NULL AND binned_ms IS NULL",
            (size_bytes,),
        )
        return tuple((Path(file), sha256) for file, sha256 in rows)

    def unhashed(self, limit: int) -> tuple[str, ...]:
        """Return replays whose files nobody has read whole yet, the newest first."""
        rows = self._connection.execute(
            "SELECT id FROM assets WHERE file IS NOT NULL AND binned_ms IS NULL AND sha256 IS NULL "
            "AND status IN ('ready', 'recovered') ORDER BY place DESC LIMIT ?",
            (limit,),
        )
        return tuple(asset_id for (asset_id,) in rows)

    def without_picture(self, limit: int) -> tuple[str, ...]:
        """Return replays that have neither a file here nor a picture, the newest first."""
        rows = self._connection.execute(
            "SELECT id FROM assets WHERE file IS NULL AND thumbnail IS NULL AND binned_ms IS NULL "
            "ORDER BY place DESC LIMIT ?",
            (limit,),
        )
        return tuple(asset_id for (asset_id,) in rows)

    def note_missing(self, asset_ids: Iterable[str]) -> tuple[str, ...]:
        """Say of replays that their files are gone, and return those of which it was not known; one without a file has none to miss."""
        return tuple(
            each
            for each in asset_ids
            if self._changed(
                "UPDATE assets SET status_there = status, status = 'missing' "
                "WHERE id = ? AND file IS NOT NULL AND status != 'missing' AND binned_ms IS NULL",
                each,
            )
        )

    def note_there(self, asset_ids: Iterable[str]) -> tuple[str, ...]:
        """Say of replays that their files are at their places, and return those that were missing."""
        return tuple(
            each
            for each in asset_ids
            if self._changed(
                "UPDATE assets SET status = coalesce(status_there, 'ready'), status_there = NULL "
                "WHERE id = ? AND status = 'missing' AND binned_ms IS NULL",
                each,
            )
        )

    def used_bytes(self) -> tuple[int, int]:
        """Return how many files there are here, and how large they are together."""
        count, size_bytes = self._connection.execute(
            "SELECT count(*), coalesce(sum(size_bytes), 0) FROM assets "
            "WHERE file IS NOT NULL AND binned_ms IS NULL AND status != ?",
            (_MISSING,),
        ).fetchone()
        return int(count), int(size_bytes)

    def _changed(self, statement: str, asset_id: str) -> bool:
        if self._connection.execute(statement, (asset_id,)).rowcount == 0:
            return False
        self._words.write(asset_id)
        return True
