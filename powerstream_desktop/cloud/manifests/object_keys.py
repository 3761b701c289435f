"""Under which keys a replay's objects lie, without the store's prefix, for ids and hashes that somebody else has written. Pure."""

from __future__ import annotations

import re
from typing import Final

from powerstream_desktop.cloud.manifests.hybrid_clock import require
from powerstream_desktop.cloud.uploads import object_keys as places
from powerstream_desktop.cloud.uploads.object_keys import MANIFESTS

_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_EXTENSION: Final = re.compile(r"[0-9a-z]{1,8}", re.ASCII)
_MANIFEST: Final = re.compile(rf"{MANIFESTS}([0-9A-Za-z_-]{{1,64}})\.json", re.ASCII)


def checked_id(text: str) -> str:
    """Return an id that somebody else made; ManifestError if it cannot be one: it ends up in keys, URLs and names of files."""
    require(bool(_ID.fullmatch(text)), "an id cannot be one")
    return text


def checked_sha256(text: str) -> str:
    """Return a hash in 64 lower-case hexadecimal digits; ManifestError if it is none."""
    require(bool(_SHA256.fullmatch(text)), "a hash cannot be one")
    return text


def manifest_key(asset_id: str) -> str:
    """Return where the manifest of a replay lies; ManifestError if its id cannot be one."""
    return places.manifest_place("", checked_id(asset_id))


def asset_id_of(key: str) -> str | None:
    """Return whose manifest lies there; None if none does."""
    found = _MANIFEST.fullmatch(key)
    return None if found is None else found[1]


def media_key(asset_id: str, sha256: str, extension: str) -> str:
    """Return where a replay's file lies: its content names it, so one never overwrites another (V15).

    Args:
        asset_id: of the replay.
        sha256: of the file.
        extension: of its name, without a dot.

    Raises:
        ManifestError: one of them cannot be one.
    """
    require(bool(_EXTENSION.fullmatch(extension)), "an extension cannot be one")
    return places.media_key("", checked_id(asset_id), checked_sha256(sha256), f".{extension}")


def thumbnail_key(asset_id: str) -> str:
    """Return where a replay's picture lies; ManifestError if its id cannot be one."""
    return places.thumbnail_place("", checked_id(asset_id))
