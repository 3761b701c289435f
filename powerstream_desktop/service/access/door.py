"""Which requests are looked at at all: the rules that keep web pages and rebound names out. Pure (S01-S13, S20-S22).

Loopback is no protection: any web page in the user's browser can send requests there, and a name under an attacker's control can
be made to lead there. Such a page cannot choose the headers Host, Origin and Sec-Fetch-Site, so these decide, before any token.
Nothing is normalised: a name that is written in another way than we write it is another name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from powerstream_desktop.service.access import refusal
from powerstream_desktop.service.access.refusal import Refusal
from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.request_limits import MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_HEADERS

_OWN_PAGES: Final = frozenset({"none", "same-origin"})
_BODY_METHODS: Final = frozenset({"POST", "PUT", "PATCH"})
_ONCE: Final = ("host", "origin", "sec-fetch-site", "authorization", "content-type", "content-length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where the API stands.

    Attributes:
        hosts: what ``Host`` may say.
        origins: what ``Origin`` may say, if it says something.
    """

    hosts: frozenset[str]
    origins: frozenset[str] = frozenset()

    @classmethod
    def on_loopback(cls, port: int) -> Self:
        """Return the door of an API that only this computer reaches, and no web page."""
        return cls(hosts=frozenset({f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}))

    @classmethod
    def on_network(cls, names: Iterable[str], port: int) -> Self:
        """Return the door of an API that other computers of the network reach, and no web page.

        Args:
            names: what this computer is called, and its addresses.
            port: where it listens.
        """
        return cls(hosts=frozenset(host_and_port(name, port) for name in names))

    def refuses(self, facts: RequestFacts) -> Refusal | None:
        """Return why a request is not looked at, ``None`` when it is."""
        return self._name(facts) or self._page(facts) or _shape(facts) or _content(facts)

    def _name(self, facts: RequestFacts) -> Refusal | None:
        hosts = facts.values("host")
        return None if len(hosts) == 1 and hosts[0] in self.hosts else refusal.WRONG_HOST

    def _page(self, facts: RequestFacts) -> Refusal | None:
        if any(origin not in self.origins for origin in facts.values("origin")):
            return refusal.FOREIGN_ORIGIN
        if any(site not in _OWN_PAGES for site in facts.values("sec-fetch-site")):
            return refusal.FOREIGN_ORIGIN
        return None


def host_and_port(name: str, port: int) -> str:
    """Return a name or address with a port, as ``Host`` and URLs have it."""
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def _shape(facts: RequestFacts) -> Refusal | None:
    if facts.header_bytes > MAX_HEADER_BYTES or len(facts.headers) > MAX_HEADERS:
        return refusal.HEADERS_TOO_LARGE
    # A whole URL in the request line would be a second opinion on the host, and nothing but proxies take one.
    if not facts.path.startswith("/") or any(len(facts.values(name)) > 1 for name in _ONCE):
        return refusal.MALFORMED
    return None


def _content(facts: RequestFacts) -> Refusal | None:
    """Insist on JSON, which a web page's form cannot send; a page that tries to must ask first, and is refused."""
    lengths, kinds = facts.values("content-length"), facts.values("content-type")
    has_body = lengths not in {(), ("0",)} or bool(facts.values("transfer-encoding"))
    if lengths and not (lengths[0].isascii() and lengths[0].isdigit()):
        return refusal.MALFORMED
    # Two opinions on where the next request begins (RFC 9112 6.3).
    if lengths and facts.values("transfer-encoding"):
        return refusal.MALFORMED
    if lengths and int(lengths[0][:20]) > MAX_BODY_BYTES:
        return refusal.BODY_TOO_LARGE
    if (facts.method in _BODY_METHODS or has_body) and not (kinds and _is_json(kinds[0])):
        return refusal.NOT_JSON
    return None


def _is_json(content_type: str) -> bool:
    kind, _, parameter = content_type.lower().partition(";")
    return kind.strip() == "application/json" and parameter.replace(" ", "") in {"", "charset=utf-8"}
