"""A manifest as the JSON object that lies in the store (docs/manifests.md), and back, strictly.

What is read was written by somebody: by another version, another program, or whoever got hold of the store's keys. So everything has a
limit, and whatever is not exactly a manifest is refused as a whole (V33).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypeVar

from powerstream_desktop.cloud.manifests.hybrid_clock import (
    ManifestError,
    Seen,
    SeenDevice,
    Stamp,
    require,
)
from powerstream_desktop.cloud.manifests.manifest import (
    Field,
    LostText,
    Manifest,
    ManifestMarker,
    Media,
    TextField,
    Tombstone,
)
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json

FORMAT: Final = "powerstream-manifest"
VERSION: Final = 1
MAX_MANIFEST_BYTES: Final = 2 * 1024 * 1024
"""More than the longest texts in any script, twenty that lost, and all markers: none of ours is longer."""

_STAMP: Final = re.compile(r"([0-9]{1,13})\.([0-9]{1,13})\.([0-9A-Za-z]{8,64})", re.ASCII)
_NAMES: Final = ("format", "version", "assetId", "revision", "fields", "markers", "tombstone", "seen", "lost")
_FIELDS: Final[dict[str, tuple[str, Any]]] = {
    "title": ("title", str),
    "description": ("description", str),
    "stationId": ("station_id", str | None),
    "recordedAt": ("recorded_at", datetime),
    "durationMs": ("duration_ms", int),
    "media": ("media", Media | None),
    "thumbnail": ("thumbnail", str | None),
}
_MEDIA: Final = {
    "key": "key",
    "sha256": "sha256",
    "sizeBytes": "size_bytes",
    "width": "width",
    "height": "height",
    "fps": "fps",
    "videoCodec": "video_codec",
    "audioCodec": "audio_codec",
}

_Each = TypeVar("_Each")


def write_manifest(manifest: Manifest) -> bytes:
    """Return what is put into the store: the same bytes for the same manifest."""
    tombstone = manifest.tombstone
    return json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "assetId": manifest.asset_id,
            "revision": manifest.revision,
            "fields": {
                name: _field_words(getattr(manifest, attribute)) for name, (attribute, _) in _FIELDS.items()
            },
            "markers": [_marker_words(each) for each in manifest.markers],
            "tombstone": None
            if tombstone is None
            else {
                "stamp": _stamp_words(tombstone.stamp),
                "seen": _seen_words(tombstone.seen),
                "isPurged": tombstone.is_purged,
            },
            "seen": _seen_words(manifest.seen),
            "lost": [
                {"field": each.field.value, "text": each.text, "stamp": _stamp_words(each.stamp)}
                for each in manifest.lost
            ],
        },
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    ).encode()


def read_manifest(asset_id: str, data: bytes) -> Manifest:
    """Return the manifest of a replay.

    Args:
        asset_id: whose it must be: the one of the key it lies under.
        data: as the store has it; at most MAX_MANIFEST_BYTES.

    Raises:
        ManifestError: it is none, that of another replay, or of a newer version.
    """
    require(len(data) <= MAX_MANIFEST_BYTES, "it is too large")
    try:
        manifest = _manifest(parse_json(data))
    except MalformedError as error:
        raise ManifestError(str(error)) from None
    except RecursionError:
        raise ManifestError("it is nested without end") from None
    require(manifest.asset_id == asset_id, "it is that of another replay")
    return manifest


def write_seen(seen: Seen) -> str:
    """Return what was seen as one text, for a row."""
    return write_json(_seen_words(seen))


def read_seen(text: str) -> Seen:
    """Return what was seen; ManifestError if the text does not tell."""
    try:
        return _seen(parse_json(text), "seen")
    except MalformedError as error:
        raise ManifestError(str(error)) from None


def _manifest(content: Any) -> Manifest:
    require(isinstance(content, dict), "it is no object")
    require(content.get("format") == FORMAT, "it does not say that it is a manifest")
    version = content.get("version")
    require(version == VERSION and type(version) is int, "it is of another version")
    words = _object(content, "", _NAMES)
    fields = _object(words["fields"], "fields", tuple(_FIELDS))
    tombstone = words["tombstone"]
    stated = Manifest(
        asset_id=from_json(str, words["assetId"], "assetId"),
        revision=from_json(int, words["revision"], "revision"),
        markers=_row(words["markers"], "markers", _marker),
        tombstone=None if tombstone is None else _tombstone(tombstone),
        seen=_seen(words["seen"], "seen"),
        lost=_row(words["lost"], "lost", _lost),
        **{
            attribute: _field(fields[name], f"fields.{name}", kind)
            for name, (attribute, kind) in _FIELDS.items()
        },
    )
    return _consistent(stated)


def _consistent(manifest: Manifest) -> Manifest:
    """ManifestError unless it has seen all that it says: else its changes would be news for ever."""
    for stamp, _ in manifest.stamps():
        require(manifest.seen.covers(stamp), "it says what it has not seen")
    tombstone = manifest.tombstone
    if tombstone is not None:
        for each in tombstone.seen.devices:
            require(manifest.seen.covers(each.up_to), "its deletion saw more than it did")
        require(manifest.seen.covers(tombstone.stamp), "it has not seen its own deletion")
    require(list(manifest.lost) == sorted(set(manifest.lost)), "the texts that lost are not in order")
    return manifest


def _field_words(field: Field[Any]) -> dict[str, Any]:
    value = field.value
    if isinstance(value, Media):
        value = {name: getattr(value, attribute) for name, attribute in _MEDIA.items()}
    return {
        "value": to_json(value) if not isinstance(value, dict) else value,
        "stamp": _stamp_words(field.stamp),
        "baseRevision": field.base_revision,
    }


def _field(content: Any, where: str, kind: Any) -> Field[Any]:
    words = _object(content, where, ("value", "stamp", "baseRevision"))
    value = words["value"]
    if kind == Media | None and value is not None:
        media = _object(value, f"{where}.value", tuple(_MEDIA))
        value = {_MEDIA[name]: each for name, each in media.items()}
    return Field(
        from_json(kind, value, f"{where}.value"),
        _stamp(words["stamp"], f"{where}.stamp"),
        from_json(int, words["baseRevision"], f"{where}.baseRevision"),
    )


def _marker_words(marker: ManifestMarker) -> dict[str, Any]:
    return {
        "id": marker.id,
        "offsetMs": marker.offset_ms,
        "label": marker.label,
        "stamp": _stamp_words(marker.stamp),
        "baseRevision": marker.base_revision,
    }


def _marker(content: Any, where: str) -> ManifestMarker:
    words = _object(content, where, ("id", "offsetMs", "label", "stamp", "baseRevision"))
    return ManifestMarker(
        id=from_json(str, words["id"], f"{where}.id"),
        offset_ms=from_json(int, words["offsetMs"], f"{where}.offsetMs"),
        label=from_json(str, words["label"], f"{where}.label"),
        stamp=_stamp(words["stamp"], f"{where}.stamp"),
        base_revision=from_json(int, words["baseRevision"], f"{where}.baseRevision"),
    )


def _tombstone(content: Any) -> Tombstone:
    words = _object(content, "tombstone", ("stamp", "seen", "isPurged"))
    return Tombstone(
        stamp=_stamp(words["stamp"], "tombstone.stamp"),
        seen=_seen(words["seen"], "tombstone.seen"),
        is_purged=from_json(bool, words["isPurged"], "tombstone.isPurged"),
    )


def _lost(content: Any, where: str) -> LostText:
    words = _object(content, where, ("field", "text", "stamp"))
    return LostText(
        stamp=_stamp(words["stamp"], f"{where}.stamp"),
        field=from_json(TextField, words["field"], f"{where}.field"),
        text=from_json(str, words["text"], f"{where}.text"),
    )


def _seen_words(seen: Seen) -> list[dict[str, str]]:
    return [{"upTo": _stamp_words(each.up_to), "name": each.name} for each in seen.devices]


def _seen(content: Any, where: str) -> Seen:
    return Seen(_row(content, where, _seen_device))


def _seen_device(content: Any, where: str) -> SeenDevice:
    words = _object(content, where, ("upTo", "name"))
    return SeenDevice(_stamp(words["upTo"], f"{where}.upTo"), from_json(str, words["name"], f"{where}.name"))


def _stamp_words(stamp: Stamp) -> str:
    return f"{stamp.wall_ms}.{stamp.counter}.{stamp.device}"


def _stamp(content: Any, where: str) -> Stamp:
    found = _STAMP.fullmatch(content) if isinstance(content, str) else None
    if found is None:
        raise MalformedError(where, "must be a stamp")
    return Stamp(int(found[1]), int(found[2]), found[3])


def _row(content: Any, where: str, read: Callable[[Any, str], _Each]) -> tuple[_Each, ...]:
    if not isinstance(content, list):
        raise MalformedError(where, "must be a list")
    return tuple(read(each, f"{where}[{number}]") for number, each in enumerate(content))


def _object(content: Any, where: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise MalformedError(where, "must be an object")
    if content.keys() != set(names):
        raise MalformedError(where, f"must have exactly the fields {', '.join(names)}")
    return content
