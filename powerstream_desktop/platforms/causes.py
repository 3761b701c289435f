"""Causes in plain words: turns what happened to a destination into a code, a sentence and a next step.

The relay reports a ``Failure``: a kind and, for the log, a detail. People read a ``Cause``. Nothing here ever holds a key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FailureKind(StrEnum):
    """What happened to a connection; the values are the codes that users and scripts see."""

    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect-timeout"
    TLS_EXPIRED = "tls-expired"
    TLS_WRONG_NAME = "tls-wrong-name"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_FAILED = "tls-failed"
    NOT_RTMP = "not-rtmp"
    WEB_PAGE = "web-page"
    HANDSHAKE_TIMEOUT = "handshake-timeout"
    CONNECT_REJECTED = "connect-rejected"
    KEY_REFUSED = "key-refused"
    CLOSED_BEFORE_CONNECT = "closed-before-connect"
    CLOSED_BEFORE_START = "closed-before-start"
    START_TIMEOUT = "start-timeout"
    CLOSED_SOON = "closed-soon"
    CLOSED = "closed"
    RESET = "reset"
    STALLED = "stalled"
    TOO_SLOW = "too-slow"
    NO_INPUT = "no-input"
    NO_RENDITION = "no-rendition"
    UNSUPPORTED_CODEC = "unsupported-codec"
    FORMAT_REFUSED = "format-refused"
    MADE_ROOM = "made-room"
    ENDED_BY_PLATFORM = "ended-by-platform"
    MOVED = "moved"
    PROTOCOL = "protocol"
    SYSTEM = "system"


REFUSALS = frozenset({FailureKind.CONNECT_REJECTED, FailureKind.KEY_REFUSED, FailureKind.CLOSED_BEFORE_START})
"""The platform said no, or as good as: asking again quickly is useless and may get an account banned."""

ABSENCES = frozenset({FailureKind.REFUSED, FailureKind.UNREACHABLE})
"""Nobody was at home, and that was learnt at once and for free."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure of one destination, as the relay saw it. ``detail`` is technical, without secrets, for the log."""

    kind: FailureKind
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One failure in words for people: a stable code, what happened, what to do now."""

    code: str
    sentence: str
    remedy: str


_WORDS: dict[FailureKind, tuple[str, str]] = {
    FailureKind.DNS: (
        "The server name of {name} was not found.",
        "Check the server URL and this computer's internet connection.",
    ),
    FailureKind.REFUSED: (
        "{name} does not accept connections on this port.",
        "Check the server URL; if it is right, the service is down and will be tried again.",
    ),
    FailureKind.UNREACHABLE: (
        "There is no route to {name}.",
        "Check this computer's network connection.",
    ),
    FailureKind.CONNECT_TIMEOUT: (
        "{name} did not answer.",
        "A firewall may block the port; RTMPS (port 443) often gets through.",
    ),
    FailureKind.TLS_EXPIRED: (
        "The certificate of {name} has expired. The key was not sent.",
        "Check this computer's date; otherwise the service must renew its certificate.",
    ),
    FailureKind.TLS_WRONG_NAME: (
        "The certificate of {name} belongs to another server. The key was not sent.",
        "Check the host in the server URL.",
    ),
    FailureKind.TLS_UNTRUSTED: (
        "The certificate of {name} is not from an authority this computer trusts. The key was not sent.",
        "Something may be reading your connection; do not use this network, or ask the service.",
    ),
    FailureKind.TLS_FAILED: (
        "No secure connection to {name} could be made. The key was not sent.",
        "Check that the URL should start with rtmps:// and the port is right.",
    ),
    FailureKind.NOT_RTMP: (
        "Something answered for {name}, but not a streaming server.",
        "Check host and port; on public Wi-Fi, sign in to the network first.",
    ),
    FailureKind.WEB_PAGE: (
        "A web page answered instead of {name}.",
        "On public Wi-Fi, sign in to the network first; otherwise check host and port.",
    ),
    FailureKind.HANDSHAKE_TIMEOUT: (
        "{name} accepted the connection but did not speak.",
        "It will be tried again; check the port if this stays.",
    ),
    FailureKind.CONNECT_REJECTED: (
        "{name} refused the server URL.",
        "Check the path of the server URL (the part after the host).",
    ),
    FailureKind.KEY_REFUSED: (
        "{name} refused the stream key.",
        "Copy the key again from the platform's page; make sure that no other encoder is using it.",
    ),
    FailureKind.CLOSED_BEFORE_CONNECT: (
        "{name} closed the connection when it saw the server URL.",
        "Check the path of the server URL (the part after the host).",
    ),
    FailureKind.CLOSED_BEFORE_START: (
        "{name} closed the connection when it saw the stream key.",
        "Most likely the key is wrong or has expired: copy it again from the platform's page.",
    ),
    FailureKind.START_TIMEOUT: (
        "{name} did not answer to the stream key.",
        "It will be tried again; check the key if this stays.",
    ),
    FailureKind.CLOSED_SOON: (
        "{name} closed the connection soon after the start.",
        "If this repeats, the key or the stream's settings are not accepted there.",
    ),
    FailureKind.CLOSED: (
        "{name} closed the connection.",
        "Reconnecting by itself; nothing to do.",
    ),
    FailureKind.RESET: (
        "The connection to {name} was cut.",
        "Reconnecting by itself; nothing to do.",
    ),
    FailureKind.STALLED: (
        "{name} stopped taking data for 5 seconds.",
        "Reconnecting by itself; if it repeats, check your upload speed.",
    ),
    FailureKind.TOO_SLOW: (
        "The way to {name} is too slow for this bitrate.",
        "Lower the bitrate, or stream to fewer platforms.",
    ),
    FailureKind.NO_INPUT: (
        "Nothing comes from the encoder, so {name} gets nothing.",
        "The connection is kept; look at the encoder.",
    ),
    FailureKind.NO_RENDITION: (
        "{name} takes a rendition that nobody is sending.",
        "Switch that rendition on, or choose the other one for this destination.",
    ),
    FailureKind.UNSUPPORTED_CODEC: (
        "{name} does not accept the codec of this stream.",
        "Choose H.264 and AAC in the encoder.",
    ),
    FailureKind.FORMAT_REFUSED: (
        "{name} did not accept the new picture format of the encoder that came back.",
        "Reconnecting by itself; nothing to do.",
    ),
    FailureKind.MADE_ROOM: (
        "The upload is too slow for everybody: {name} makes room for the destinations above it.",
        "Lower the bitrate, or stream to fewer platforms; the picture comes back by itself when there is room.",
    ),
    FailureKind.ENDED_BY_PLATFORM: (
        "{name} ended the broadcast.",
        "Look at the platform's page: another encoder or a moderator may have ended it.",
    ),
    FailureKind.MOVED: (
        "{name} asked to reconnect.",
        "Reconnecting by itself; nothing to do.",
    ),
    FailureKind.PROTOCOL: (
        "{name} sent something that is not valid RTMP.",
        "It will be tried again; check the server URL if this stays.",
    ),
    FailureKind.SYSTEM: (
        "This computer could not open a connection to {name}.",
        "Close programs that use many connections, then retry.",
    ),
}


def explain(failure: Failure, destination_name: str) -> Cause:
    """Return the failure in words that name the destination."""
    sentence, remedy = _WORDS[failure.kind]
    return Cause(code=failure.kind.value, sentence=sentence.format(name=destination_name), remedy=remedy)
