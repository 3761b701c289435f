"""Judges stream keys before anybody goes live: their shape, their age, and who else uses them (broadcasters.md 2, 11-14).

Shapes change without notice, so a key of an odd shape is a warning and never an error. Keys are compared and matched here
and go nowhere: no finding holds one or a part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import BackupUse, RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.rtmp.url import RTMPURL, looks_like_key_in_url, parse_server_url

ONE_EVENT_KEY_DAYS: Final = 1
"""A key for one event that is older than this has most likely served its event, or expired (Facebook: unused for 24 h)."""
SHORTEST_TELLING_KEY: Final = 8
"""Characters; a shorter key may stand in a server URL by chance ("live")."""

# Typographic ones come with pasting from documents.
_QUOTES: Final = "\"'`<>“”‘’„«»"
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# A tunnel that adds TLS listens there (stunnel is a common way to Facebook).
_THIS_COMPUTER: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_MASKED: Final = re.compile(r"[*•●∙·…]+")


@dataclass(frozen=True, slots=True)
class _Ingest:
    """One place that one destination sends to."""

    destination: str
    platform: Platform
    server: RTMPURL
    key: Secret

    @property
    def place(self) -> tuple[str, int, str]:
        """The same for addresses that lead to the same place."""
        return self.server.host.lower(), self.server.port, self.server.app


def judge_keys(endpoints: Sequence[RTMPEndpoint], catalogue: Catalogue, today: date) -> tuple[Finding, ...]:
    """Return what looks wrong about the endpoints' keys and where they would be sent.

    Args:
        endpoints: all that are enabled.
        catalogue: what is known of their platforms.
        today: the user's date, to tell the age of keys that serve one event.
    """
    findings: list[Finding] = []
    for endpoint in endpoints:
        platform = catalogue.platform(endpoint.platform)
        findings += _judge_shape(endpoint, platform, catalogue)
        findings += _judge_age(endpoint, platform, today)
        findings += _judge_server(endpoint, platform)
    findings += _judge_sharing(endpoints, catalogue)
    return tuple(findings)


def _warning(code: str, sentence: str, remedy: str, destination: str) -> Finding:
    return Finding(
        severity=Severity.WARNING, code=code, sentence=sentence, remedy=remedy, destination=destination
    )


def _judge_shape(endpoint: RTMPEndpoint, platform: Platform, catalogue: Catalogue) -> Iterator[Finding]:
    key, name, form = endpoint.stream_key.reveal(), endpoint.name, platform.key
    owner = None if platform.generic or form.fits(key) else _owner(key, catalogue)
    if flaw := _flaw(key):
        yield _warning("key-shape", f"The stream key of {name} {flaw}.", form.where, name)
    elif owner is not None:
        yield _warning(
            "key-of-another-platform",
            f"The stream key of {name} looks like a key of {owner.name}, not of {platform.name}.",
            form.where,
            name,
        )
    elif form.pattern is not None and not form.fits(key):
        looks = f" It looks like {form.example}." if form.example else ""
        yield _warning(
            "key-shape",
            f"The stream key of {name} does not look like a key of {platform.name}.",
            form.where + looks,
            name,
        )
    suffix = form.test_suffix
    if suffix and key.endswith(suffix):
        yield Finding(
            severity=Severity.NOTE,
            code="key-for-tests",
            sentence=f"{platform.name} takes the broadcast of {name} as a test: nobody will see it.",
            remedy=f"Take {suffix} off the stream key to go on air.",
            destination=name,
        )


def _flaw(key: str) -> str:
    """Return what is wrong with a key on any platform, as the rest of a sentence; "" when nothing is."""
    if _MASKED.fullmatch(key):
        return "is the row of dots that a page shows instead of it"  # owncast#3982
    if _URL.match(key):
        return "is an address"
    if key[:1] in _QUOTES or key[-1:] in _QUOTES:
        return "stands in quotes"
    if any(character.isspace() for character in key):
        return "has blanks in it"
    return ""


def _owner(key: str, catalogue: Catalogue) -> Platform | None:
    """Return the platform whose keys look like this one, None if there is none."""
    return next((platform for platform in catalogue.platforms if platform.key.fits(key)), None)


def _judge_age(endpoint: RTMPEndpoint, platform: Platform, today: date) -> Iterator[Finding]:
    if not platform.key.one_event or endpoint.key_saved_on is None:
        return
    days = (today - endpoint.key_saved_on).days
    if days > ONE_EVENT_KEY_DAYS:
        yield _warning(
            "key-age",
            f"The stream key of {endpoint.name} was saved {days} days ago and has probably expired.",
            f"Paste today's key. {platform.key.where}",
            endpoint.name,
        )


def _judge_server(endpoint: RTMPEndpoint, platform: Platform) -> Iterator[Finding]:
    key, name, server = endpoint.stream_key.reveal(), endpoint.name, endpoint.server
    if looks_like_key_in_url(server.tc_url) or (len(key) >= SHORTEST_TELLING_KEY and key in server.app):
        yield _warning(
            "key-in-url",
            f"The server URL of {name} seems to hold the stream key, and URLs are shown.",
            "Cut it behind the application, and put the key into its own field.",
            name,
        )
    if platform.requires_tls and not server.is_tls and server.host not in _THIS_COMPUTER:
        yield _warning(
            "tls-required",
            f"{platform.name} takes no plain rtmp://, and the key of {name} could be read on the way.",
            "Use the rtmps:// address from the platform's page.",
            name,
        )


def _judge_sharing(endpoints: Sequence[RTMPEndpoint], catalogue: Catalogue) -> Iterator[Finding]:
    ingests = [each for endpoint in endpoints for each in _ingests(endpoint, catalogue)]
    warned: set[tuple[str, str]] = set()
    for first, second in combinations(ingests, 2):
        if first.key != second.key:
            continue
        if first.place == second.place:
            yield _more_than_one_ingestion(first, second)
        elif (
            first.destination != second.destination
            and (first.destination, second.destination) not in warned
            and not first.platform.generic
            and not second.platform.generic
            and not _is_pair(first, second)
        ):
            warned.add((first.destination, second.destination))
            yield _warning(
                "key-twice",
                f"{first.destination} and {second.destination} have the same stream key.",
                f"Copy the key of {second.destination} again. {second.platform.key.where}",
                second.destination,
            )


def _ingests(endpoint: RTMPEndpoint, catalogue: Catalogue) -> Iterator[_Ingest]:
    servers = [endpoint.server]
    if endpoint.backup_server is not None and endpoint.backup_use is not BackupUse.OFF:
        servers.append(endpoint.backup_server)
    platform = catalogue.platform(endpoint.platform)
    for server in servers:
        yield _Ingest(endpoint.name, platform, server, endpoint.stream_key)


def _is_pair(first: _Ingest, second: _Ingest) -> bool:
    """Tell whether two destinations are a platform's first and second ingest, set up by hand."""
    backup = first.platform.backup_server
    if backup is None or first.platform.id != second.platform.id:
        return False
    backup_host = parse_server_url(backup.url, None).host
    return (first.server.host == backup_host) is not (second.server.host == backup_host)


def _more_than_one_ingestion(first: _Ingest, second: _Ingest) -> Finding:
    if first.destination == second.destination:
        sentence = f"The backup server of {first.destination} is its first server once more."
        remedy = "Name the platform's second server, or set backup to off."
    else:
        # YouTube calls it "More than one ingestion is using the primary URL" (broadcasters.md 2, item 11).
        sentence = (
            f"{first.destination} and {second.destination} send to the same server with the same stream key."
        )
        remedy = (
            "Remove one of them: the platform takes one stream per key and would throw the other one out."
        )
    return Finding(
        severity=Severity.ERROR,
        code="ingest-twice",
        sentence=sentence,
        remedy=remedy,
        destination=second.destination,
    )
