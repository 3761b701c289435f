"""Profiles: named choices of endpoints."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import Choice, Id, Name, PathId, StationQuery
from powerstream_desktop.service.api.words import Answer, Wish, Words
from powerstream_desktop.service.store import profiles
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables

router = APIRouter(prefix="/api/multistream/profiles", tags=["profiles"])


class ProfileWish(Wish):
    """A profile as it shall be."""

    name: Name
    station_id: Id | None = None
    """Null for one that all stations share."""
    endpoint_ids: Choice = Field(default_factory=list)
    """In the order in which they shall be served."""


class NewProfileWish(ProfileWish):
    """A profile to add."""

    id: Id | None = None
    """By default one is made."""


class Profile(Words):
    """A profile as it is kept."""

    id: str
    name: str
    station_id: str | None
    endpoint_ids: tuple[str, ...]

    @classmethod
    def of(cls, profile: profiles.Profile) -> Profile:
        """Return a profile in the API's words."""
        return cls(
            id=profile.id,
            name=profile.name,
            station_id=profile.station_id,
            endpoint_ids=profile.endpoint_ids,
        )


class ProfileList(Answer):
    """Profiles by name."""

    profiles: tuple[Profile, ...]


class ProfileAnswer(Answer):
    """A profile as it was saved."""

    profile: Profile


@router.get("", summary="List profiles")
async def list_profiles(parts: Parts, asked: StationQuery) -> ProfileList:
    """Those of a station include the ones that all stations share."""
    found = await parts.store.read(lambda tables: tables.profiles.all(station_id=asked.station_id))
    return ProfileList(profiles=tuple(map(Profile.of, found)))


@router.post("", summary="Add a profile", status_code=201)
async def add_profile(parts: Parts, wish: NewProfileWish) -> ProfileAnswer:
    """409 if there is one of this id already; 404 if the station or an endpoint does not exist."""
    profile = _profile(wish, wish.id or new_id(parts.wall_now()))
    added = await parts.store.write(lambda tables: tables.profiles.add(profile))
    return ProfileAnswer(profile=Profile.of(added))


@router.put("/{id}", summary="Add or replace a profile")
async def put_profile(parts: Parts, profile_id: PathId, wish: ProfileWish) -> ProfileAnswer:
    """Repeating it changes nothing."""
    profile = _profile(wish, profile_id)
    saved = await parts.store.write(lambda tables: _put(tables, profile))
    await parts.multistream.endpoints_changed()
    return ProfileAnswer(profile=Profile.of(saved))


@router.delete("/{id}", summary="Remove a profile")
async def remove_profile(parts: Parts, profile_id: PathId) -> Answer:
    """Its endpoints stay."""
    await parts.store.write(lambda tables: tables.profiles.remove(profile_id))
    return Answer()


def _profile(wish: ProfileWish, profile_id: str) -> profiles.Profile:
    return profiles.Profile(
        id=profile_id,
        name=wish.name.strip(),
        station_id=wish.station_id,
        endpoint_ids=tuple(wish.endpoint_ids),
    )


def _put(tables: Tables, profile: profiles.Profile) -> profiles.Profile:
    try:
        tables.profiles.get(profile.id)
    except UnknownRecordError:
        return tables.profiles.add(profile)
    return tables.profiles.change(profile)
