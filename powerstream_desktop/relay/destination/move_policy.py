"""Where a platform may send a running broadcast with a ReconnectRequest (rtmp.md 2.8, reliability_security.md 3.6).

The key travels along, so not every wish is followed. The new server has the host of the endpoint, or one under the same
*registrable domain*: the last two labels of the name, or the last three where the last label is a country's and the one before
it has at most three letters (co.uk, com.br, gov.au). Where that is not quite what the registries say it is the stricter of
the two for the domains that ingests have, and it needs no list that ages. Addresses have no domain: only the same one will
do. TLS is never given up, neither that of the endpoint nor that of the server we are at. Once a minute is enough.
"""

from __future__ import annotations

import ipaddress

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.rtmp.url import RTMPURL, parse_server_url

MOVE_INTERVAL_S = 60.0
_COUNTRY_LETTERS = 2
_LONGEST_SECOND_LEVEL = 3


class MovePolicy:
    """Judges the wishes of one way to a platform. Pure; times in monotonic seconds."""

    def __init__(self) -> None:
        self._moved_at: float | None = None

    def destination_of(
        self, tc_url: str | None, *, home: RTMPURL, current: RTMPURL, key: Secret, now: float
    ) -> RTMPURL | None:
        """Return the server to go to, or None when the wish is not followed. What is returned counts as a move.

        Args:
            tc_url: absolute URL with the application; None for the server we are at.
            home: the server that the user named.
            current: the server we are at.
            key: our stream key, in case the server repeats it in the URL.
            now: the time.
        """
        if self._moved_at is not None and now - self._moved_at < MOVE_INTERVAL_S:
            return None
        wanted = current if tc_url is None else _parsed(tc_url, key)
        if wanted is None or not may_follow(wanted, home) or (current.is_tls and not wanted.is_tls):
            return None
        self._moved_at = now
        return wanted


def may_follow(wanted: RTMPURL, home: RTMPURL) -> bool:
    """Tell whether a key that the user entered for ``home`` may be sent to ``wanted``."""
    if home.is_tls and not wanted.is_tls:
        return False
    host, home_host = wanted.host.casefold().rstrip("."), home.host.casefold().rstrip(".")
    if host == home_host:
        return True
    domain = registrable_domain(home_host)
    return domain is not None and (host == domain or host.endswith(f".{domain}"))


def registrable_domain(host: str) -> str | None:
    """Return the part of a lower-case host name that one owner registered; None for addresses and names of one label."""
    labels = host.split(".")
    if _is_address(host) or len(labels) < 2:
        return None
    is_country = len(labels[-1]) == _COUNTRY_LETTERS
    size = 3 if is_country and len(labels[-2]) <= _LONGEST_SECOND_LEVEL else 2
    return ".".join(labels[-size:]) if len(labels) >= size else None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _parsed(tc_url: str, key: Secret) -> RTMPURL | None:
    try:
        return parse_server_url(tc_url, key.reveal())
    except UserError:
        return None
