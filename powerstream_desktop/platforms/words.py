"""Words for failures, whatever the platform; what is special to one platform stands in the catalogue.

Sentences are short and plain, say whose fault it was, and hold ``{name}`` where the destination's name goes. Remedies say
what to do now. Nothing here ever holds a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.platforms.failures import FailureKind


@dataclass(frozen=True, slots=True)
class Words:
    """What happened and what to do now. In a platform's own words either may be empty: then the general one holds."""

    sentence: str = ""
    remedy: str = ""


GENERAL: Final[Mapping[FailureKind, Words]] = {
    FailureKind.DNS: Words(
        "The server name of {name} was not found.",
        "Check the server URL and this computer's internet connection.",
    ),
    FailureKind.REFUSED: Words(
        "{name} does not accept connections on this port.",
        "Check the server URL; if it is right, the service is down and will be tried again.",
    ),
    FailureKind.UNREACHABLE: Words(
        "There is no route to {name}.",
        "Check this computer's network connection.",
    ),
    FailureKind.CONNECT_TIMEOUT: Words(
        "{name} did not answer.",
        "A firewall may block the port; RTMPS (port 443) often gets through.",
    ),
    FailureKind.TLS_EXPIRED: Words(
        "The certificate of {name} has expired. The key was not sent.",
        "Check this computer's date; otherwise the service must renew its certificate.",
    ),
    FailureKind.TLS_WRONG_NAME: Words(
        "The certificate of {name} belongs to another server. The key was not sent.",
        "Check the host in the server URL.",
    ),
    FailureKind.TLS_UNTRUSTED: Words(
        "The certificate of {name} is not from an authority this computer trusts. The key was not sent.",
        "Something may be reading your connection; do not use this network, or ask the service.",
    ),
    FailureKind.TLS_TOO_OLD: Words(
        "{name} only speaks a version of TLS that is too old to be safe. The key was not sent.",
        "Ask the service for an address with TLS 1.2 or newer.",
    ),
    FailureKind.TLS_MISSING: Words(
        "What answers for {name} on this port does not speak TLS. The key was not sent.",
        "Check the port; rtmps:// usually goes to port 443, rtmp:// to 1935.",
    ),
    FailureKind.TLS_FAILED: Words(
        "No secure connection to {name} could be made. The key was not sent.",
        "Check the port, and whether the server URL should really start with rtmps://.",
    ),
    FailureKind.NOT_RTMP: Words(
        "Something answered for {name}, but not a streaming server.",
        "Check host and port; on public Wi-Fi, sign in to the network first.",
    ),
    FailureKind.WEB_PAGE: Words(
        "A web page answered instead of {name}.",
        "On public Wi-Fi, sign in to the network first; otherwise check host and port.",
    ),
    FailureKind.HANDSHAKE_TIMEOUT: Words(
        "{name} accepted the connection but did not speak.",
        "It will be tried again; check the port if this stays.",
    ),
    FailureKind.CONNECT_REJECTED: Words(
        "{name} refused the server URL.",
        "Check the path of the server URL (the part after the host).",
    ),
    FailureKind.KEY_REFUSED: Words(
        "{name} refused the stream key.",
        "Copy the key again from the platform's page; make sure that no other encoder is using it.",
    ),
    FailureKind.CLOSED_BEFORE_CONNECT: Words(
        "{name} closed the connection when it saw the server URL.",
        "Check the path of the server URL (the part after the host).",
    ),
    FailureKind.CLOSED_BEFORE_START: Words(
        "{name} closed the connection when it saw the stream key.",
        "Most likely the key is wrong or has expired: copy it again from the platform's page.",
    ),
    FailureKind.START_TIMEOUT: Words(
        "{name} did not react to the stream key.",
        "It will be tried again; check the key if this stays.",
    ),
    FailureKind.CLOSED_SOON: Words(
        "{name} closed the connection soon after the start.",
        "If this repeats, the key or the stream's settings are not accepted there.",
    ),
    FailureKind.CLOSED: Words(
        "{name} closed the connection.",
        "Reconnecting by itself; nothing to do.",
    ),
    FailureKind.RESET: Words(
        "The connection to {name} was cut.",
        "Reconnecting by itself; nothing to do.",
    ),
    FailureKind.STALLED: Words(
        "{name} stopped taking data for 5 seconds.",
        "Reconnecting by itself; if it repeats, check your upload speed.",
    ),
    FailureKind.TOO_SLOW: Words(
        "The way to {name} is too slow for this bitrate.",
        "Lower the bitrate, or stream to fewer platforms.",
    ),
    FailureKind.NO_INPUT: Words(
        "Nothing comes from the encoder, so {name} gets nothing.",
        "The connection is kept; look at the encoder.",
    ),
    FailureKind.NO_RENDITION: Words(
        "{name} takes a rendition that nobody is sending.",
        "Switch that rendition on, or choose the other one for this destination.",
    ),
    FailureKind.UNSUPPORTED_CODEC: Words(
        "{name} does not accept the codec of this stream.",
        "Choose H.264 and AAC in the encoder.",
    ),
    FailureKind.FORMAT_REFUSED: Words(
        "{name} did not accept the new picture format of the encoder that came back.",
        "Reconnecting by itself; nothing to do.",
    ),
    FailureKind.MADE_ROOM: Words(
        "The upload is too slow for everybody: {name} makes room for the destinations above it.",
        "Lower the bitrate, or stream to fewer platforms; the picture comes back by itself when there is room.",
    ),
    FailureKind.ENDED_BY_PLATFORM: Words(
        "{name} ended the broadcast.",
        "Look at the platform's page: another encoder or a moderator may have ended it.",
    ),
    FailureKind.PROTOCOL: Words(
        "{name} sent something that is not valid RTMP.",
        "It will be tried again; check the server URL if this stays.",
    ),
    FailureKind.SYSTEM: Words(
        "This computer could not open a connection to {name}.",
        "Close programs that use many connections, then retry.",
    ),
    FailureKind.OWN_FAULT: Words(
        "PowerStream made a mistake in sending to {name}.",
        "It tries again by itself. Please report it, with the log: this is a fault of ours.",
    ),
}
"""One entry for every kind."""

BY_DETAIL: Final[Mapping[FailureKind, tuple[tuple[str, Words], ...]]] = {
    FailureKind.SYSTEM: (
        (
            r"^MemoryError",
            Words(
                "This computer has no memory left for what is sent to {name}.",
                "Close other programs; it tries again by itself.",
            ),
        ),
    ),
    FailureKind.TLS_UNTRUSTED: (
        # The untrusted root of a longer chain is "self-signed certificate in certificate chain": another matter.
        (
            r"self[- ]signed certificate$",
            Words(
                "{name} vouches for itself: its certificate is self-signed. The key was not sent.",
                "Ask the service for a proper certificate, or have its own one trusted by this computer.",
            ),
        ),
    ),
    FailureKind.CONNECT_REJECTED: (
        (
            r"authmod|user name",
            Words(
                "{name} wants a user name and a password before it takes a stream.",
                "Ask the service for an address that works with a stream key alone.",
            ),
        ),
        (
            r"\.InvalidApp\b",
            Words(
                "{name} does not know the application that the server URL names.",
                "Copy the server URL again: the part behind the host is wrong.",
            ),
        ),
        (
            r"\.AppShutdown\b",
            Words(
                "{name} is shutting down.",
                "It will be tried again; if this stays, choose another server of the platform.",
            ),
        ),
        (
            r"\.(Failed|IdleTimeOut)\b",
            Words(
                "{name} could not open a session.",
                "It will be tried again; check the server URL if this stays.",
            ),
        ),
    ),
    FailureKind.KEY_REFUSED: (
        (
            r"\.BadName\b",
            Words(
                "{name} says that the stream key is wrong or in use.",
                "Make sure that no other encoder is sending there; otherwise copy the key again from the platform's page.",
            ),
        ),
        (
            r"\.(Denied|Unauthorized)\b",
            Words(
                "{name} does not let this stream key broadcast.",
                "Copy the key again from the platform's page, and check there that the account may go live.",
            ),
        ),
        (
            r"\.Failed\b",
            Words(
                "{name} could not begin a broadcast with this stream key.",
                "The key may have expired: copy it again from the platform's page.",
            ),
        ),
    ),
    FailureKind.ENDED_BY_PLATFORM: (
        (
            r"\.InternalKill\b",
            Words(
                "{name} ended the broadcast: another page or encoder took it over.",
                "Look at the platform's page and end the other one, then retry.",
            ),
        ),
    ),
}
"""What the server's status code or OpenSSL's words tell beyond the kind: patterns to look for in ``Failure.detail`` (rtmp.md 1.16)."""
