"""Stations: a channel with a name, a slug and what it looks like."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store.columns import moment
from powerstream_desktop.service.store.ids import checked_id
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.slugs import free_slug, slug_of
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError

_SELECT = "SELECT id, slug, name, description, picture, created_ms FROM stations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station.

    Attributes:
        slug: what it is called in addresses, unique; empty when it is added to have it made from the name.
        picture: the name of its picture's file; None if it has none.
        created_at: UTC, whole milliseconds.
    """

    id: str
    name: str
    slug: str = ""
    description: str = ""
    picture: str | None = None
    created_at: datetime


class Stations:
    """The table of stations; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Station, ...]:
        """Return the stations, the oldest first."""
        rows = self._connection.execute(f"{_SELECT} ORDER BY created_ms, id")
        return tuple(_station(row) for row in rows)

    def get(self, station_id: str) -> Station:
        """Return one station; UnknownRecordError if there is none of that id."""
        return self._one(f"{_SELECT} WHERE id = ?", station_id)

    def add(self, station: Station) -> Station:
        """Add a station and return it with its slug: the one that is asked for, or the first free one made from its name.

        Raises:
            ConflictError: its id, or the slug that was asked for, is taken.
            UserError: its id or name cannot be one.
        """
        checked_id(station.id)
        if self._connection.execute("SELECT 1 FROM stations WHERE id = ?", (station.id,)).fetchone():
            raise ConflictError(
                "There is a station with this id already.", hint="Change that one, or use another id."
            )
        if station.slug:
            added = self._checked(station)
        else:
            added = replace(station, slug=free_slug(slug_of(station.name), self._is_taken))
            added = self._checked(added)
        self._connection.execute(
            "INSERT INTO stations (id, slug, name, description, picture, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
            (added.id, added.slug, added.name, added.description, added.picture, to_ms(added.created_at)),
        )
        return self.get(added.id)

    def change(self, station: Station) -> Station:
        """Replace what a station says of itself; an empty slug leaves the one it has, so that addresses live on.

        Raises:
            UnknownRecordError: there is no such station.
            ConflictError: the slug is another one's.
            UserError: the name cannot be one.
        """
        before = self.get(station.id)
        changed = self._checked(replace(station, slug=station.slug or before.slug))
        self._connection.execute(
            "UPDATE stations SET slug = ?, name = ?, description = ?, picture = ? WHERE id = ?",
            (changed.slug, changed.name, changed.description, changed.picture, changed.id),
        )
        return self.get(station.id)

    def remove(self, station_id: str) -> tuple[str, ...]:
        """Remove a station with its endpoints and profiles; sessions and replays stay.

        Returns:
            the references of the keys that nobody needs any more.

        Raises:
            UnknownRecordError: there is no such station.
        """
        self.get(station_id)
        keys = self._connection.execute(
            "SELECT key_ref FROM endpoints WHERE station_id = ? AND key_ref IS NOT NULL", (station_id,)
        ).fetchall()
        self._connection.execute("DELETE FROM stations WHERE id = ?", (station_id,))
        return tuple(key for (key,) in keys)

    def _one(self, query: str, value: str) -> Station:
        row = self._connection.execute(query, (value,)).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such station.", hint="Reload the list of stations.")
        return _station(row)

    def _checked(self, station: Station) -> Station:
        """Return the station with its slug in the only spelling of it."""
        if not station.name.strip():
            raise UserError("A station needs a name.", hint="Give it one.")
        slug = slug_of(station.slug)
        if self._is_taken(slug, but_of=station.id):
            raise ConflictError(f"Another station is called {slug} already.", hint="Choose another slug.")
        return replace(station, slug=slug)

    def _is_taken(self, slug: str, but_of: str = "") -> bool:
        query = "SELECT 1 FROM stations WHERE slug = ? AND id <> ?"
        return self._connection.execute(query, (slug, but_of)).fetchone() is not None


def _station(row: tuple[str, str, str, str, str | None, int]) -> Station:
    station_id, slug, name, description, picture, created_ms = row
    return Station(
        id=station_id,
        slug=slug,
        name=name,
        description=description,
        picture=picture,
        created_at=moment(created_ms),
    )
