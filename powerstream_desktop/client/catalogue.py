"""Stations, profiles and platforms: what a broadcast can be, and where to."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import Request, path_of
from powerstream_desktop.client.writing import new_id, written


@dataclass(frozen=True, slots=True, kw_only=True)
class StationWish:
    """A station as it shall be.

    Attributes:
        slug: what it is called in addresses; None to have it made from the name once.
        picture: the name of its picture's file.
    """

    name: str
    slug: str | None = None
    description: str = ""
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station as it is kept."""

    words: Words
    id: str
    slug: str
    name: str
    description: str = ""
    picture: str | None = None

    @property
    def wish(self) -> StationWish:
        """The wish that leaves it as it is."""
        return StationWish(name=self.name, slug=self.slug, description=self.description, picture=self.picture)


class Stations:
    """The routes of ``/api/stations``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def all(self) -> tuple[Station, ...]:
        """Return the stations, the oldest first."""
        return self._link.read_all(Request(method="GET", path=path_of("stations")), Station, "stations")

    def get(self, station_id: str) -> Station:
        """Return one station; ``UnknownError`` if there is none of this id."""
        return self._link.read(
            Request(method="GET", path=path_of("stations", station_id)), Station, "station"
        )

    def add(self, wish: StationWish) -> Station:
        """Add a station."""
        return self.save(new_id(), wish)

    def save(self, station_id: str, wish: StationWish) -> Station:
        """Add a station or replace the one of this id; ``ConflictError`` if its slug is taken."""
        request = Request(method="PUT", path=path_of("stations", station_id), body=written(wish))
        return self._link.read(request, Station, "station")

    def picture(self, station_id: str) -> bytes:
        """Return the picture of a station, as the bytes of its file; ``UnknownError`` if it has none."""
        return self._link.fetch(Request(method="GET", path=path_of("stations", station_id, "picture")))

    def set_picture(self, station_id: str, content: bytes) -> Station:
        """Give a station a picture.

        Args:
            station_id: which.
            content: of a JPEG or PNG file; 45,000 bytes at most.
        """
        body = {"content": base64.b64encode(content).decode()}
        request = Request(method="PUT", path=path_of("stations", station_id, "picture"), body=body)
        return self._link.read(request, Station, "station")

    def remove_picture(self, station_id: str) -> Station:
        """Take a station's picture away; harmless when it has none."""
        request = Request(method="DELETE", path=path_of("stations", station_id, "picture"))
        return self._link.read(request, Station, "station")

    def remove(self, station_id: str) -> None:
        """Remove a station with its endpoints, their keys and its profiles; broadcasts and replays stay."""
        self._link.ask(Request(method="DELETE", path=path_of("stations", station_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileWish:
    """A profile as it shall be.

    Attributes:
        station_id: None for one that all stations share.
        endpoint_ids: in the order in which they shall be served.
    """

    name: str
    station_id: str | None = None
    endpoint_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named choice of endpoints as it is kept."""

    words: Words
    id: str
    name: str
    station_id: str | None = None
    endpoint_ids: tuple[str, ...] = ()

    @property
    def wish(self) -> ProfileWish:
        """The wish that leaves it as it is."""
        return ProfileWish(name=self.name, station_id=self.station_id, endpoint_ids=self.endpoint_ids)


class Profiles:
    """The routes of ``/api/multistream/profiles``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def all(self, station_id: str | None = None) -> tuple[Profile, ...]:
        """Return profiles by name; those of a station include the ones that all stations share."""
        request = Request(
            method="GET", path=path_of("multistream", "profiles"), query={"stationId": station_id}
        )
        return self._link.read_all(request, Profile, "profiles")

    def add(self, wish: ProfileWish) -> Profile:
        """Add a profile."""
        return self.save(new_id(), wish)

    def save(self, profile_id: str, wish: ProfileWish) -> Profile:
        """Add a profile or replace the one of this id."""
        path = path_of("multistream", "profiles", profile_id)
        return self._link.read(Request(method="PUT", path=path, body=written(wish)), Profile, "profile")

    def remove(self, profile_id: str) -> None:
        """Remove a profile; its endpoints stay."""
        self._link.ask(Request(method="DELETE", path=path_of("multistream", "profiles", profile_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What is known of a place to broadcast to; ``words`` hold its servers, limits and the form of its keys."""

    words: Words
    id: str
    name: str
    generic: bool = False
    help_url: str = ""


class Platforms:
    """The route ``/api/platforms``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def all(self) -> tuple[Platform, ...]:
        """Return the platforms that are known."""
        return self._link.read_all(Request(method="GET", path=path_of("platforms")), Platform, "platforms")
