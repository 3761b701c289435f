"""What a connection tells its owner (rtmp.md 7.1): frozen values, in the order in which they happened.

Names that may hold a stream key (``name``, ``tc_url``, ``target``) are left out of ``repr``, so that an event may be logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from powerstream_desktop.rtmp.url import PublishTarget


class Stage(Enum):
    """How far a connection had come when it ended; the earlier, the more likely the URL or the key is wrong."""

    BEFORE_CONNECT = "before connect"
    """No answer to ``connect`` yet: the address, the port or the application name."""
    BEFORE_START = "before start"
    """Connected, but publishing or playing had not started: most likely the key (rtmp.md 0.7)."""
    LIVE = "live"


class CloseReason(Enum):
    """Why a connection is over."""

    PEER_CLOSED = "peer closed"
    HANDSHAKE_TIMEOUT = "handshake timeout"
    COMMAND_TIMEOUT = "command timeout"
    IDLE = "idle"
    """A publisher sent no media, or a player answered no ping."""


class FinishReason(Enum):
    """How a stream came to its end."""

    UNPUBLISHED = "unpublished"
    """The peer said goodbye: FCUnpublish, closeStream, deleteStream or ``publish(false)``."""
    LOST = "lost"
    """The connection ended without a goodbye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandshakeCompleted(Event):
    """Both sides have shaken hands. On a server ``digest`` says that the peer used the digest form (rtmp.md 1.2.3)."""

    digest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionClosed(Event):
    """The connection is over; always the last event. A server's streams in use were reported finished before."""

    reason: CloseReason
    stage: Stage


# ------------------------------------------------------------------------------------------------------------- media


@dataclass(frozen=True, slots=True)
class AudioReceived(Event):
    """One audio message: FLV tag body, ``timestamp`` in milliseconds as unsigned 32 bits."""

    stream_id: int
    timestamp: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class VideoReceived(Event):
    """One video message: FLV tag body, ``timestamp`` (decoding time) in milliseconds as unsigned 32 bits."""

    stream_id: int
    timestamp: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class DataReceived(Event):
    """One data message, ``onMetaData`` among them.

    ``payload`` is its AMF0 body, beginning with ``name``, without ``@setDataFrame`` and whatever else stood before the name.
    """

    stream_id: int
    timestamp: int
    name: str
    payload: bytes


# ------------------------------------------------------------------------------------------------------ server: requests


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectRequested(Event):
    """Answer with ``accept_connect`` or ``reject_connect``; everything behind it is held back until then."""

    request_id: int
    app: str = field(repr=False)
    """As sent; what it means is only known together with the stream name: see ``PublishRequested.target``."""
    tc_url: str = field(repr=False)
    flash_ver: str
    object_encoding: int
    fourcc_list: tuple[str, ...]
    """Enhanced RTMP codecs that the client says it knows; ``("*",)`` for all."""
    caps_ex: int
    """Enhanced RTMP capability bits (rtmp.md 2.8), 0 when the client sent none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequested(Event):
    """Answer with ``accept_publish`` or ``reject_publish``; the encoder has not been told "start" yet (rtmp.md 0.6)."""

    request_id: int
    stream_id: int
    app: str = field(repr=False)
    name: str = field(repr=False)
    """The stream name as sent; ``target`` holds what it means."""
    target: PublishTarget = field(repr=False)
    publish_type: str
    """As the client said: live, record or append; all mean live to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayRequested(Event):
    """Answer with ``accept_play`` or ``reject_play``. Start and duration are left out: clients disagree on their unit."""

    request_id: int
    stream_id: int
    app: str = field(repr=False)
    name: str = field(repr=False)
    target: PublishTarget = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishFinished(Event):
    """The peer's publishing is over; not sent for an end that the application made itself."""

    stream_id: int
    reason: FinishReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayFinished(Event):
    """Playing is over: on a server the player left, on a client the server ended the stream."""

    stream_id: int
    reason: FinishReason


@dataclass(frozen=True, slots=True, kw_only=True)
class BufferLengthChanged(Event):
    """A player tells how much it buffers; a hint, nothing more."""

    stream_id: int
    buffer_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRequested(Event):
    """A player pauses or goes on (already answered). After a pause it wants a key frame first."""

    stream_id: int
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveAudioRequested(Event):
    """A player switches its sound off or on."""

    stream_id: int
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveVideoRequested(Event):
    """A player switches its picture off or on."""

    stream_id: int
    wanted: bool


# ------------------------------------------------------------------------------------------------------------ client


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected(Event):
    """The server accepted ``connect``; the stream is being made."""

    server_version: str
    fourcc_list: tuple[str, ...]
    """Enhanced RTMP codecs that the server says it takes; empty when it says nothing, which most do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishStarted(Event):
    """``NetStream.Publish.Start``: media may be sent now."""

    stream_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayStarted(Event):
    """``NetStream.Play.Start``: media follows."""

    stream_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectRefused(Event):
    """The server refused ``connect``. Flush and close.

    ``code`` and ``description`` are the server's own text; a hostile server may have written anything, also the key.
    """

    code: str
    description: str
    redirect: str | None = field(default=None, repr=False)
    """Another URL that the server points to (SRS); never one that would give up TLS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRefused(Event):
    """The server refused the stream; at stage ``LIVE`` it had accepted it before. Flush and close."""

    code: str
    description: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayRefused(Event):
    """The server refused to play. Flush and close."""

    code: str
    description: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticationRequired(Event):
    """The server wants a user name and password: close, and build a new client with this ``auth_query`` (rtmp.md 1.17)."""

    auth_query: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteUnpublished(Event):
    """The server ended our publishing while it was live, e.g. because another encoder took over. Flush and close."""

    code: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconnectRequested(Event):
    """The server asks us to move (Enhanced RTMP); go on sending to it until the new connection stands."""

    tc_url: str | None = field(repr=False)
    """Absolute URL with the application, None for the same one; never one that would give up TLS."""
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReceived(Event):
    """Any other ``onStatus``; for the log."""

    level: str
    code: str
    description: str
