"""Endpoints as requests ask for them and as answers tell them. A key goes in and never comes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from powerstream_desktop.platforms.catalogue import CUSTOM
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.rtmp.url.address import MAX_URL_LENGTH
from powerstream_desktop.service.api.wish_fields import Id, Name, SecretText
from powerstream_desktop.service.api.words import Answer, Wish, Word, Words
from powerstream_desktop.service.api.words_rtmp import Cause, DestinationStatus
from powerstream_desktop.service.store import endpoints

MAX_PRIORITY: Final = 100
_Address = Annotated[str, Field(max_length=MAX_URL_LENGTH)]
_Positive = Annotated[int, Field(ge=1, le=1_000_000)]


class VideoLimitsWish(Wish):
    """What a server takes at most; null where nothing is known beyond the platform's own limits."""

    max_video_kbps: _Positive | None = None
    max_height: _Positive | None = None
    """Pixels of the shorter side."""
    max_fps: _Positive | None = None


class EndpointWish(Wish):
    """An endpoint as it shall be. What is left out is as if it had never been set, but for the key."""

    name: Name
    platform: Annotated[str, Field(pattern="^[a-z][a-z0-9_-]{0,31}$")] = CUSTOM
    """Its id in the catalogue."""
    server_url: _Address = ""
    """``rtmp://host/app`` or ``rtmps://…``; empty for the platform's usual server. A key at its end is cut off and kept as the key."""
    stream_key: SecretText | None = None
    """Null keeps the key that there is, for the servers that it was given for; an empty text removes it."""
    key_saved_on: Word[date] | None = None
    """The day on which the key was got; by default today, when a key is given."""
    backup_server_url: _Address | None = None
    backup_use: Word[BackupUse] | None = None
    """By default ``warm`` when there is a second server, and ``off`` when there is none."""
    station_id: Id | None = None
    """Null for one that all stations share."""
    user_id: Id | None = None
    is_active: bool = True
    """Part of a broadcast unless others are chosen."""
    priority: Annotated[int, Field(ge=-MAX_PRIORITY, le=MAX_PRIORITY)] = 0
    """Who keeps the picture when the upload collapses: the higher, the longer."""
    rendition: Word[Rendition] | None = None
    """By default the one that suits the platform."""
    video_limits: VideoLimitsWish = VideoLimitsWish()


class NewEndpointWish(EndpointWish):
    """An endpoint to add."""

    id: Id | None = None
    """By default one is made."""


class VideoLimits(Words):
    """What a server takes at most; null where nothing is known beyond the platform's own limits."""

    max_video_kbps: int | None
    max_height: int | None
    max_fps: int | None


class Endpoint(Words):
    """An endpoint as it is kept."""

    id: str
    platform: str
    name: str
    server_url: str
    backup_server_url: str | None
    backup_use: BackupUse
    stream_key: Literal["set", "unset"]
    key_saved_on: date | None
    station_id: str | None
    user_id: str | None
    is_active: bool
    priority: int
    rendition: Rendition
    video_limits: VideoLimits
    last_status: str
    """How its light stood when it was last used; empty before."""
    last_error: str
    """Why; empty if all was well."""
    last_connected_at: datetime | None
    """When its server last took media."""
    created_at: datetime

    @classmethod
    def of(cls, endpoint: endpoints.SavedEndpoint) -> Endpoint:
        """Return an endpoint in the API's words."""
        limits, contact = endpoint.video_limits, endpoint.last_contact
        return cls(
            id=endpoint.id,
            platform=endpoint.platform,
            name=endpoint.name,
            server_url=endpoint.server_url,
            backup_server_url=endpoint.backup_server_url,
            backup_use=endpoint.backup_use,
            stream_key="unset" if endpoint.key_ref is None else "set",
            key_saved_on=endpoint.key_saved_on,
            station_id=endpoint.station_id,
            user_id=endpoint.user_id,
            is_active=endpoint.is_active,
            priority=endpoint.priority,
            rendition=endpoint.rendition,
            video_limits=VideoLimits(
                max_video_kbps=limits.max_video_kbps, max_height=limits.max_height, max_fps=limits.max_fps
            ),
            last_status=contact.status,
            last_error=contact.error,
            last_connected_at=contact.connected_at,
            created_at=endpoint.created_at,
        )


class EndpointList(Answer):
    """Endpoints, the highest priority first."""

    endpoints: tuple[Endpoint, ...]


class EndpointAnswer(Answer):
    """An endpoint as it was saved."""

    endpoint: Endpoint


class EndpointNow(Answer):
    """How an endpoint stands."""

    id: str
    status: DestinationState
    """``off`` while no broadcast that runs has it."""
    cause: Cause | None
    session_id: str | None
    """Of the broadcast that has it; null if none does."""
    destination: DestinationStatus | None
    """All figures; null while no broadcast has it."""
    last_status: str
    last_error: str
    last_connected_at: datetime | None
