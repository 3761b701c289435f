"""Uploads: how far each replay is on its way to the cloud, as the API shows it. One without a row is on this computer only."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from powerstream_desktop.service.store.columns import moment, word
from powerstream_desktop.service.store.moments import to_ms

_SELECT = "SELECT asset_id, state, bytes_done, bytes_total, trouble, changed_ms FROM uploads"


class UploadState(StrEnum):
    """What the API calls ``sync``."""

    WAITING = "waiting"
    UPLOADING = "uploading"
    SYNCED = "synced"
    """A verified copy exists."""
    EVICTED = "evicted"
    """... and the local file was given up for space."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An upload.

    Attributes:
        bytes_total: the file's size.
        trouble: what hinders it, a sentence; empty if nothing does.
    """

    asset_id: str
    state: UploadState
    bytes_done: int = 0
    bytes_total: int = 0
    trouble: str = ""
    changed_at: datetime


class Uploads:
    """The table of uploads; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, upload: Upload) -> None:
        """Add or replace the upload of a replay; UnknownRecordError if there is no such replay."""
        self._connection.execute(
            "INSERT INTO uploads (asset_id, state, bytes_done, bytes_total, trouble, changed_ms) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (asset_id) DO UPDATE SET state = excluded.state, bytes_done = excluded.bytes_done, "
            "bytes_total = excluded.bytes_total, trouble = excluded.trouble, changed_ms = excluded.changed_ms",
            (
                upload.asset_id,
                upload.state,
                upload.bytes_done,
                upload.bytes_total,
                upload.trouble,
                to_ms(upload.changed_at),
            ),
        )

    def copied(self) -> frozenset[str]:
        """Return the replays of which a verified copy exists elsewhere."""
        rows = self._connection.execute("SELECT asset_id FROM uploads WHERE state = ?", (UploadState.SYNCED,))
        return frozenset(asset_id for (asset_id,) in rows)

    def of_assets(self, asset_ids: Sequence[str]) -> dict[str, Upload]:
        """Return the uploads that these replays have; for a page of them."""
        marks = ", ".join("?" for _ in asset_ids)
        rows = self._connection.execute(f"{_SELECT} WHERE asset_id IN ({marks})", tuple(asset_ids))
        return {row[0]: _upload(row) for row in rows}


def _upload(row: tuple[str, str, int, int, str, int]) -> Upload:
    asset_id, state, bytes_done, bytes_total, trouble, changed_ms = row
    return Upload(
        asset_id=asset_id,
        state=word(UploadState, state),
        bytes_done=bytes_done,
        bytes_total=bytes_total,
        trouble=trouble,
        changed_at=moment(changed_ms),
    )
