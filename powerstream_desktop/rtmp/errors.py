"""What can go wrong in the protocol core.

Remote input raises nothing but ``ProtocolError`` and its kinds; misuse by our own code raises ``LocalProtocolError``.
After any ``ProtocolError`` the object that raised it is dead: drop the connection, build a new one.
"""

from __future__ import annotations

from powerstream_desktop.common.errors import BugError, PeerError


class ProtocolError(PeerError):
    """The peer sent something RTMP does not allow, or more of it than we take."""

    def __init__(self, title: str, *, code: str = "protocol", hint: str = "", detail: str = "") -> None:
        super().__init__(title, code=code, hint=hint, detail=detail)


class HandshakeError(ProtocolError):
    """The handshake is not RTMP's: another protocol, an obsolete version, or RTMPE."""


class ChunkError(ProtocolError):
    """The chunk stream is broken."""


class AMFError(ProtocolError):
    """An AMF value cannot be decoded."""


class LimitExceeded(ProtocolError):  # noqa: N818 - names the event, like the reference
    """The peer went over one of ``Limits``; raised before anything is allocated."""


class LocalProtocolError(BugError):
    """We called the protocol core in a state or with a value that it does not allow."""
