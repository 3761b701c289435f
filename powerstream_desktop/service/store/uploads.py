"""Uploads: how far each replay is on its way to the cloud. One without a row is on this computer only.

A row holds what the API shows, and the upload's own record as the words of ``cloud/uploads``. What a large upload has thousands of,
the receipts of its parts and their hashes, is kept apart: a step that concerns one part writes one part.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from powerstream_desktop.service.store.columns import moment, word
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.statements import insert, select

_COLUMNS: Final = (
    *("asset_id", "rank", "state", "life", "record", "bytes_done", "bytes_total"),
    *("trouble_code", "trouble_sentence", "trouble_remedy", "was_file", "wanted", "changed_ms"),
)
_SELECT: Final = select("uploads", _COLUMNS)
_CHANGED: Final = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "asset_id")


class UploadState(StrEnum):
    """What the API calls ``sync``."""

    WAITING = "waiting"
    HASHING = "hashing"
    UPLOADING = "uploading"
    VERIFYING = "verifying"
    SYNCED = "synced"
    """A verified copy exists."""
    EVICTED = "evicted"
    """... and no file is here: it was given up for space, or it was recorded on another computer."""
    DOWNLOADING = "downloading"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    """Somebody did not want it; it is not begun again by itself."""
    FAILED = "failed"
    """It is tried again."""
    ELSEWHERE = "elsewhere"
    """No file is here, and the only copy lies in a store that is not the one of the settings."""


class CopyWish(StrEnum):
    """What somebody wants of a replay's copies."""

    EVICT = "evict"
    """Its file here is to be given up for space."""
    DOWNLOAD = "download"
    """It is to be brought back."""
    VERIFY = "verify"
    """Its copy in the cloud is to be looked at."""
    VERIFY_FULLY = "verify-fully"
    """... and all of its bytes are to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadTrouble:
    """What hinders an upload.

    Attributes:
        code: for scripts.
        sentence: for people.
        remedy: what to do; may be empty.
    """

    code: str
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An upload.

    Attributes:
        rank: its place in the queue; the lowest is next.
        life: where it is in its own life, finer than ``state``; a word of ``cloud/uploads``.
        record: all else that is known of it, as JSON, without what the parts hold.
        bytes_done: what the store has.
        bytes_total: the file's size.
        was_file: where the file was that was given up for space.
        wanted: what somebody wants of its copies, and that is not done yet; None for nothing.
    """

    asset_id: str
    rank: int = 0
    state: UploadState
    life: str = ""
    record: str = "{}"
    bytes_done: int = 0
    bytes_total: int = 0
    trouble: UploadTrouble | None = None
    was_file: str | None = None
    wanted: CopyWish | None = None
    changed_at: datetime


class Uploads:
    """The tables of uploads and of their parts; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, upload: Upload) -> None:
        """Add or replace the upload of a replay; its parts and hashes stay."""
        trouble = upload.trouble
        values = (
            *(upload.asset_id, upload.rank, upload.state, upload.life, upload.record),
            *(upload.bytes_done, upload.bytes_total),
            *((None, None, None) if trouble is None else (trouble.code, trouble.sentence, trouble.remedy)),
            *(upload.was_file, upload.wanted, to_ms(upload.changed_at)),
        )
        self._connection.execute(
            f"{insert('uploads', (*_COLUMNS, 'hashes'))} ON CONFLICT (asset_id) DO UPDATE SET {_CHANGED}",
            (*values, ""),
        )

    def keep_hashes(self, asset_id: str, hashes: str) -> None:
        """Keep the hashes of the parts, as one text."""
        self._connection.execute("UPDATE uploads SET hashes = ? WHERE asset_id = ?", (hashes, asset_id))

    def hashes(self, asset_id: str) -> str:
        """Return the hashes of the parts as they were kept; empty if none were."""
        row = self._connection.execute(
            "SELECT hashes FROM uploads WHERE asset_id = ?", (asset_id,)
        ).fetchone()
        return "" if row is None else str(row[0])

    def keep_parts(self, asset_id: str, receipts: Mapping[int, str]) -> None:
        """Keep the receipts of parts, by their numbers."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO upload_parts (asset_id, number, receipt) VALUES (?, ?, ?)",
            [(asset_id, number, receipt) for number, receipt in receipts.items()],
        )

    def forget_parts(self, asset_id: str, numbers: Sequence[int]) -> None:
        """Keep the receipts of these parts no longer."""
        self._connection.executemany(
            "DELETE FROM upload_parts WHERE asset_id = ? AND number = ?",
            [(asset_id, number) for number in numbers],
        )

    def parts(self, asset_id: str) -> dict[int, str]:
        """Return the receipts of an upload's parts by their numbers, in their order."""
        rows = self._connection.execute(
            "SELECT number, receipt FROM upload_parts WHERE asset_id = ? ORDER BY number", (asset_id,)
        )
        return dict(rows.fetchall())

    def remove(self, asset_id: str) -> None:
        """Forget an upload; harmless if there is none."""
        self._connection.execute("DELETE FROM uploads WHERE asset_id = ?", (asset_id,))

    def next_rank(self) -> int:
        """Return the rank behind all others."""
        (rank,) = self._connection.execute("SELECT coalesce(max(rank), 0) + 1 FROM uploads").fetchone()
        return int(rank)

    def first_rank(self) -> int:
        """Return the rank before all others."""
        (rank,) = self._connection.execute("SELECT coalesce(min(rank), 0) - 1 FROM uploads").fetchone()
        return int(rank)

    def copied(self) -> frozenset[str]:
        """Return the replays of which a verified copy exists elsewhere, besides their file here."""
        rows = self._connection.execute("SELECT asset_id FROM uploads WHERE state = ?", (UploadState.SYNCED,))
        return frozenset(asset_id for (asset_id,) in rows)

    def all(self) -> tuple[Upload, ...]:
        """Return all uploads in the order of the queue."""
        return tuple(_upload(row) for row in self._connection.execute(f"{_SELECT} ORDER BY rank, asset_id"))

    def left(self, lives: Iterable[str]) -> tuple[int, int]:
        """Return how many are somewhere in their lives, and how many bytes these still have to send."""
        words = tuple(lives)
        marks = ", ".join("?" for _ in words)
        count, size_bytes = self._connection.execute(
            f"SELECT count(*), coalesce(sum(max(0, bytes_total - bytes_done)), 0) FROM uploads WHERE life IN ({marks})",  # noqa: S608
            words,
        ).fetchone()
        return int(count), int(size_bytes)

    def living(self, lives: Iterable[str]) -> tuple[Upload, ...]:
        """Return those that are somewhere in their lives, in the order of the queue."""
        words = tuple(lives)
        marks = ", ".join("?" for _ in words)
        rows = self._connection.execute(f"{_SELECT} WHERE life IN ({marks}) ORDER BY rank, asset_id", words)
        return tuple(_upload(row) for row in rows)

    def first_wanted(self) -> Upload | None:
        """Return the one of whose copies something has been wanted for longest; None for none."""
        row = self._connection.execute(
            f"{_SELECT} WHERE wanted IS NOT NULL ORDER BY rank, asset_id LIMIT 1"
        ).fetchone()
        return None if row is None else _upload(row)

    def counts(self) -> dict[UploadState, int]:
        """Return how many there are in each state, of replays that are in the library."""
        rows = self._connection.execute(
            "SELECT state, count(*) FROM uploads "
            "WHERE asset_id IN (SELECT id FROM assets WHERE binned_ms IS NULL) GROUP BY state"
        )
        return {word(UploadState, state): int(count) for state, count in rows}

    def remove_all_but(self, states: Sequence[UploadState]) -> None:
        """Forget all that are not in one of these states."""
        marks = ", ".join("?" for _ in states)
        self._connection.execute(f"DELETE FROM uploads WHERE state NOT IN ({marks})", tuple(states))  # noqa: S608

    def get(self, asset_id: str) -> Upload | None:
        """Return the upload of a replay, if it has one."""
        return self.of_assets([asset_id]).get(asset_id)

    def of_assets(self, asset_ids: Sequence[str]) -> dict[str, Upload]:
        """Return the uploads that these replays have; for a page of them."""
        marks = ", ".join("?" for _ in asset_ids)
        rows = self._connection.execute(f"{_SELECT} WHERE asset_id IN ({marks})", tuple(asset_ids))
        return {row[0]: _upload(row) for row in rows}


def _upload(row: tuple[Any, ...]) -> Upload:
    column = dict(zip(_COLUMNS, row, strict=True))
    code = column["trouble_code"]
    return Upload(
        asset_id=column["asset_id"],
        rank=column["rank"],
        state=word(UploadState, column["state"]),
        life=column["life"],
        record=column["record"],
        bytes_done=column["bytes_done"],
        bytes_total=column["bytes_total"],
        trouble=None
        if code is None
        else UploadTrouble(
            code=code, sentence=column["trouble_sentence"] or "", remedy=column["trouble_remedy"] or ""
        ),
        was_file=column["was_file"],
        wanted=None if column["wanted"] is None else word(CopyWish, column["wanted"]),
        changed_at=moment(column["changed_ms"]),
    )
