"""What a computer does to a manifest: begin it, let it say what is known here, delete, bring back. Pure.

Each returns the same manifest if nothing is different, so any of them may be repeated (I4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from powerstream_desktop.cloud.manifests.hybrid_clock import (
    MAX_AHEAD_MS,
    MAX_DEVICE_NAME,
    NOTHING_SEEN,
    Seen,
    SeenDevice,
    Stamp,
    next_stamp,
)
from powerstream_desktop.cloud.manifests.manifest import (
    MAX_LABEL,
    Field,
    Manifest,
    ManifestMarker,
    Media,
    Tombstone,
    as_description,
    as_line,
)

_FIELDS: Final = ("title", "description", "station_id", "recorded_at", "duration_ms", "media", "thumbnail")

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayMarker:
    """A marker as this computer knows it, from the replay's begin."""

    id: str
    offset_ms: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What this computer knows of a replay.

    Attributes:
        media: the file in the store, only once it is verified (I3); None says nothing about it.
        thumbnail: key of the picture in the store; None says nothing about it.
        markers: in any order.
    """

    asset_id: str
    title: str
    description: str = ""
    station_id: str | None = None
    recorded_at: datetime
    duration_ms: int = 0
    media: Media | None = None
    thumbnail: str | None = None
    markers: tuple[ReplayMarker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who changes something, and when.

    Attributes:
        device: id of this computer. One whose memory was lost or brought back from a backup takes a new one: it does not know
            which stamps it gave.
        name: of this computer, for people.
        now_ms: the server's time as it is known here.
    """

    device: str
    name: str
    now_ms: int


def first_manifest(replay: Replay, author: Author) -> Manifest:
    """Return the manifest of a replay that this computer has never had one of.

    What it was born with counts as written when it was recorded: found again in a folder, it beats no later change (V31).

    Raises:
        ManifestError: something of it cannot be.
    """
    recorded_ms = int(replay.recorded_at.timestamp() * 1000)
    born = Stamp(max(0, min(recorded_ms, author.now_ms)), 0, author.device)
    newborn = Manifest(
        asset_id=replay.asset_id,
        revision=1,
        title=Field(as_line(replay.title), born),
        description=Field(as_description(replay.description), born),
        station_id=Field(replay.station_id, born),
        recorded_at=Field(_whole_ms(replay.recorded_at), born),
        duration_ms=Field(replay.duration_ms, born),
        media=Field(None, born),
        thumbnail=Field(None, born),
        markers=_markers((), replay.markers, born, 0),
        seen=NOTHING_SEEN.with_stamps([born], as_line(author.name, MAX_DEVICE_NAME)),
    )
    return updated(newborn, replay, author)  # it was not born in the store


def updated(manifest: Manifest, replay: Replay, author: Author) -> Manifest:
    """Return the manifest such that it says what this computer knows.

    Call it as soon as something was changed here: the moment counts when another computer changed the same.

    Raises:
        ManifestError: something of it cannot be.
    """
    stamp = next_stamp(author.device, author.now_ms, manifest.seen)
    base = manifest.revision
    changed = replace(
        manifest,
        title=_field(manifest.title, as_line(replay.title), stamp, base),
        description=_field(manifest.description, as_description(replay.description), stamp, base),
        station_id=_field(manifest.station_id, replay.station_id, stamp, base),
        recorded_at=_field(manifest.recorded_at, _whole_ms(replay.recorded_at), stamp, base),
        duration_ms=_field(manifest.duration_ms, replay.duration_ms, stamp, base),
        media=_field(manifest.media, replay.media or manifest.media.value, stamp, base),
        thumbnail=_field(manifest.thumbnail, replay.thumbnail or manifest.thumbnail.value, stamp, base),
        markers=_markers(manifest.markers, replay.markers, stamp, base),
    )
    return manifest if changed == manifest else _stamped(changed, stamp, author)


def deleted(manifest: Manifest, author: Author) -> Manifest:
    """Return the manifest of a replay that the user deleted everywhere; never for a file that is missing here (I2)."""
    if manifest.is_deleted:
        return manifest
    stamp = next_stamp(author.device, author.now_ms, manifest.seen)
    stamped = _stamped(manifest, stamp, author)
    return replace(stamped, tombstone=Tombstone(stamp=stamp, seen=stamped.seen))


def brought_back(manifest: Manifest, author: Author) -> Manifest:
    """Return the manifest of a replay that the user wants to have back although it is deleted."""
    if not manifest.is_deleted:
        return manifest
    stamp = next_stamp(author.device, author.now_ms, manifest.seen)
    title = Field(manifest.title.value, stamp, manifest.revision)
    return _stamped(replace(manifest, title=title), stamp, author)


def purged(manifest: Manifest) -> Manifest:
    """Return the manifest of a deleted replay whose objects are no longer in the store."""
    tombstone = manifest.tombstone
    if tombstone is None or tombstone.is_purged:
        return manifest
    return replace(without_file(manifest), tombstone=replace(tombstone, is_purged=True))


def without_file(manifest: Manifest) -> Manifest:
    """Return the manifest of a replay whose file is not in the store.

    It is no change of anybody's: where a state that still names the file meets this one, the file stays away (``merge``), also once a
    later deletion has taken the place of the one for which it was removed.
    """
    return replace(manifest, media=replace(manifest.media, value=None))


def withdrawn(manifest: Manifest, published: Seen) -> Manifest:
    """Return the manifest without a deletion that no other computer has heard of: its computer was away for too long (V19)."""
    tombstone = manifest.tombstone
    if tombstone is None or published.covers(tombstone.stamp):
        return manifest
    return replace(manifest, tombstone=None)


def with_sane_stamps(manifest: Manifest, published: Seen, author: Author) -> Manifest:
    """Return the manifest such that nothing in it lies further ahead of the server than allowed (V17).

    Only what nobody else has seen may get another stamp; before the first word with the server a clock may be years ahead.

    Args:
        manifest: of this computer.
        published: what the store's manifest had seen when this computer read or wrote it last.
        author: this computer, with the server's time.
    """
    limit_ms = author.now_ms + MAX_AHEAD_MS
    newest = manifest.seen.newest
    if newest is None or newest.wall_ms <= limit_ms:
        return manifest
    fresh = {each for each in _all_stamps(manifest) if not published.covers(each)}
    wrong = sorted(each for each in fresh if each.wall_ms > limit_ms)
    sane = next_stamp(author.device, author.now_ms, published.with_stamps(fresh.difference(wrong)))
    # One for each, in their order: what came before what stays as it was.
    mended = {
        each: Stamp(sane.wall_ms, sane.counter + number, each.device) for number, each in enumerate(wrong)
    }
    return _restamped(manifest, mended)


def bounded(manifest: Manifest, limit_ms: int) -> Manifest:
    """Return the manifest of somebody else such that nothing in it lies behind a limit (V17).

    Args:
        manifest: as it was read.
        limit_ms: five minutes behind the moment when the store got it: the same for everybody who reads it.
    """
    newest = manifest.seen.newest
    if newest is None or newest.wall_ms < limit_ms:
        return manifest
    return _restamped(manifest, {each: each.at_most(limit_ms) for each in _all_stamps(manifest)})


def _all_stamps(manifest: Manifest) -> Iterator[Stamp]:
    yield from (stamp for stamp, _ in manifest.stamps())
    yield from (each.up_to for each in manifest.seen.devices)
    yield from (each.stamp for each in manifest.lost)
    if manifest.tombstone is not None:
        yield manifest.tombstone.stamp
        yield from (each.up_to for each in manifest.tombstone.seen.devices)


def _restamped(manifest: Manifest, mended: Mapping[Stamp, Stamp]) -> Manifest:
    def seen(before: Seen) -> Seen:
        return Seen(
            tuple(SeenDevice(mended.get(each.up_to, each.up_to), each.name) for each in before.devices)
        )

    fields: dict[str, Any] = {}
    for each in _FIELDS:
        field = getattr(manifest, each)
        fields[each] = replace(field, stamp=mended.get(field.stamp, field.stamp))
    tombstone = manifest.tombstone
    return replace(
        manifest,
        markers=tuple(replace(each, stamp=mended.get(each.stamp, each.stamp)) for each in manifest.markers),
        lost=tuple(
            sorted({replace(each, stamp=mended.get(each.stamp, each.stamp)) for each in manifest.lost})
        ),
        tombstone=None
        if tombstone is None
        else replace(
            tombstone, stamp=mended.get(tombstone.stamp, tombstone.stamp), seen=seen(tombstone.seen)
        ),
        seen=seen(manifest.seen),
        **fields,
    )


def _stamped(manifest: Manifest, stamp: Stamp, author: Author) -> Manifest:
    seen = manifest.seen.with_stamps([stamp], as_line(author.name, MAX_DEVICE_NAME))
    return replace(manifest, seen=seen)


def _field(field: Field[_Value], value: _Value, stamp: Stamp, base_revision: int) -> Field[_Value]:
    return field if field.value == value else Field(value, stamp, base_revision)


def _markers(
    known: Iterable[ManifestMarker], wanted: Iterable[ReplayMarker], stamp: Stamp, base_revision: int
) -> tuple[ManifestMarker, ...]:
    by_id = {each.id: each for each in known}
    found: dict[str, ManifestMarker] = {}
    for each in wanted:
        label = as_line(each.label, MAX_LABEL)
        before = by_id.get(each.id)
        found[each.id] = (
            before
            if before is not None and (before.offset_ms, before.label) == (each.offset_ms, label)
            else ManifestMarker(
                id=each.id, offset_ms=each.offset_ms, label=label, stamp=stamp, base_revision=base_revision
            )
        )
    return tuple(found[marker_id] for marker_id in sorted(found))


def _whole_ms(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
