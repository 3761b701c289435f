"""What is asked and said of the broadcast that runs, without its destinations."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from powerstream_desktop.service.api.wish_fields import Choice, Id, SecretText, Text, Title
from powerstream_desktop.service.api.words import Answer, Wish, Word
from powerstream_desktop.service.api.words_rtmp import RunningBroadcast, RunningRecording
from powerstream_desktop.service.api.words_sessions import Recorded
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.multistream.session_request import EndedSession, RunningSession
from powerstream_desktop.service.store.sessions import SessionSource

_ON_AIR: Final = frozenset({BroadcastState.LIVE, BroadcastState.BRIDGING})


class Health(Answer):
    """The service is there."""

    version: str


class LiveStatus(Answer):
    """What is on air; all but the first two are null while no broadcast runs."""

    is_live: bool
    """Something goes out; also while the relay stands in for the encoder."""
    state: BroadcastState
    session_id: str | None = None
    station_id: str | None = None
    title: str | None = None
    started_at: datetime | None = None
    elapsed_seconds: float | None = None


class StartWish(Wish):
    """A broadcast to begin. Endpoints are chosen by the first that is given: selection, profile, station, user."""

    stream_key: SecretText | None = None
    """What the encoder has to show; by default one is made."""
    title: Title = ""
    description: Text = ""
    station_id: Id | None = None
    user_id: Id | None = None
    use_multistream: bool = True
    """Send it to platforms; otherwise it is only recorded and can be watched here."""
    profile_id: Id | None = None
    selected_endpoints: Choice | None = None
    recording_enabled: bool = True
    upload_replay: bool | None = None
    """Upload the replay when it is over; null for what the settings say. Nothing is uploaded before a store was chosen."""
    source: Word[SessionSource] = SessionSource.STUDIO
    """Who publishes."""
    is_rehearsal: bool = False
    """Send it to the built-in receiver and to nobody else."""


class Started(Answer):
    """The broadcast has begun."""

    session_id: str
    ingest_url: str
    """Where an encoder publishes to, with the key masked."""
    multistream: RunningBroadcast


class StopWish(Wish):
    """A broadcast to end."""

    session_id: Id | None = None
    """By default whichever runs."""


class Stopped(Answer):
    """The broadcast is over."""

    session_id: str | None
    """Null if none ran."""
    recording: Recorded | None
    """The first of ``recordings``."""
    recordings: tuple[Recorded, ...]
    """More than one where the encoder changed its settings on the way."""


class RecordingAnswer(Answer):
    """How the recording stood when it was told; what it does, it does at the next key frame."""

    recording: RunningRecording | None


def live_status(running: RunningSession | None) -> LiveStatus:
    """Return what is on air."""
    if running is None:
        return LiveStatus(is_live=False, state=BroadcastState.IDLE)
    session, broadcast = running.session, running.broadcast
    return LiveStatus(
        is_live=broadcast.state in _ON_AIR,
        state=broadcast.state,
        session_id=session.id,
        station_id=session.station_id,
        title=session.title,
        started_at=session.started_at,
        elapsed_seconds=round(broadcast.elapsed_s, 1),
    )


def stopped(ended: EndedSession | None) -> Stopped:
    """Return what became of a broadcast."""
    if ended is None:
        return Stopped(session_id=None, recording=None, recordings=())
    recordings = tuple(map(Recorded.of, ended.assets))
    return Stopped(session_id=ended.session.id, recording=next(iter(recordings), None), recordings=recordings)
