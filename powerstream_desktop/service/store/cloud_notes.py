"""What is known of the bucket beside uploads: each replay's manifest, texts that lost against others, and single facts.

Manifests are kept as the words of ``cloud/manifests``; nothing here reads them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from powerstream_desktop.service.store.columns import moment
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.store_faults import UnknownRecordError

MAX_LOST_TEXTS: Final = 100
"""Of one replay; the oldest of more are forgotten."""
_MANIFEST: Final = "asset_id, manifest, published, etag, is_ahead, is_deleted, is_purged"
_LOST: Final = "SELECT number, asset_id, field, value, device, written_ms, lost_ms FROM lost_texts"


class CloudFact(StrEnum):
    """What is kept under a name."""

    DEVICE_ID = "device-id"
    """Of this installation, in the clocks of its edits."""
    PLACE = "place"
    """The store that all the rest is about."""
    PLACE_NAME = "place-name"
    """The same as everybody may be told it."""
    AUTOMATIC_SINCE_MS = "automatic-since-ms"
    """Replays that begin since then are uploaded by themselves."""
    KEY_REF = "key-ref"
    """Where the store's credentials are, in the keyring."""
    BACKEND_KEY_REF = "backend-key-ref"
    """Where the tokens of the PowerStream server are, in the keyring."""
    CAPABILITIES = "capabilities"
    """What the store was found to be able to do, with the store it was found of."""
    PAUSED = "paused"
    """Somebody has stopped all uploads."""
    SYNCED_MS = "synced-ms"
    """When the last whole pass over the manifests was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptManifest:
    """What is known of a replay's manifest.

    Attributes:
        manifest: what shall stand in the bucket, as its words.
        published: what the bucket's had seen when we read or wrote it last, as its words.
        etag: of the object then; None if there was none.
        is_ahead: it says more than the bucket's.
        is_deleted, is_purged: what it says of the replay.
    """

    asset_id: str
    manifest: str
    published: str = ""
    etag: str | None = None
    is_ahead: bool = True
    is_deleted: bool = False
    is_purged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LostText:
    """A text that another computer's edit of the same field has replaced.

    Attributes:
        number: of this loss; 0 for one that is not kept yet.
        field: such as ``title``.
        device: who had written it.
        written_at: when, by the clock of that computer.
        lost_at: when we learnt of it.
    """

    number: int = 0
    asset_id: str
    field: str
    value: str
    device: str
    written_at: datetime
    lost_at: datetime


class CloudNotes:
    """The tables; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fact(self, name: CloudFact) -> str | None:
        """Return a fact, if it is kept."""
        row = self._connection.execute("SELECT value FROM cloud_facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def keep_fact(self, name: CloudFact, value: str | None) -> None:
        """Keep a fact in the place of an older one; None forgets it."""
        if value is None:
            self._connection.execute("DELETE FROM cloud_facts WHERE name = ?", (name,))
        else:
            self._connection.execute(
                "INSERT OR REPLACE INTO cloud_facts (name, value) VALUES (?, ?)", (name, value)
            )

    def put_manifest(self, manifest: KeptManifest) -> None:
        """Keep what is known of a manifest, in the place of what was."""
        self._connection.execute(
            f"INSERT OR REPLACE INTO manifests ({_MANIFEST}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                *(manifest.asset_id, manifest.manifest, manifest.published, manifest.etag),
                *(manifest.is_ahead, manifest.is_deleted, manifest.is_purged),
            ),
        )

    def manifest(self, asset_id: str) -> KeptManifest | None:
        """Return what is known of a replay's manifest."""
        row = self._connection.execute(
            f"SELECT {_MANIFEST} FROM manifests WHERE asset_id = ?",  # noqa: S608
            (asset_id,),
        ).fetchone()
        return None if row is None else _manifest(row)

    def manifests(self) -> dict[str, KeptManifest]:
        """Return all of them by the replays' ids, without what the manifests and the bucket's say."""
        rows = self._connection.execute(
            "SELECT asset_id, '', '', etag, is_ahead, is_deleted, is_purged FROM manifests"
        )
        return {row[0]: _manifest(row) for row in rows}

    def manifests_without_replay(self) -> tuple[str, ...]:
        """Return the ids of replays that are not deleted and that the library does not know, nor its bin."""
        rows = self._connection.execute(
            "SELECT asset_id FROM manifests WHERE NOT is_deleted AND asset_id NOT IN (SELECT id FROM assets)"
        )
        return tuple(asset_id for (asset_id,) in rows)

    def forget_manifest(self, asset_id: str) -> None:
        """Forget one; harmless if there is none."""
        self._connection.execute("DELETE FROM manifests WHERE asset_id = ?", (asset_id,))

    def forget_manifests(self) -> None:
        """Forget all of them: another store is used from now on, which has none of these."""
        self._connection.execute("DELETE FROM manifests")

    def add_lost_text(self, lost: LostText) -> None:
        """Keep a text that lost; one that is kept already is not kept twice."""
        self._connection.execute(
            "INSERT OR IGNORE INTO lost_texts (asset_id, field, value, device, written_ms, lost_ms) VALUES (?, ?, ?, ?, ?, ?)",
            (lost.asset_id, lost.field, lost.value, lost.device, to_ms(lost.written_at), to_ms(lost.lost_at)),
        )
        self._connection.execute(
            "DELETE FROM lost_texts WHERE asset_id = ? AND number NOT IN "
            "(SELECT number FROM lost_texts WHERE asset_id = ? ORDER BY number DESC LIMIT ?)",
            (lost.asset_id, lost.asset_id, MAX_LOST_TEXTS),
        )

    def lost_texts(self, asset_id: str) -> tuple[LostText, ...]:
        """Return the texts of a replay that lost, the newest first."""
        rows = self._connection.execute(f"{_LOST} WHERE asset_id = ? ORDER BY number DESC", (asset_id,))
        return tuple(_lost(row) for row in rows)

    def lost_text(self, asset_id: str, number: int) -> LostText:
        """Return one of them; UnknownRecordError if there is no such."""
        row = self._connection.execute(
            f"{_LOST} WHERE asset_id = ? AND number = ?", (asset_id, number)
        ).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such text.", hint="Reload the history.")
        return _lost(row)


def _manifest(row: tuple[str, str, str, str | None, int, int, int]) -> KeptManifest:
    asset_id, manifest, published, etag, is_ahead, is_deleted, is_purged = row
    return KeptManifest(
        asset_id=asset_id,
        manifest=manifest,
        published=published,
        etag=etag,
        is_ahead=bool(is_ahead),
        is_deleted=bool(is_deleted),
        is_purged=bool(is_purged),
    )


def _lost(row: tuple[int, str, str, str, str, int, int]) -> LostText:
    number, asset_id, field, value, device, written_ms, lost_ms = row
    return LostText(
        number=number,
        asset_id=asset_id,
        field=field,
        value=value,
        device=device,
        written_at=moment(written_ms),
        lost_at=moment(lost_ms),
    )
