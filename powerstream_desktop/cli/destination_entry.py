"""One entry of a destinations file: checks its fields, and takes from the catalogue what it leaves open. Repeats no key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.text import can_be_name
from powerstream_desktop.platforms.catalogue import CUSTOM, Catalogue
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition, RTMPEndpoint
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.rtmp.url import RTMPURL, display_url, looks_like_key_in_url, parse_server_url

EXAMPLE: Final = (
    '[{"name": "My channel", "platform": "custom", "serverUrl": "rtmp://host/app", "streamKey": "…"}]'
)
MAX_NAME_CHARACTERS: Final = 80
MAX_PRIORITY: Final = 100

_FIELDS: Final = (
    "name",
    "platform",
    "serverUrl",
    "streamKey",
    "rendition",
    "priority",
    "backupServerUrl",
    "backup",
    "keySavedOn",
    "isActive",
)


class DestinationEntry:
    """The fields of one entry. Every method raises UserError with the entry's name when something is not right.

    Args:
        value: what JSON or TOML made of it.
        number: its place in the file, from 1; names it while it has no name.
    """

    def __init__(self, value: object, number: int) -> None:
        if not isinstance(value, Mapping):
            raise UserError(f"Destination {number} is not an object.", hint=f"It should look like {EXAMPLE}")
        unknown = sorted(str(field) for field in value.keys() - set(_FIELDS))
        if unknown:
            raise UserError(
                f"Destination {number} has a field that is not known: {unknown[0][:40]!r}.",
                hint=f"The fields are {', '.join(_FIELDS[:-1])} and {_FIELDS[-1]}.",
            )
        self._values = value
        self._number = number
        self._name = self._checked_name()

    @property
    def is_active(self) -> bool:
        """False when the entry is to be left out."""
        value = self._values.get("isActive", True)
        if not isinstance(value, bool):
            raise self._wrong("isActive", "must be true or false")
        return value

    def endpoint(self, catalogue: Catalogue) -> RTMPEndpoint:
        """Return the endpoint that the entry describes."""
        platform = self._platform(catalogue)
        key = self._text("streamKey")
        server = self._server(platform, key)
        use = self._backup_use()
        return RTMPEndpoint(
            name=self._name,
            platform=platform.id,
            server=server,
            stream_key=Secret(server.key or key),
            rendition=self._rendition(),
            priority=self._priority(),
            backup_server=self._backup_server(platform, key, use),
            backup_use=use,
            codecs=platform.codecs if platform.confirms("codecs") else None,
            key_saved_on=self._day(),
        )

    def _checked_name(self) -> str:
        name = self._text("name") or f"Destination {self._number}"
        if not can_be_name(name) or len(name) > MAX_NAME_CHARACTERS:
            raise UserError(
                f"The name of destination {self._number} is too long or not printable.", hint="Shorten it."
            )
        return name

    def _platform(self, catalogue: Catalogue) -> Platform:
        platform_id = self._text("platform").lower() or CUSTOM
        platform = catalogue.platform(platform_id)
        meant = catalogue.meant_id(platform_id)
        if meant is not None and meant != platform_id:
            raise UserError(
                f"The platform of {self._name!r} is not known: {platform_id[:40]!r}.",
                hint=f"Did you mean {meant}? A server of your own is custom.",
            )
        return platform

    def _server(self, platform: Platform, key: str) -> RTMPURL:
        server_url = self._text("serverUrl")
        if not server_url and platform.server is not None:
            server_url = platform.server.url
        if not server_url:
            raise UserError(f"Destination {self._number} has no serverUrl.", hint=_where_to_copy(platform))
        return self._address("serverUrl", server_url, key, platform)

    def _backup_use(self) -> BackupUse:
        """Return what the file says; a second server that is named without a word about its use stands by."""
        text = self._text("backup")
        if not text:
            return BackupUse.WARM if self._text("backupServerUrl") else BackupUse.OFF
        try:
            return BackupUse(text)
        except ValueError:
            raise self._wrong("backup", f"must be one of {', '.join(BackupUse)}") from None

    def _backup_server(self, platform: Platform, key: str, use: BackupUse) -> RTMPURL | None:
        server_url = self._text("backupServerUrl")
        if not server_url and use is not BackupUse.OFF:
            if platform.backup_server is None:
                raise UserError(
                    f"{self._name!r} wants a backup, but no second server of {platform.name} is known.",
                    hint="Add its backupServerUrl, or set backup to off.",
                )
            server_url = platform.backup_server.url
        if not server_url:
            return None
        return self._address("backupServerUrl", server_url, key, platform)

    def _address(self, field: str, url: str, key: str, platform: Platform) -> RTMPURL:
        if looks_like_key_in_url(url):
            raise UserError(
                f"The {field} of {self._name!r} seems to hold the stream key: {display_url(url)}.",
                hint="Cut it behind the application, and put the key into streamKey.",
            )
        if not key:
            raise UserError(f"{self._name!r} has no streamKey.", hint=platform.key.where)
        try:
            return parse_server_url(platform.address_with_app(url), key)
        except UserError as error:
            raise UserError(f"{self._name!r}: {error.title}", hint=error.hint) from None

    def _rendition(self) -> Rendition:
        text = self._text("rendition") or Rendition.LANDSCAPE.value
        try:
            return Rendition(text)
        except ValueError:
            raise self._wrong("rendition", f"must be one of {', '.join(Rendition)}") from None

    def _priority(self) -> int:
        value = self._values.get("priority", 0)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MAX_PRIORITY:
            raise self._wrong("priority", f"must be a whole number from -{MAX_PRIORITY} to {MAX_PRIORITY}")
        return value

    def _day(self) -> date | None:
        value = self._values.get("keySavedOn")
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):  # TOML has dates
            return value
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise self._wrong("keySavedOn", "must be a date such as 2026-08-21") from None

    def _text(self, field: str) -> str:
        value = self._values.get(field, "")
        if not isinstance(value, str):
            raise UserError(
                f"The {field} of destination {self._number} is not a text.", hint="Put it into quotes."
            )
        return value.strip()

    def _wrong(self, field: str, what: str) -> UserError:
        return UserError(
            f"The {field} of {self._name!r} {what}.", hint="Correct it in the destinations file."
        )


def _where_to_copy(platform: Platform) -> str:
    if platform.generic:
        return f"It should look like {EXAMPLE}"
    return f"{platform.name} has no server address that fits all. {platform.key.where}"
