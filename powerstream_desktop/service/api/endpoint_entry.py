"""An endpoint as it was asked for becomes one as it is kept: what was left open is filled in, and a pasted key is found. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.rtmp.url import RTMPURL, looks_like_key_in_url, parse_server_url
from powerstream_desktop.service.api.words_endpoints import EndpointWish
from powerstream_desktop.service.store.endpoints import SavedEndpoint, VideoLimits

_ANY_KEY = "x"
"""Stands for a key where only the address is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointEntry:
    """What is to be saved.

    Attributes:
        endpoint: without the reference of a key.
        key: a new one; an empty one says that it is to be removed; ``None`` keeps what there is.
        platforms_own: the servers that the catalogue names for its platform.
    """

    endpoint: SavedEndpoint
    key: Secret | None
    platforms_own: tuple[RTMPURL, ...] = ()

    def following(self, before: SavedEndpoint | None, key_ref: str | None) -> SavedEndpoint:
        """Return the row to save.

        Args:
            before: what stands there now.
            key_ref: where the new key is kept; ``None`` without a new key.

        Raises:
            UserError: the key that there is would go to a server that it was not given for.
        """
        endpoint = replace(self.endpoint, key_ref=key_ref)
        if before is None:
            return endpoint
        if self.key is None:
            if before.key_ref is not None:
                self._keep_key_at_home(before)
            saved_on = endpoint.key_saved_on or before.key_saved_on
            endpoint = replace(endpoint, key_ref=before.key_ref, key_saved_on=saved_on)
        return replace(endpoint, last_contact=before.last_contact)

    def _keep_key_at_home(self, before: SavedEndpoint) -> None:
        """Refuse to send a kept key elsewhere: whoever may change an address must not learn the key by it."""
        homes = list(_servers(before))
        if self.endpoint.platform == before.platform:
            homes += self.platforms_own
        for server in _servers(self.endpoint):
            if not any(_is_as_safe(server, home) for home in homes):
                raise UserError(
                    "The key was given for another server.",
                    hint="Give streamKey again together with the new address.",
                )


def endpoint_entry(
    wish: EndpointWish, catalogue: Catalogue, *, endpoint_id: str, now: datetime
) -> EndpointEntry:
    """Return what is to be saved.

    Args:
        wish: what was asked for.
        catalogue: what is known of the platforms.
        endpoint_id: of the endpoint.
        now: wall time with the user's zone.

    Raises:
        UserError: an address or the key cannot be one; never repeats either.
    """
    platform = _platform(wish.platform, catalogue)
    server_url, key = _without_key(_server_url(wish, platform), wish.stream_key)
    if key:
        key = Secret(parse_server_url(server_url, key.reveal()).key or "")
    backup_url, use = _backup(wish, platform, key)
    endpoint = SavedEndpoint(
        id=endpoint_id,
        station_id=wish.station_id,
        user_id=wish.user_id,
        name=wish.name.strip(),
        platform=platform.id,
        server_url=server_url,
        backup_server_url=backup_url,
        backup_use=use,
        key_saved_on=_saved_on(wish, key, now.date()),
        rendition=wish.rendition or platform.rendition or Rendition.LANDSCAPE,
        priority=wish.priority,
        codecs=platform.codecs if platform.confirms("codecs") else None,
        video_limits=VideoLimits(**dict(wish.video_limits)),
        is_active=wish.is_active,
        created_at=now,
    )
    own = tuple(parse_server_url(each.url, _ANY_KEY) for each in platform.servers)
    return EndpointEntry(endpoint=endpoint, key=key, platforms_own=own)


def _servers(endpoint: SavedEndpoint) -> tuple[RTMPURL, ...]:
    urls = (endpoint.server_url, endpoint.backup_server_url)
    return tuple(parse_server_url(url, _ANY_KEY) for url in urls if url is not None)


def _is_as_safe(server: RTMPURL, home: RTMPURL) -> bool:
    """Tell whether nobody can read at ``server`` what ``home`` was trusted with: its certificate, or its very port, says who it is."""
    if server.host.lower() != home.host.lower():
        return False
    return server.is_tls or (not home.is_tls and server.port == home.port)


def _platform(platform_id: str, catalogue: Catalogue) -> Platform:
    meant = catalogue.meant_id(platform_id)
    if meant is not None and meant != platform_id:
        raise UserError(
            "This platform is not known.", hint=f"Did you mean {meant}? A server of your own is custom."
        )
    return catalogue.platform(platform_id)


def _server_url(wish: EndpointWish, platform: Platform) -> str:
    if server_url := wish.server_url.strip():
        return platform.address_with_app(server_url)
    if platform.server is not None:
        return platform.server.url
    if platform.generic:
        raise UserError("An endpoint needs a server address.", hint="It looks like rtmp://host/app.")
    raise UserError(f"{platform.name} has no server address that fits all.", hint=platform.key.where)


def _without_key(server_url: str, key: Secret | None) -> tuple[str, Secret | None]:
    """Return address and key apart, where both were pasted into the address as some platforms show them."""
    if not looks_like_key_in_url(server_url):
        parse_server_url(server_url, _ANY_KEY)
        return server_url, key
    whole = parse_server_url(server_url, None)
    if whole.key is None or (key and key.reveal().strip() != whole.key):
        raise UserError(
            "The server address seems to hold a key.",
            hint="Cut it behind the application, and put the key into streamKey.",
        )
    return whole.tc_url, Secret(whole.key)


def _backup(wish: EndpointWish, platform: Platform, key: Secret | None) -> tuple[str | None, BackupUse]:
    """Return the second server and when it is used; one that is named without a word about its use stands by."""
    server_url = (wish.backup_server_url or "").strip()
    use = wish.backup_use or (BackupUse.WARM if server_url else BackupUse.OFF)
    if not server_url:
        if use is BackupUse.OFF:
            return None, use
        if platform.backup_server is None:
            raise UserError(
                f"No second server of {platform.name} is known.",
                hint="Say its backupServerUrl, or set backupUse to off.",
            )
        return platform.backup_server.url, use
    address, found = _without_key(platform.address_with_app(server_url), key)
    if found != key:
        raise UserError(
            "The backup server's address seems to hold a key.", hint="Cut it behind the application."
        )
    return address, use


def _saved_on(wish: EndpointWish, key: Secret | None, today: date) -> date | None:
    if key is not None and not key:
        return None
    return wish.key_saved_on or (today if key else None)
