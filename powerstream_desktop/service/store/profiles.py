"""Profiles: named choices of endpoints."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store.ids import checked_id
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError

_SELECT = "SELECT id, station_id, name FROM profiles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named choice.

    Attributes:
        station_id: whose it is; None for one that all stations share.
        endpoint_ids: in the order in which they were chosen.
    """

    id: str
    name: str
    station_id: str | None = None
    endpoint_ids: tuple[str, ...] = ()


class Profiles:
    """The tables of profiles; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, *, station_id: str | None = None) -> tuple[Profile, ...]:
        """Return profiles by name; those of a station include the ones that all stations share."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE ?1 IS NULL OR station_id = ?1 OR station_id IS NULL ORDER BY name, id",
            (station_id,),
        )
        return tuple(self._profile(row) for row in rows.fetchall())

    def get(self, profile_id: str) -> Profile:
        """Return one profile; UnknownRecordError if there is none of that id."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (profile_id,)).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such profile.", hint="Reload the list of profiles.")
        return self._profile(row)

    def add(self, profile: Profile) -> Profile:
        """Add a profile and return it.

        Raises:
            ConflictError: its id is taken.
            UnknownRecordError: its station or an endpoint does not exist.
            UserError: its id or name cannot be one.
        """
        checked_id(profile.id)
        if self._connection.execute("SELECT 1 FROM profiles WHERE id = ?", (profile.id,)).fetchone():
            raise ConflictError(
                "There is a profile with this id already.", hint="Change that one, or use another id."
            )
        self._connection.execute(
            "INSERT INTO profiles (id, station_id, name) VALUES (?, ?, ?)",
            (profile.id, profile.station_id, _checked_name(profile)),
        )
        self._choose(profile)
        return self.get(profile.id)

    def change(self, profile: Profile) -> Profile:
        """Replace all of a profile and return it; errors as with ``add``."""
        self.get(profile.id)
        self._connection.execute(
            "UPDATE profiles SET station_id = ?, name = ? WHERE id = ?",
            (profile.station_id, _checked_name(profile), profile.id),
        )
        self._connection.execute("DELETE FROM profile_endpoints WHERE profile_id = ?", (profile.id,))
        self._choose(profile)
        return self.get(profile.id)

    def remove(self, profile_id: str) -> None:
        """Remove a profile; UnknownRecordError if there is none of that id."""
        self.get(profile_id)
        self._connection.execute("DELETE FROM profiles WHERE id = ?", (profile_id,))

    def _choose(self, profile: Profile) -> None:
        self._connection.executemany(
            "INSERT INTO profile_endpoints (profile_id, rank, endpoint_id) VALUES (?, ?, ?)",
            [
                (profile.id, rank, endpoint_id)
                for rank, endpoint_id in enumerate(dict.fromkeys(profile.endpoint_ids))
            ],
        )

    def _profile(self, row: tuple[str, str | None, str]) -> Profile:
        profile_id, station_id, name = row
        chosen = self._connection.execute(
            "SELECT endpoint_id FROM profile_endpoints WHERE profile_id = ? ORDER BY rank", (profile_id,)
        )
        return Profile(
            id=profile_id,
            station_id=station_id,
            name=name,
            endpoint_ids=tuple(endpoint_id for (endpoint_id,) in chosen.fetchall()),
        )


def _checked_name(profile: Profile) -> str:
    if not profile.name.strip():
        raise UserError("A profile needs a name.", hint="Give it one.")
    return profile.name
