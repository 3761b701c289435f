"""What objects are called (reliability_security.md 4.3): a key holds the content's hash, so that no upload can overwrite another file's.

The one place that knows where in a store something lies; whether a key can be one at all is told by ``object_store/object_keys``.
"""

from __future__ import annotations

from typing import Final

MEDIA: Final = "vod/"
"""Below it lie films and their pictures, a folder for each replay."""
MANIFESTS: Final = "manifests/"
_OF_A_HASH: Final = 16


def media_key(prefix: str, asset_id: str, sha256: str, suffix: str) -> str:
    """Return the key of a replay's film.

    Args:
        prefix: of everything in the store, empty or ending in a slash.
        asset_id: of the replay.
        sha256: of the film, in hexadecimal digits.
        suffix: of its file, with the dot.
    """
    return f"{asset_folder(prefix, asset_id)}{sha256[:_OF_A_HASH]}{suffix}"


def asset_folder(prefix: str, asset_id: str) -> str:
    """Return what all keys of a replay begin with, but that of its manifest."""
    return f"{prefix}{MEDIA}{asset_id}/"


def thumbnail_place(prefix: str, asset_id: str) -> str:
    """Return the key of a replay's picture."""
    return f"{asset_folder(prefix, asset_id)}thumbnail.jpg"


def manifest_place(prefix: str, asset_id: str) -> str:
    """Return the key of a replay's manifest."""
    return f"{prefix}{MANIFESTS}{asset_id}.json"


CONTENT_TYPES: Final = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".mkv": "video/x-matroska", ".webm": "video/webm",
    ".ts": "video/mp2t", ".flv": "video/x-flv",
}  # fmt: skip


def content_type_of(suffix: str) -> str:
    """Return the media type of a film by its suffix."""
    return CONTENT_TYPES.get(suffix, "application/octet-stream")
