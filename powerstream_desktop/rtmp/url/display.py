"""What of addresses and keys may be shown, and whether a key stands where none belongs (reliability_security.md 3.9).

Everything here takes any text at all, never raises, and shows less rather than more.
"""

from __future__ import annotations

import re

MASK = "****"

_SHOWN_OF_KEY = 4
_SHORTEST_SHOWN_KEY = 16
_URL = re.compile(r"(?P<scheme>[Rr][Tt][Mm][Pp][Ss]?)://(?P<authority>[^/?#\\]*)(?P<path>[^?#]*)")
_HOST_AND_PORT = re.compile(r"(?:\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\]|[\w.-]+)(?::[0-9]{1,5})?")
# What the keys of Twitch (live_123_…), Kick and IVS (sk_us-…), Facebook (FB-…) and YouTube (abcd-efgh-…) look like.
_PLATFORM_KEY = re.compile(
    r"live_\d{4,}_\w+|sk_[a-z]{2}-\S+|FB-\d+-\S+|[a-z0-9]{4}(?:-[a-z0-9]{4}){3,}", re.IGNORECASE
)
_DEFAULT_INSTANCE = "_definst_"
# LinkedIn's and Azure's ingest addresses are rtmps://….channel.media.azure.net/live/<32 hexadecimal digits>.
_AZURE_HOST = re.compile(r"\.channel\.media\.azure\.net(?::\d+)?$", re.IGNORECASE)
_AZURE_INGEST = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)


def mask_key(key: str) -> str:
    """Return stars and the key's last four characters; of keys under 16 characters stars alone."""
    return MASK + key[-_SHOWN_OF_KEY:] if len(key) >= _SHORTEST_SHOWN_KEY else MASK


def display_url(url: str) -> str:
    """Return ``url`` for people and logs: scheme, host, port and app; no user name, no query, everything after the app masked.

    Text that is no clean URL is masked as a whole. So is the app when it looks like a platform's key.
    """
    match = _URL.fullmatch(_without_query(url))
    if match is None:
        return MASK
    authority = match["authority"].rpartition("@")[2]
    path = match["path"]
    # An @ further on may end a password that holds a slash (strom#771): then nothing before it is a host.
    if "@" in path or not _HOST_AND_PORT.fullmatch(authority):
        return f"{match['scheme']}://{MASK}"
    app, *rest = _segments(path) or [""]
    shown = f"{match['scheme']}://{authority}/" + (MASK if _PLATFORM_KEY.match(app) else app)
    return f"{shown}/{MASK}" if rest else shown


def looks_like_key_in_url(server_url: str) -> bool:
    """Tell whether a server address seems to end with a stream key, which belongs into its own field.

    It does when its path has more parts than the application: ``app`` or ``app/_definst_``, and on Azure's hosts (LinkedIn)
    ``live/<32 hexadecimal digits>``; or when the application itself has the form of a platform's key. Text that is no URL does not.
    """
    match = _URL.fullmatch(_without_query(server_url.strip()))
    if match is None:
        return False
    app, *rest = _segments(match["path"]) or [""]
    if _PLATFORM_KEY.match(app):
        return True
    if rest[:1] == [_DEFAULT_INSTANCE] or (
        _AZURE_HOST.search(match["authority"]) and _AZURE_INGEST.fullmatch("".join(rest[:1]))
    ):
        rest = rest[1:]
    return bool(rest)


def _without_query(url: str) -> str:
    return re.split(r"[?#]", url, maxsplit=1)[0]


def _segments(path: str) -> list[str]:
    return [part for part in path.split("/") if part]
