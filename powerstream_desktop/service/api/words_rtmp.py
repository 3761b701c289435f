"""What is said of the broadcast that runs: the stream that comes in, each destination, the recording."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from powerstream_desktop.platforms import causes, findings
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.recording import warning
from powerstream_desktop.recording.snapshot import RecordingSnapshot
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot
from powerstream_desktop.service.api.words import Answer, Words
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.multistream.session_request import REHEARSAL_ID, RunningSession
from powerstream_desktop.service.store.sessions import SessionSource


class Cause(Words):
    """Why a light is not green."""

    code: str
    message: str
    hint: str
    detail: str = ""
    """What the server itself said; often empty."""
    help_url: str = ""
    """The platform's page where it is mended; empty if there is none."""

    @classmethod
    def of(cls, cause: causes.Cause | None) -> Cause | None:
        """Return a cause in the API's words."""
        if cause is None:
            return None
        return cls(
            code=cause.code,
            message=cause.sentence,
            hint=cause.remedy,
            detail=cause.detail,
            help_url=cause.help_url,
        )


class Finding(Words):
    """Something that a look at keys, limits, servers or the stream brought up."""

    severity: findings.Severity
    code: str
    message: str
    hint: str
    destination: str | None
    """Name of the destination it is about; null if it is about all."""

    @classmethod
    def of(cls, finding: findings.Finding) -> Finding:
        """Return a finding in the API's words."""
        return cls(
            severity=finding.severity,
            code=finding.code,
            message=finding.sentence,
            hint=finding.remedy,
            destination=finding.destination,
        )


class DestinationStatus(Words):
    """A destination of the broadcast that runs."""

    id: str | None
    """Of its endpoint; null for the receiver of a rehearsal."""
    platform: str
    name: str
    rendition: Rendition
    server_url: str
    """Where it is connected to, or will be."""
    backup_in_use: bool
    status: DestinationState
    since_seconds: float
    attempt: int
    """Of this outage, counted from 1; 0 while all is well."""
    retry_in_seconds: float | None
    cause: Cause | None
    bitrate_kbps: int
    """What the platform acknowledged, over the last seconds."""
    bytes_sent: int
    frames_sent: int
    dropped_frames: int
    dropped_frames_per_second: float
    queue_ms: int
    """Media that the platform has not acknowledged yet."""
    connects: int

    @classmethod
    def of(cls, endpoint_id: str | None, destination: DestinationSnapshot) -> DestinationStatus:
        """Return a destination in the API's words."""
        return cls(
            id=endpoint_id,
            platform=destination.platform,
            name=destination.name,
            rendition=destination.rendition,
            server_url=destination.server_url,
            backup_in_use=destination.backup_in_use,
            status=destination.state,
            since_seconds=round(destination.since_s, 1),
            attempt=destination.attempt,
            retry_in_seconds=None if destination.retry_in_s is None else round(destination.retry_in_s, 1),
            cause=Cause.of(destination.cause),
            bitrate_kbps=destination.bitrate_kbps,
            bytes_sent=destination.bytes_sent,
            frames_sent=destination.frames_sent,
            dropped_frames=destination.frames_dropped,
            dropped_frames_per_second=round(destination.frames_dropped_per_s, 1),
            queue_ms=destination.queue_ms,
            connects=destination.connects,
        )


class Ingest(Words):
    """A stream that comes in; what is measured of it is null until enough of it has come."""

    publishing: bool
    bridging_seconds: float | None
    """Since the encoder was last heard of, while the relay stands in for it."""
    video_codec: str
    audio_codec: str
    bitrate_kbps: int
    frames: int
    bytes: int
    fps: float | None = None
    key_frame_interval_seconds: float | None = None
    av_skew_ms: int | None = None
    width: int | None = None
    height: int | None = None

    @classmethod
    def of(cls, ingest: IngestSnapshot) -> Ingest:
        """Return a stream in the API's words."""
        stats = ingest.stats
        picture = None if stats is None else stats.picture
        return cls(
            publishing=ingest.publishing,
            bridging_seconds=None if ingest.bridging_s is None else round(ingest.bridging_s, 1),
            video_codec=ingest.video_codec,
            audio_codec=ingest.audio_codec,
            bitrate_kbps=ingest.bitrate_kbps,
            frames=ingest.frames_received,
            bytes=ingest.bytes_received,
            fps=None if stats is None else stats.fps,
            key_frame_interval_seconds=None if stats is None else stats.key_frame_interval_s,
            av_skew_ms=None if stats is None else stats.av_skew_ms,
            width=None if picture is None else picture.width,
            height=None if picture is None else picture.height,
        )


class RecordingWarning(Words):
    """What its owner must know of a recording that runs."""

    code: warning.RecordingWarning
    message: str
    hint: str

    @classmethod
    def of(cls, found: warning.RecordingWarning | None) -> RecordingWarning | None:
        """Return a warning in the API's words."""
        return None if found is None else cls(code=found, message=found.title, hint=found.hint)


class RunningRecording(Words):
    """The recording that is being written."""

    state: RecordingState
    duration_seconds: float
    durable_seconds: float
    """What would survive a power cut now."""
    bytes: int
    gaps: int
    dropped_frames: int
    error: str | None
    parts: int
    """How many files there are, the one being written included."""
    is_paused: bool
    room_seconds: float | None
    """For how long the disk has room; null while that is not known."""
    warning: RecordingWarning | None

    @classmethod
    def of(cls, recording: RecordingSnapshot | None) -> RunningRecording | None:
        """Return a recording in the API's words."""
        if recording is None:
            return None
        return cls(
            state=recording.state,
            duration_seconds=round(recording.duration_s, 2),
            durable_seconds=round(recording.durable_s, 2),
            bytes=recording.bytes_written,
            gaps=len(recording.gaps),
            dropped_frames=recording.dropped_frames,
            error=None if recording.cause is None else recording.cause.title,
            parts=recording.parts,
            is_paused=recording.is_paused,
            room_seconds=None if recording.room_s is None else round(recording.room_s),
            warning=RecordingWarning.of(recording.warning),
        )


class RunningBroadcast(Words):
    """The broadcast that runs, with all its destinations."""

    session_id: str
    user_id: str | None
    station_id: str | None
    profile_id: str | None
    title: str
    source: SessionSource
    state: BroadcastState
    is_active: bool
    """False once it is ending."""
    started_at: datetime
    elapsed_seconds: float
    endpoints: tuple[DestinationStatus, ...]
    renditions: Mapping[Rendition, Ingest]
    """What comes in of each."""
    recording: RunningRecording | None
    uplink_kbps: int | None
    """What the upload carried when it was last used to the full; null if it never was."""
    findings: tuple[Finding, ...]
    troubles: tuple[str, ...]
    """What hinders the studio's engine, in sentences."""
    last_end: str
    """Why the encoder before this one was given up; empty if none was."""

    @classmethod
    def of(cls, running: RunningSession) -> RunningBroadcast:
        """Return a broadcast in the API's words."""
        session, broadcast = running.session, running.broadcast
        return cls(
            session_id=session.id,
            user_id=session.user_id,
            station_id=session.station_id,
            profile_id=session.profile_id,
            title=session.title,
            source=session.source,
            state=broadcast.state,
            is_active=broadcast.state not in {BroadcastState.ENDING, BroadcastState.ENDED},
            started_at=session.started_at,
            elapsed_seconds=round(broadcast.elapsed_s, 1),
            endpoints=destination_statuses(running),
            renditions={each: Ingest.of(ingest) for each, ingest in broadcast.relay.renditions.items()},
            recording=RunningRecording.of(broadcast.recording),
            uplink_kbps=broadcast.relay.uplink_kbps,
            findings=tuple(map(Finding.of, broadcast.findings)),
            troubles=broadcast.engine_troubles,
            last_end=broadcast.last_end,
        )


class RTMPStatus(Answer):
    """All broadcasts that run."""

    sessions: tuple[RunningBroadcast, ...]
    total_active: int


def destination_statuses(running: RunningSession) -> tuple[DestinationStatus, ...]:
    """Return how each destination stands."""
    return tuple(
        DestinationStatus.of(_endpoint_id(running, each.name), each)
        for each in running.broadcast.relay.destinations
    )


def _endpoint_id(running: RunningSession, name: str) -> str | None:
    """Return the id of a destination's endpoint; the receiver of a rehearsal is none, and is known by that."""
    endpoint_id = running.endpoint_ids.get(name)
    return None if endpoint_id == REHEARSAL_ID else endpoint_id


def rtmp_status(running: RunningSession | None) -> RTMPStatus:
    """Return all broadcasts that run."""
    sessions = () if running is None else (RunningBroadcast.of(running),)
    return RTMPStatus(sessions=sessions, total_active=sum(each.is_active for each in sessions))
