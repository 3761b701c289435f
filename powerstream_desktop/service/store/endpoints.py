"""Endpoints as they are saved: everything but the key, of which the database knows a reference (DESIGN 6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition, RTMPEndpoint
from powerstream_desktop.rtmp.url import RTMPURL, looks_like_key_in_url, parse_server_url
from powerstream_desktop.service.store.columns import (
    day_or_none,
    moment,
    moment_or_none,
    packed,
    unpacked,
    word,
)
from powerstream_desktop.service.store.ids import checked_id
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.statements import insert, select, update
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError

_COLUMNS: Final = (
    *("id", "station_id", "user_id", "name", "platform", "server_url", "backup_server_url", "backup_use"),
    *(
        "key_ref",
        "key_saved_on",
        "rendition",
        "priority",
        "codecs",
        "max_video_kbps",
        "max_height",
        "max_fps",
    ),
    *("is_active", "last_status", "last_error", "last_connected_ms", "created_ms"),
)
_SELECT: Final = select("endpoints", _COLUMNS)
_BACKUP_QUERY: Final = "backup=1"
"""How YouTube's second ingest is told from its first; in any other query a key may stand."""
_IN_ORDER: Final = "ORDER BY priority DESC, created_ms, id"


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoLimits:
    """What the user knows this server to take at most; None where nothing is known beyond the platform's own limits.

    Attributes:
        max_video_kbps: kbit/s of the picture.
        max_height: pixels of the shorter side.
        max_fps: frames a second.
    """

    max_video_kbps: int | None = None
    max_height: int | None = None
    max_fps: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastContact:
    """What was last heard of an endpoint's server.

    Attributes:
        status: of the destination's light, such as "live" or "rejected"; empty before the first broadcast.
        error: the cause's sentence; empty if all was well.
        connected_at: when the server last took media; None if it never did.
    """

    status: str = ""
    error: str = ""
    connected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedEndpoint:
    """An endpoint without its key; the fields that ``RTMPEndpoint`` has mean the same there.

    Attributes:
        station_id: whose it is; None for one that all stations share.
        user_id: who set it up; None on a computer with one user.
        server_url: as it was typed, without key, user name and query.
        key_ref: where the secret store has the key; None while it is not set.
        is_active: it is part of a broadcast unless others are chosen.
    """

    id: str
    station_id: str | None = None
    user_id: str | None = None
    name: str
    platform: str
    server_url: str
    backup_server_url: str | None = None
    backup_use: BackupUse = BackupUse.OFF
    key_ref: str | None = None
    key_saved_on: date | None = None
    rendition: Rendition = Rendition.LANDSCAPE
    priority: int = 0
    codecs: frozenset[str] | None = None
    video_limits: VideoLimits = VideoLimits()
    is_active: bool = True
    last_contact: LastContact = LastContact()
    created_at: datetime

    def with_key(self, stream_key: Secret) -> RTMPEndpoint:
        """Return the endpoint as the relay wants it.

        Raises:
            UserError: the key cannot be one.
        """
        key = stream_key.reveal()
        backup = self.backup_server_url
        return RTMPEndpoint(
            name=self.name,
            platform=self.platform,
            server=parse_server_url(self.server_url, key),
            stream_key=stream_key,
            rendition=self.rendition,
            priority=self.priority,
            backup_server=None if backup is None else parse_server_url(backup, key),
            backup_use=self.backup_use,
            codecs=self.codecs,
            key_saved_on=self.key_saved_on,
        )


class Endpoints:
    """The table of endpoints; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(
        self, *, station_id: str | None = None, user_id: str | None = None, active_only: bool = False
    ) -> tuple[SavedEndpoint, ...]:
        """Return endpoints, the highest priority first; those of a station include the ones that all stations share."""
        conditions, values = ["TRUE"], []
        if station_id is not None:
            conditions.append("(station_id = ? OR station_id IS NULL)")
            values.append(station_id)
        if user_id is not None:
            conditions.append("user_id = ?")
            values.append(user_id)
        if active_only:
            conditions.append("is_active")
        query = f"{_SELECT} WHERE {' AND '.join(conditions)} {_IN_ORDER}"
        return tuple(_endpoint(row) for row in self._connection.execute(query, values))

    def chosen(self, endpoint_ids: Iterable[str]) -> tuple[SavedEndpoint, ...]:
        """Return these endpoints in this order; UnknownRecordError if one does not exist."""
        return tuple(self.get(endpoint_id) for endpoint_id in dict.fromkeys(endpoint_ids))

    def get(self, endpoint_id: str) -> SavedEndpoint:
        """Return one endpoint; UnknownRecordError if there is none of that id."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (endpoint_id,)).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such endpoint.", hint="Reload the list of endpoints.")
        return _endpoint(row)

    def add(self, endpoint: SavedEndpoint) -> SavedEndpoint:
        """Add an endpoint and return it as it was saved.

        Raises:
            ConflictError: its id is taken.
            UnknownRecordError: there is no such station.
            UserError: its id or an address cannot be one, or an address holds what may be a key.
        """
        checked_id(endpoint.id)
        if self._connection.execute("SELECT 1 FROM endpoints WHERE id = ?", (endpoint.id,)).fetchone():
            raise ConflictError(
                "There is an endpoint with this id already.", hint="Change that one, or use another id."
            )
        self._connection.execute(insert("endpoints", _COLUMNS), _values(endpoint))
        return self.get(endpoint.id)

    def change(self, endpoint: SavedEndpoint) -> SavedEndpoint:
        """Replace all of an endpoint but the time it was made, and return it as it was saved.

        Raises:
            UnknownRecordError: there is no such endpoint or station.
            UserError: as with ``add``.
        """
        self.get(endpoint.id)
        self._connection.execute(update("endpoints", _COLUMNS[1:-1]), (*_values(endpoint)[1:-1], endpoint.id))
        return self.get(endpoint.id)

    def note_contact(self, endpoint_id: str, contact: LastContact) -> None:
        """Keep what was last heard of its server; the last time it took media stays if there is no newer one."""
        connected_ms = None if contact.connected_at is None else to_ms(contact.connected_at)
        self._connection.execute(
            "UPDATE endpoints SET last_status = ?, last_error = ?, "
            "last_connected_ms = coalesce(?, last_connected_ms) WHERE id = ?",
            (contact.status or None, contact.error or None, connected_ms, endpoint_id),
        )

    def remove(self, endpoint_id: str) -> str | None:
        """Remove an endpoint, also from profiles; return the reference of its key, which nobody needs any more."""
        key_ref = self.get(endpoint_id).key_ref
        self._connection.execute("DELETE FROM endpoints WHERE id = ?", (endpoint_id,))
        return key_ref


def _values(endpoint: SavedEndpoint) -> tuple[str | int | None, ...]:
    """Return the values of ``_COLUMNS``."""
    if not endpoint.name.strip():
        raise UserError("An endpoint needs a name.", hint="Give it one.")
    limits, contact = endpoint.video_limits, endpoint.last_contact
    backup = endpoint.backup_server_url
    return (
        endpoint.id,
        endpoint.station_id,
        endpoint.user_id,
        endpoint.name,
        endpoint.platform,
        _keyless(endpoint.server_url),
        None if backup is None else _keyless(backup),
        endpoint.backup_use,
        endpoint.key_ref,
        None if endpoint.key_saved_on is None else endpoint.key_saved_on.isoformat(),
        endpoint.rendition,
        endpoint.priority,
        packed(endpoint.codecs),
        limits.max_video_kbps,
        limits.max_height,
        limits.max_fps,
        endpoint.is_active,
        contact.status or None,
        contact.error or None,
        None if contact.connected_at is None else to_ms(contact.connected_at),
        to_ms(endpoint.created_at),
    )


def _keyless(server_url: str) -> str:
    """Return the address in its usual spelling, if it is one and cannot hold a key."""
    address: RTMPURL = parse_server_url(server_url, "x")  # the key's field is filled elsewhere
    _, mark, query = address.app.partition("?")
    if (mark and query != _BACKUP_QUERY) or looks_like_key_in_url(server_url):
        raise UserError(
            "The server address seems to hold a key.",
            hint="Cut it behind the application; what follows belongs to the stream key.",
        )
    return address.tc_url


def _endpoint(row: tuple[Any, ...]) -> SavedEndpoint:
    column = dict(zip(_COLUMNS, row, strict=True))
    return SavedEndpoint(
        id=column["id"],
        station_id=column["station_id"],
        user_id=column["user_id"],
        name=column["name"],
        platform=column["platform"],
        server_url=column["server_url"],
        backup_server_url=column["backup_server_url"],
        backup_use=word(BackupUse, column["backup_use"]),
        key_ref=column["key_ref"],
        key_saved_on=day_or_none(column["key_saved_on"]),
        rendition=word(Rendition, column["rendition"]),
        priority=column["priority"],
        codecs=unpacked(column["codecs"]),
        video_limits=VideoLimits(
            max_video_kbps=column["max_video_kbps"],
            max_height=column["max_height"],
            max_fps=column["max_fps"],
        ),
        is_active=bool(column["is_active"]),
        last_contact=LastContact(
            status=column["last_status"] or "",
            error=column["last_error"] or "",
            connected_at=moment_or_none(column["last_connected_ms"]),
        ),
        created_at=moment(column["created_ms"]),
    )
