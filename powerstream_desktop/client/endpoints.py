"""Endpoints: where a broadcast may go. Keys go in and never come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.live import Cause, DestinationStatus
from powerstream_desktop.client.preflight import PreflightReport
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import SLOW_S, Request, path_of
from powerstream_desktop.client.writing import new_id, written
from powerstream_desktop.common.secrets import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoLimits:
    """What a server takes at most; None where nothing is known beyond the platform's own limits."""

    max_video_kbps: int | None = None
    max_height: int | None = None
    max_fps: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointWish:
    """An endpoint as it shall be.

    Attributes:
        server_url: empty for the platform's usual server.
        stream_key: None keeps the key that there is; an empty one removes it.
        station_id: None for one that all stations share.
        priority: -100 to 100; who keeps the picture longest when the upload collapses.
    """

    name: str
    platform: str
    server_url: str = ""
    stream_key: Secret | None = None
    key_saved_on: str | None = None
    backup_server_url: str | None = None
    backup_use: str | None = None
    station_id: str | None = None
    user_id: str | None = None
    is_active: bool = True
    priority: int = 0
    rendition: str | None = None
    video_limits: VideoLimits | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An endpoint as it is kept.

    Attributes:
        stream_key: ``set`` or ``unset``.
        last_status: how its light stood when it was last used; empty before.
        last_error: why; empty if all was well.
    """

    words: Words
    id: str
    platform: str
    name: str
    server_url: str
    stream_key: str
    is_active: bool
    priority: int = 0
    rendition: str | None = None
    backup_server_url: str | None = None
    backup_use: str | None = None
    key_saved_on: str | None = None
    station_id: str | None = None
    user_id: str | None = None
    video_limits: VideoLimits | None = None
    last_status: str = ""
    last_error: str = ""
    last_connected_at: datetime | None = None

    @property
    def has_key(self) -> bool:
        """A key is kept for it."""
        return self.stream_key == "set"

    @property
    def wish(self) -> EndpointWish:
        """The wish that leaves it as it is; change some of it and ``save`` that."""
        return EndpointWish(
            name=self.name,
            platform=self.platform,
            server_url=self.server_url,
            key_saved_on=self.key_saved_on,
            backup_server_url=self.backup_server_url,
            backup_use=self.backup_use,
            station_id=self.station_id,
            user_id=self.user_id,
            is_active=self.is_active,
            priority=self.priority,
            rendition=self.rendition,
            video_limits=self.video_limits,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointNow:
    """How an endpoint stands.

    Attributes:
        status: ``off`` while no broadcast that runs has it.
        destination: all figures; None while no broadcast has it.
    """

    words: Words
    id: str
    status: str
    cause: Cause | None = None
    session_id: str | None = None
    destination: DestinationStatus | None = None
    last_status: str = ""
    last_error: str = ""


class Endpoints:
    """The routes of ``/api/rtmp/endpoints``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def all(self, station_id: str | None = None) -> tuple[Endpoint, ...]:
        """Return endpoints, the highest priority first; those of a station include the ones that all stations share."""
        request = Request(method="GET", path=_path(), query={"stationId": station_id})
        return self._link.read_all(request, Endpoint, "endpoints")

    def add(self, wish: EndpointWish) -> Endpoint:
        """Add an endpoint."""
        return self.save(new_id(), wish)

    def save(self, endpoint_id: str, wish: EndpointWish) -> Endpoint:
        """Add an endpoint or replace the one of this id; a broadcast that runs notices at once."""
        request = Request(method="PUT", path=_path(endpoint_id), body=written(wish))
        return self._link.read(request, Endpoint, "endpoint")

    def remove(self, endpoint_id: str) -> None:
        """Remove an endpoint, also from profiles and from a broadcast that runs; its key is forgotten."""
        self._link.ask(Request(method="DELETE", path=_path(endpoint_id)))

    def status(self, endpoint_id: str) -> EndpointNow:
        """Return how an endpoint stands."""
        return self._link.read(Request(method="GET", path=_path(endpoint_id, "status")), EndpointNow)

    def check(self, endpoint_id: str) -> PreflightReport:
        """Look at one endpoint before going live: asks its server for a connection, and publishes nothing."""
        return self._link.read(
            Request(
                method="POST", path=_path(endpoint_id, "check"), body={}, is_repeatable=True, read_s=SLOW_S
            ),
            PreflightReport,
            "report",
        )

    def retry(self, endpoint_id: str) -> None:
        """Have an endpoint of the running broadcast try again at once; ``UnknownError`` if it has no such."""
        self._link.ask(Request(method="POST", path=_path(endpoint_id, "retry"), body={}, is_repeatable=True))


def _path(*parts: str) -> str:
    return path_of("rtmp", "endpoints", *parts)
