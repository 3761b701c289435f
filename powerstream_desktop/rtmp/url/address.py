"""The address of a destination as a user types it (rtmp.md 1.1 "push-side splitter", reliability_security.md 3.6).

No error text contains what was typed beyond a known scheme, for people paste keys into the wrong field (obs-multi-rtmp#256).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.rtmp.url.display import display_url

DEFAULT_PORTS = {"rtmp": 1935, "rtmps": 443}
MAX_URL_LENGTH = 2048
"""Characters of a server address or a stream key; the longest real keys have some 300."""

_DEAD_SCHEMES = frozenset({"rtmpe", "rtmpt", "rtmpte", "rtmpts", "rtmfp"})
_OTHER_SCHEMES = frozenset(
    {
        "file",
        "ftp",
        "hls",
        "http",
        "https",
        "rist",
        "rtp",
        "rtsp",
        "rtsps",
        "srt",
        "tcp",
        "udp",
        "whip",
        "ws",
        "wss",
    }
)
_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?")
_ENCODED_CONTROL = re.compile(r"%(?:0[0-9a-f]|1[0-9a-f]|7f)", re.IGNORECASE)
_EXAMPLE = "It looks like rtmp://live.example.com/app."


@dataclass(frozen=True, slots=True, kw_only=True)
class RTMPURL:
    """Where to connect and what to ask for there.

    Attributes:
        scheme: ``rtmp`` or ``rtmps``.
        host: name or address to resolve; an IPv6 address without brackets, with its zone.
        port: 1 to 65535.
        app: for ``connect``: the server URL's path with its query, without slashes at the ends. Not in ``repr``: people put keys here.
        key: for ``publish``: the stream key as typed, or ``None`` if there was none. Not in ``repr``.
    """

    scheme: str
    host: str
    port: int
    app: str = field(repr=False)
    key: str | None = field(default=None, repr=False)

    @property
    def is_tls(self) -> bool:
        """TLS is spoken from the first byte."""
        return self.scheme == "rtmps"

    @property
    def tc_url(self) -> str:
        """For ``connect``: the URL without the key, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}/{self.app}"

    def __str__(self) -> str:
        return display_url(self.tc_url)


def parse_server_url(server_url: str, key: str | None) -> RTMPURL:
    """Read what a user typed: a server address and a stream key, or one address that holds both.

    Blanks around either are dropped, for they come with pasting.

    Args:
        server_url: ``rtmp://host[:port]/app`` or ``rtmps://…``.
        key: the stream key; ``None`` says that it ends the address, behind the last ``/`` before the first ``?``. An address
            with nothing but an app then gives a result whose ``key`` is ``None``.

    Raises:
        UserError: with one sentence that never holds what was typed.
    """
    url = server_url.strip()
    _refuse_controls(url)
    scheme, rest = _split_scheme(url)
    authority, path_and_query = _split_authority(rest)
    if "@" in authority:
        raise UserError(
            "The server address contains a user name.",
            hint="Take everything up to the @ out; the key has its own field.",
        )
    host, port = _split_port(authority, DEFAULT_PORTS[scheme])
    path, mark, query = path_and_query.partition("?")
    path = path.strip("/")
    if not path:
        raise UserError("The server address lacks the application behind the host.", hint=_EXAMPLE)
    query = mark + query
    if key is None:
        app, slash, name = path.rpartition("/")
        if not slash:
            return RTMPURL(scheme=scheme, host=host, port=port, app=path + query)
        return RTMPURL(scheme=scheme, host=host, port=port, app=app.rstrip("/"), key=name + query)
    return RTMPURL(scheme=scheme, host=host, port=port, app=path + query, key=_checked_key(key.strip()))


def _split_scheme(url: str) -> tuple[str, str]:
    scheme, mark, rest = url.partition("://")
    scheme = scheme.lower()
    if not mark:
        raise UserError("The server address does not start with rtmp:// or rtmps://.", hint=_EXAMPLE)
    if scheme in DEFAULT_PORTS:
        return scheme, rest
    if scheme in _DEAD_SCHEMES:
        raise UserError(
            f"The protocol {scheme} is obsolete.", hint="Use the rtmp:// or rtmps:// address of the platform."
        )
    if scheme in _OTHER_SCHEMES:
        raise UserError(
            f"The protocol {scheme} is not supported.", hint="Use an address with rtmp:// or rtmps://."
        )
    raise UserError(
        "The server address has an unknown protocol.", hint="Use an address with rtmp:// or rtmps://."
    )


def _split_authority(rest: str) -> tuple[str, str]:
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return authority, rest[len(authority) :]


def _split_port(authority: str, default: int) -> tuple[str, int]:
    if authority.startswith("["):
        literal, bracket, tail = authority[1:].partition("]")
        if not bracket or (tail and not tail.startswith(":")):
            raise UserError("The IPv6 address is not complete.", hint="It looks like rtmp://[::1]:1935/app.")
        return _checked_ipv6(literal), _checked_port(tail[1:]) if tail else default
    if authority.count(":") > 1:
        raise UserError("An IPv6 address needs brackets.", hint="It looks like rtmp://[::1]:1935/app.")
    host, colon, port = authority.partition(":")
    return _checked_host(host), _checked_port(port) if colon else default


def _checked_ipv6(literal: str) -> str:
    try:
        ipaddress.IPv6Address(literal)
    except ValueError:
        raise UserError(
            "The IPv6 address is not valid.", hint="It looks like rtmp://[::1]:1935/app."
        ) from None
    return literal


def _checked_host(host: str) -> str:
    if not host:
        raise UserError("The server address lacks the host.", hint=_EXAMPLE)
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if len(name) > 253 or not _HOST_NAME.fullmatch(name):
        raise UserError("The host in the server address is not valid.", hint=_EXAMPLE)
    return name


def _checked_port(port: str) -> int:
    number = int(port) if re.fullmatch(r"[0-9]{1,5}", port) else 0
    if not 1 <= number <= 65535:
        raise UserError(
            "The port in the server address is not valid.", hint="A port is a number from 1 to 65535."
        )
    return number


def _checked_key(key: str) -> str:
    if not key:
        raise UserError(
            "The stream key is missing.", hint="Copy it from the platform's page for broadcasters."
        )
    if len(key) > MAX_URL_LENGTH or not key.isprintable():
        raise UserError("The stream key is not valid.", hint="Copy it again; it must be one line of text.")
    return key


def _refuse_controls(url: str) -> None:
    if len(url) > MAX_URL_LENGTH:
        raise UserError("The server address is too long.", hint=_EXAMPLE)
    # Not before the path: the zone of an IPv6 address is written like an encoded character (fe80::1%12).
    if (
        not url.isprintable()
        or " " in url
        or _ENCODED_CONTROL.search(_split_authority(url.partition("://")[2])[1])
    ):
        raise UserError(
            "The server address contains blanks or control characters.", hint="Copy it again as one line."
        )
