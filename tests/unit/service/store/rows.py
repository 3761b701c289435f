"""Rows as tests need them, and tables without the store's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from powerstream_desktop.service.store import database
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.endpoints import SavedEndpoint
from powerstream_desktop.service.store.opening import open_database
from powerstream_desktop.service.store.sessions import Session
from powerstream_desktop.service.store.stations import Station
from powerstream_desktop.service.store.tables import Tables

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def still() -> float:
    """Return a clock's time that never moves."""
    return 0.0


@contextmanager
def connected(folder: Path, now: datetime = NOW) -> Iterator[sqlite3.Connection]:
    """Open the data of a folder."""
    connection, _ = open_database(folder, still, now)
    try:
        yield connection
    finally:
        database.close(connection)


@contextmanager
def opened(folder: Path) -> Iterator[Tables]:
    """Open the tables of a folder."""
    with connected(folder) as connection:
        yield Tables(connection)


@contextmanager
def undone(connection: sqlite3.Connection) -> Iterator[Tables]:
    """Give tables whose changes are taken back."""
    connection.execute("BEGIN")
    try:
        yield Tables(connection)
    finally:
        connection.execute("ROLLBACK")


def later(seconds: float) -> datetime:
    """Return ``NOW`` and some seconds."""
    return NOW + timedelta(seconds=seconds)


def station(name: str = "News", station_id: str = "st1", slug: str = "") -> Station:
    return Station(id=station_id, name=name, slug=slug, created_at=NOW)


def endpoint(endpoint_id: str = "ep1", **fields: object) -> SavedEndpoint:
    values: dict[str, object] = {
        "id": endpoint_id,
        "name": f"Endpoint {endpoint_id}",
        "platform": "twitch",
        "server_url": "rtmps://live.example.invalid/app",
        "created_at": NOW,
        **fields,
    }
    return SavedEndpoint(**values)  # type: ignore[arg-type]


def session(session_id: str = "se1", after_s: float = 0.0, station_id: str | None = None) -> Session:
    at = later(after_s)
    return Session(id=session_id, station_id=station_id, title="Evening", started_at=at, last_seen_at=at)


def asset(
    asset_id: str = "as1", title: str = "Evening show", after_s: float = 0.0, **fields: object
) -> Asset:
    values: dict[str, object] = {"id": asset_id, "title": title, "recorded_at": later(after_s), **fields}
    return Asset(**values)  # type: ignore[arg-type]
