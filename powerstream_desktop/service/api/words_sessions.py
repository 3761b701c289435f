"""What is said of the broadcasts that were, and of what was recorded of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.api.words import Answer, Words
from powerstream_desktop.service.api.words_rtmp import Cause
from powerstream_desktop.service.multistream.session_request import REHEARSAL_ID
from powerstream_desktop.service.store import assets, markers, timelines
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.sessions import Session, SessionEnding, SessionSource


class Recorded(Words):
    """A replay that a broadcast became."""

    asset_id: str
    title: str
    status: AssetStatus
    recorded_at: datetime
    duration_seconds: float
    size_bytes: int

    @classmethod
    def of(cls, asset: assets.Asset) -> Recorded:
        """Return a replay in the API's words."""
        return cls(
            asset_id=asset.id,
            title=asset.title,
            status=asset.status,
            recorded_at=asset.recorded_at,
            duration_seconds=asset.duration_ms / 1000,
            size_bytes=asset.size_bytes,
        )


class Marker(Words):
    """A moment that somebody wanted to find again."""

    id: str
    session_id: str | None
    asset_id: str | None
    offset_ms: int
    """Among a replay's markers from the beginning of the replay; otherwise from that of the session."""
    label: str

    @classmethod
    def of(cls, marker: markers.Marker, *, replay_begins_ms: int = 0) -> Marker:
        """Return a marker in the API's words.

        Args:
            marker: as it is kept.
            replay_begins_ms: how long its session ran before the replay begins that it is told of; 0 to tell of the session.
        """
        return cls(
            id=marker.id,
            session_id=marker.session_id,
            asset_id=marker.asset_id,
            offset_ms=max(0, marker.offset_ms - replay_begins_ms),
            label=marker.label,
        )


class StateChange(Words):
    """A light that turned."""

    at: datetime
    status: DestinationState
    cause: Cause | None

    @classmethod
    def of(cls, change: timelines.StateChange) -> StateChange:
        """Return a change in the API's words."""
        return cls(at=change.at, status=change.state, cause=Cause.of(change.cause))


class Figures(Words):
    """How a destination stood at one moment; all but the first three count from the beginning of the session."""

    at: datetime
    bitrate_kbps: int
    queue_ms: int
    bytes_sent: int
    frames_sent: int
    dropped_frames: int
    connects: int

    @classmethod
    def of(cls, figures: timelines.Figures) -> Figures:
        """Return figures in the API's words."""
        return cls(
            at=figures.at,
            bitrate_kbps=figures.bitrate_kbps,
            queue_ms=figures.queue_ms,
            bytes_sent=figures.bytes_sent,
            frames_sent=figures.frames_sent,
            dropped_frames=figures.frames_dropped,
            connects=figures.connects,
        )


class PastDestination(Words):
    """An endpoint as it was in a session, with what it went through, the oldest first."""

    endpoint_id: str
    """May be gone by now."""
    name: str
    platform: str
    rendition: Rendition
    last_status: DestinationState
    changes: tuple[StateChange, ...]

    @classmethod
    def of(cls, timeline: timelines.Timeline) -> PastDestination:
        """Return a timeline in the API's words."""
        was = timeline.destination
        return cls(
            endpoint_id=was.endpoint_id,
            name=was.name,
            platform=was.platform,
            rendition=was.rendition,
            last_status=timeline.last_state,
            changes=tuple(map(StateChange.of, timeline.changes)),
        )


class ReportedDestination(PastDestination):
    """The same, with figures once a minute."""

    figures: tuple[Figures, ...]

    @classmethod
    def of(cls, timeline: timelines.Timeline) -> ReportedDestination:
        """Return a timeline in the API's words."""
        past = PastDestination.of(timeline)
        return cls(**dict(past), figures=tuple(map(Figures.of, timeline.figures)))


class SessionFacts(Words):
    """A broadcast that runs or is over."""

    session_id: str
    station_id: str | None
    user_id: str | None
    profile_id: str | None
    title: str
    description: str
    source: SessionSource
    is_recorded: bool
    is_rehearsal: bool
    """It went to the built-in receiver and to nobody else."""
    asset_id: str | None
    """The replay it became."""
    started_at: datetime
    last_seen_at: datetime
    """When it was last known to run."""
    ended_at: datetime | None
    ending: SessionEnding | None
    """Null while it runs."""
    ending_words: str
    """A sentence to the ending; may be empty."""


class PastSession(SessionFacts):
    """A broadcast with what its destinations went through."""

    destinations: tuple[PastDestination, ...]

    @classmethod
    def of(cls, session: Session, lines: Iterable[timelines.Timeline]) -> PastSession:
        """Return a session in the API's words."""
        destinations = tuple(map(PastDestination.of, lines))
        return cls(**dict(session_facts(session, destinations)), destinations=destinations)


class SessionReport(SessionFacts):
    """All that is known of one broadcast."""

    destinations: tuple[ReportedDestination, ...]
    markers: tuple[Marker, ...]
    recordings: tuple[Recorded, ...]


class SessionsPage(Answer):
    """Broadcasts, the newest first."""

    sessions: tuple[PastSession, ...]
    next_cursor: str | None
    """For the page after this one; null when this is the last."""


class SessionAnswer(Answer):
    """One broadcast."""

    session: SessionReport


class MarkerAnswer(Answer):
    """A marker as it was kept."""

    marker: Marker


def session_facts(session: Session, destinations: Iterable[PastDestination]) -> SessionFacts:
    """Return a session in the API's words, of which its destinations are a part."""
    return SessionFacts(
        session_id=session.id,
        station_id=session.station_id,
        user_id=session.user_id,
        profile_id=session.profile_id,
        title=session.title,
        description=session.description,
        source=session.source,
        is_recorded=session.is_recorded,
        is_rehearsal=any(each.endpoint_id == REHEARSAL_ID for each in destinations),
        asset_id=session.asset_id,
        started_at=session.started_at,
        last_seen_at=session.last_seen_at,
        ended_at=session.ended_at,
        ending=session.ending,
        ending_words=session.ending_words,
    )
