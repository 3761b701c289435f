"""Endpoints for the tests of what is judged about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition, RTMPEndpoint
from powerstream_desktop.rtmp.url import RTMPURL, parse_server_url

CATALOGUE: Catalogue = load_catalogue(
    Paths.from_environment({"POWERSTREAM_HOME": str(Path(__file__) / "nowhere")})
)
"""What this version knows: the catalogue of a user without a file."""

ELSEWHERE = {
    "kick": "rtmps://abc.global-contribute.live-video.net/app",
    "linkedin": "rtmps://abc.channel.media.azure.net:2935/live/0123456789abcdef0123456789abcdef",
    "tiktok": "rtmp://push.example.com/game",
    "rumble": "rtmp://abc.live.rmbl.ws/slot-1",
}
"""Servers of the platforms that have none in the catalogue."""


def endpoint(
    platform: str,
    key: str = "",
    *,
    name: str = "",
    server_url: str = "",
    rendition: Rendition = Rendition.LANDSCAPE,
    backup_url: str = "",
    backup_use: BackupUse = BackupUse.OFF,
    codecs: frozenset[str] | None = None,
    saved_on: date | None = None,
) -> RTMPEndpoint:
    """Return an endpoint with the platform's usual server and its example of a key, where nothing else is said."""
    known = CATALOGUE.platform(platform)
    default_url = (
        known.server.url if known.server else ELSEWHERE.get(platform, "rtmp://media.example.com/app")
    )
    key = key or known.key.example or f"any-key-of-{platform}"
    return RTMPEndpoint(
        name=name or f"My {known.name}",
        platform=platform,
        server=_server(server_url or default_url, key),
        stream_key=Secret(key),
        rendition=rendition,
        backup_server=_server(backup_url, key) if backup_url else None,
        backup_use=backup_use,
        codecs=codecs,
        key_saved_on=saved_on,
    )


def _server(url: str, key: str) -> RTMPURL:
    """Return an address with any key at all, also one that is never accepted from a file."""
    return replace(parse_server_url(url, "any"), key=key)
