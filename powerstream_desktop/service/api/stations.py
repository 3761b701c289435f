"""Stations: what can be on air."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from powerstream_desktop.service.api.endpoint_keys import forget_keys
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.picture_files import forget_picture
from powerstream_desktop.service.api.wish_fields import Id, Name, PathId, Text
from powerstream_desktop.service.api.words import Answer, Wish, Words
from powerstream_desktop.service.store import stations
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.slugs import MAX_CHARACTERS
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables

router = APIRouter(prefix="/api/stations", tags=["stations"])


class StationWish(Wish):
    """A station as it shall be."""

    name: Name
    slug: Annotated[str, Field(max_length=MAX_CHARACTERS)] = ""
    """What it is called in addresses. By default it is made from the name once, and then stays."""
    description: Text = ""
    picture: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-][0-9A-Za-z._-]{0,127}$")] | None = None
    """The name of its picture's file, without a folder."""


class NewStationWish(StationWish):
    """A station to add."""

    id: Id | None = None
    """By default one is made."""


class Station(Words):
    """A station as it is kept."""

    id: str
    slug: str
    name: str
    description: str
    picture: str | None
    created_at: datetime

    @classmethod
    def of(cls, station: stations.Station) -> Station:
        """Return a station in the API's words."""
        return cls(
            id=station.id,
            slug=station.slug,
            name=station.name,
            description=station.description,
            picture=station.picture,
            created_at=station.created_at,
        )


class StationList(Answer):
    """Stations, the oldest first."""

    stations: tuple[Station, ...]


class StationAnswer(Answer):
    """A station as it is kept."""

    station: Station


@router.get("", summary="List stations")
async def list_stations(parts: Parts) -> StationList:
    """All of them."""
    found = await parts.store.read(lambda tables: tables.stations.all())
    return StationList(stations=tuple(map(Station.of, found)))


@router.get("/{id}", summary="Tell about one station")
async def get_station(parts: Parts, station_id: PathId) -> StationAnswer:
    """404 if there is none of this id."""
    station = await parts.store.read(lambda tables: tables.stations.get(station_id))
    return StationAnswer(station=Station.of(station))


@router.post("", summary="Add a station", status_code=201)
async def add_station(parts: Parts, wish: NewStationWish) -> StationAnswer:
    """409 if there is one of this id, or of the slug that was asked for, already."""
    station = _station(parts, wish, wish.id or new_id(parts.wall_now()))
    added = await parts.store.write(lambda tables: tables.stations.add(station))
    return StationAnswer(station=Station.of(added))


@router.put("/{id}", summary="Add or replace a station")
async def put_station(parts: Parts, station_id: PathId, wish: StationWish) -> StationAnswer:
    """Repeating it changes nothing."""
    station = _station(parts, wish, station_id)
    saved = await parts.store.write(lambda tables: _put(tables, station))
    return StationAnswer(station=Station.of(saved))


@router.delete("/{id}", summary="Remove a station")
async def remove_station(parts: Parts, station_id: PathId) -> Answer:
    """With its endpoints, their keys and its profiles; broadcasts and replays stay. 409 while it is on air."""
    running = parts.multistream.running
    if running is not None and running.session.station_id == station_id:
        raise ConflictError("This station is on air.", hint="End the broadcast first.")
    station = await parts.store.read(lambda tables: tables.stations.get(station_id))
    await forget_keys(parts, await parts.store.write(lambda tables: tables.stations.remove(station_id)))
    await forget_picture(parts, station)
    await parts.multistream.endpoints_changed()
    return Answer()


def _station(parts: APIParts, wish: StationWish, station_id: str) -> stations.Station:
    return stations.Station(
        id=station_id,
        name=wish.name.strip(),
        slug=wish.slug.strip(),
        description=wish.description,
        picture=wish.picture,
        created_at=parts.wall_now(),
    )


def _put(tables: Tables, station: stations.Station) -> stations.Station:
    try:
        tables.stations.get(station.id)
    except UnknownRecordError:
        return tables.stations.add(station)
    return tables.stations.change(station)
