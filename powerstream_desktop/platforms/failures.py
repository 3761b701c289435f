"""Failures: what happened to a destination, as the relay saw it. What people read about it is in ``causes``."""

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
    TLS_TOO_OLD = "tls-too-old"
    TLS_MISSING = "tls-missing"
    """What answers on this port does not speak TLS at all."""
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
    PROTOCOL = "protocol"
    SYSTEM = "system"
    OWN_FAULT = "own-fault"
    """A bug of ours; nothing that the platform or the user did."""


REFUSALS = frozenset({FailureKind.CONNECT_REJECTED, FailureKind.KEY_REFUSED, FailureKind.CLOSED_BEFORE_START})
"""The platform said no, or as good as: asking again quickly is useless and may get an account banned."""

ABSENCES = frozenset({FailureKind.REFUSED, FailureKind.UNREACHABLE})
"""Nobody was at home, and that was learnt at once and for free."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure of one destination.

    Attributes:
        kind: what happened.
        detail: technical, without secrets, for the log: the system's error, OpenSSL's words, or the server's own status code
            with its description ("NetStream.Publish.BadName: already publishing").
    """

    kind: FailureKind
    detail: str = ""
