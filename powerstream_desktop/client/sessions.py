"""The broadcasts that are and were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.live import Cause, Marker, Recorded
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import Request, path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A light that turned."""

    at: datetime
    status: str
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a destination stood at one moment.

    Attributes:
        bitrate_kbps: what the platform acknowledged.
        bytes_sent, dropped_frames, connects: since the session began.
    """

    at: datetime
    bitrate_kbps: int
    queue_ms: int
    bytes_sent: int = 0
    dropped_frames: int = 0
    connects: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDestination:
    """An endpoint as it was in a session, with what it went through, the oldest first.

    Attributes:
        figures: once a minute; only of a session that was asked for by its id.
        endpoint_id: may be gone by now.
        last_status: how its light stood at the end.
    """

    words: Words
    endpoint_id: str
    name: str
    platform: str
    last_status: str
    changes: tuple[StateChange, ...] = ()
    figures: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A broadcast that runs or is over.

    Attributes:
        last_seen_at: when it was last known to run.
        ended_at: None while it runs.
        ending: ``stopped``, ``failed`` or ``interrupted``; None while it runs.
        ending_words: a sentence to the ending; may be empty.
        is_rehearsal: it went to the built-in receiver and to nobody else.
        markers, recordings: only of one that was asked for by its id.
    """

    words: Words
    session_id: str
    title: str
    source: str
    started_at: datetime
    description: str = ""
    last_seen_at: datetime | None = None
    ended_at: datetime | None = None
    ending: str | None = None
    ending_words: str = ""
    station_id: str | None = None
    profile_id: str | None = None
    is_recorded: bool = False
    is_rehearsal: bool = False
    asset_id: str | None = None
    destinations: tuple[PastDestination, ...] = ()
    markers: tuple[Marker, ...] = ()
    recordings: tuple[Recorded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsPage:
    """Broadcasts, the newest first.

    Attributes:
        next_cursor: for the page after this one; None when this is the last.
    """

    words: Words
    sessions: tuple[Session, ...]
    next_cursor: str | None = None


class Sessions:
    """The routes of ``/api/multistream/sessions``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def page(
        self, *, station_id: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> SessionsPage:
        """Return broadcasts, newest first, with what their destinations went through."""
        query = {"stationId": station_id, "limit": limit, "cursor": cursor}
        path = path_of("multistream", "sessions")
        return self._link.read(Request(method="GET", path=path, query=query), SessionsPage)

    def get(self, session_id: str) -> Session:
        """Return all that is known of one broadcast."""
        path = path_of("multistream", "sessions", session_id)
        return self._link.read(Request(method="GET", path=path), Session, "session")
