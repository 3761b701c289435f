"""Going on air and off, what is on air, and how every destination stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import SLOW_S, Request, path_of
from powerstream_desktop.client.writing import written
from powerstream_desktop.common.secrets import Secret

STUDIO: Final = "studio"
EXTERNAL: Final = "external"
"""Who publishes: our engine, or an encoder such as OBS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStatus:
    """What is on air; all but the first two are None while no broadcast runs.

    Attributes:
        is_live: something goes out; also while the relay stands in for the encoder.
        state: of the broadcast, such as ``live``.
    """

    words: Words
    is_live: bool
    state: str
    session_id: str | None = None
    station_id: str | None = None
    title: str | None = None
    started_at: datetime | None = None
    elapsed_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a light is not green.

    Attributes:
        detail: what the server itself said; often empty.
        help_url: the platform's page where it is mended; may be empty.
    """

    code: str
    message: str
    hint: str
    detail: str = ""
    help_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationStatus:
    """A destination of the broadcast that runs.

    Attributes:
        id: of its endpoint; None for the receiver of a rehearsal.
        status: how its light stands, such as ``live``.
        bitrate_kbps: what the platform acknowledged.
        queue_ms: media that it has not acknowledged yet.
    """

    words: Words
    id: str | None
    name: str
    platform: str
    status: str
    rendition: str = "landscape"
    attempt: int = 0
    retry_in_seconds: float | None = None
    cause: Cause | None = None
    bitrate_kbps: int = 0
    dropped_frames: int = 0
    queue_ms: int = 0
    frames_sent: int = 0
    backup_in_use: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingWarning:
    """What its owner must know of a recording that runs.

    Attributes:
        code: such as ``space_low``.
    """

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRecording:
    """The recording that is being written.

    Attributes:
        durable_seconds: what would survive a power cut now.
        error: why it is not being written; None if all is well.
        parts: how many files there are, the one being written included.
        room_seconds: for how long the disk has room; None while that is not known.
    """

    state: str
    duration_seconds: float
    durable_seconds: float
    bytes: int
    error: str | None = None
    parts: int = 0
    is_paused: bool = False
    room_seconds: float | None = None
    warning: RecordingWarning | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningBroadcast:
    """The broadcast that runs, with all its destinations.

    Attributes:
        is_active: False once it is ending.
        troubles: what hinders the studio's engine, in sentences.
    """

    words: Words
    session_id: str
    state: str
    is_active: bool
    title: str
    source: str
    started_at: datetime
    elapsed_seconds: float
    station_id: str | None = None
    endpoints: tuple[DestinationStatus, ...] = ()
    recording: RunningRecording | None = None
    troubles: tuple[str, ...] = ()
    last_end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RTMPStatus:
    """All broadcasts that run; there is one at most."""

    words: Words
    sessions: tuple[RunningBroadcast, ...]
    total_active: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWish:
    """A broadcast to begin. Endpoints are chosen by the first that is given: selection, profile, station.

    Attributes:
        stream_key: what the encoder has to show; None for one that is made or kept.
        use_multistream: send it to platforms; otherwise it is only recorded and can be watched here.
        selected_endpoints: ids.
        upload_replay: upload it when it is over; None for what the settings say.
        source: ``STUDIO`` or ``EXTERNAL``.
        is_rehearsal: send it to the built-in receiver and to nobody else.
    """

    title: str = ""
    description: str = ""
    station_id: str | None = None
    profile_id: str | None = None
    selected_endpoints: tuple[str, ...] | None = None
    use_multistream: bool = True
    recording_enabled: bool = True
    upload_replay: bool | None = None
    source: str = STUDIO
    is_rehearsal: bool = False
    stream_key: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The broadcast has begun.

    Attributes:
        ingest_url: where an encoder publishes to, with the key masked.
    """

    words: Words
    session_id: str
    ingest_url: str
    multistream: RunningBroadcast


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A replay that a broadcast became."""

    words: Words
    asset_id: str
    title: str
    status: str
    duration_seconds: float
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The broadcast is over.

    Attributes:
        session_id: None if none ran.
        recordings: more than one where the encoder changed its settings on the way.
    """

    words: Words
    session_id: str | None
    recordings: tuple[Recorded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A moment that somebody wanted to find again.

    Attributes:
        offset_ms: among a replay's markers from the beginning of the replay; otherwise from that of the session.
    """

    words: Words
    id: str
    offset_ms: int
    label: str
    session_id: str | None = None
    asset_id: str | None = None


class Live:
    """The routes of ``/api/live``, ``/api/rtmp/status`` and ``/api/markers``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def health(self) -> str:
        """Return the service's version; that it answers is what is asked."""
        return str(self._link.ask(Request(method="GET", path=path_of("live", "health"))).get("version", ""))

    def status(self) -> LiveStatus:
        """Return what is on air."""
        return self._link.read(Request(method="GET", path=path_of("live", "status")), LiveStatus)

    def destinations(self) -> RTMPStatus:
        """Return how every destination stands."""
        return self._link.read(Request(method="GET", path=path_of("rtmp", "status")), RTMPStatus)

    def start(self, wish: StartWish) -> Started:
        """Go on air; returns once the broadcast can be published to. ``ConflictError`` when one runs.

        Never said twice once it was sent: after ``ServiceGoneError`` with ``has_changed``, look at ``status``.
        """
        path = path_of("live", "start")
        return self._link.read(Request(method="POST", path=path, body=written(wish), read_s=SLOW_S), Started)

    def stop(self, session_id: str | None = None) -> Stopped:
        """Go off air; returns once everything is kept. Harmless when repeated, and then said by itself again.

        Args:
            session_id: which one; None for whichever runs.
        """
        body = {} if session_id is None else {"sessionId": session_id}
        path = path_of("live", "stop")
        return self._link.read(
            Request(method="POST", path=path, body=body, is_repeatable=True, read_s=SLOW_S), Stopped
        )

    def split_recording(self) -> None:
        """Begin a new file of the recording at the next key frame; ``ConflictError`` while nothing is recorded."""
        self._link.ask(Request(method="POST", path=path_of("live", "recording", "split"), body={}))

    def pause_recording(self) -> None:
        """Leave out what follows of the recording, from the next key frame on; errors as with ``split_recording``."""
        path = path_of("live", "recording", "pause")
        self._link.ask(Request(method="POST", path=path, body={}, is_repeatable=True))

    def resume_recording(self) -> None:
        """Record again, in a new file; errors as with ``split_recording``."""
        path = path_of("live", "recording", "resume")
        self._link.ask(Request(method="POST", path=path, body={}, is_repeatable=True))

    def mark(self, label: str = "") -> Marker:
        """Mark this moment of the running broadcast; ``ConflictError`` while none runs."""
        return self._link.read(
            Request(method="POST", path=path_of("markers"), body={"label": label}), Marker, "marker"
        )
