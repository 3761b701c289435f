"""What the sheet for going live has to know before it can be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.client.catalogue import Profile, Station
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.sessions import Session
from powerstream_desktop.client.settings import Value
from powerstream_desktop.desktop.destinations.dashboard_facts import endpoint_label
from powerstream_desktop.desktop.studio.room_left import RoomLeft, read_room

_REMEMBERED: Final = 20
"""Broadcasts among which the last one of a station is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """How the studio encodes; the fields are those of the settings."""

    size: str
    fps: int
    bitrate_kbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoLiveFacts:
    """Everything that is kept for going live.

    Attributes:
        endpoints: the highest priority first.
        sessions: the newest first.
        platforms: names by id.
        video: None if the settings do not tell.
        uploads: whether replays are uploaded by themselves; None if no store was chosen.
        room: what the disk has left for a recording; None if the system does not tell.
    """

    stations: tuple[Station, ...]
    endpoints: tuple[Endpoint, ...]
    profiles: tuple[Profile, ...]
    sessions: tuple[Session, ...]
    platforms: Mapping[str, str]
    video: Video | None = None
    uploads: bool | None = None
    room: RoomLeft | None = None

    def endpoints_of(self, station_id: str | None) -> tuple[Endpoint, ...]:
        """Return what a station may use: its own endpoints and those that all share; everything without a station."""
        return tuple(
            each for each in self.endpoints if station_id is None or each.station_id in (None, station_id)
        )

    def profiles_of(self, station_id: str | None) -> tuple[Profile, ...]:
        """Return the profiles that a station may use, likewise."""
        return tuple(
            each for each in self.profiles if station_id is None or each.station_id in (None, station_id)
        )

    def last_of(self, station_id: str | None) -> Session | None:
        """Return the newest broadcast of a station; None if it had none lately."""
        return next((each for each in self.sessions if each.station_id == station_id), None)

    def label_of(self, endpoint: Endpoint) -> str:
        """Return what an endpoint is called on a chip: its platform, and its name where the platform is there twice."""
        return endpoint_label(endpoint, self.endpoints, self.platforms)


def gather(client: Client) -> GoLiveFacts:
    """Ask for all of it; errors are those of ``ServiceLink.ask``."""
    settings = {each.name: each.value for each in client.settings.all().settings}
    size, fps, kbps = (settings.get(f"video.{name}") for name in ("size", "fps", "bitrate_kbps"))
    is_known = isinstance(size, str) and isinstance(fps, int) and isinstance(kbps, int)
    return GoLiveFacts(
        stations=client.stations.all(),
        endpoints=client.endpoints.all(),
        profiles=client.profiles.all(),
        sessions=client.sessions.page(limit=_REMEMBERED).sessions,
        platforms={each.id: each.name for each in client.platforms.all()},
        uploads=_uploads(settings),
        room=read_room(client.computer.stats()),
        video=Video(size=str(size), fps=int(fps or 0), bitrate_kbps=int(kbps or 0)) if is_known else None,
    )


def _uploads(settings: Mapping[str, Value]) -> bool | None:
    if settings.get("cloud.kind", "off") == "off":
        return None
    return settings.get("cloud.upload_automatically") is True
