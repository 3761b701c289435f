"""Two states of one replay become one, in which nothing that somebody did is missing. Pure.

Field by field the later change wins. It cannot matter in which order states meet, how often, or on which computer: the merge takes the
greater of two things wherever it looks, so all computers end with the same (I4). A marker that only one side has was added there, or
removed on the other: whose ``seen`` covers it knew it. The text of a change that the winner's author did not know is kept (I5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from powerstream_desktop.cloud.manifests.hybrid_clock import Seen, Stamp
from powerstream_desktop.cloud.manifests.manifest import (
    MAX_LOST,
    MAX_MARKERS,
    Field,
    LostText,
    Manifest,
    ManifestMarker,
    TextField,
    Tombstone,
)

_Value = TypeVar("_Value")

_FACTS: Final = ("station_id", "recorded_at", "duration_ms", "media", "thumbnail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of two states.

    Attributes:
        losers: the texts that lost here, and those of the other side that this one had not heard of; for the computer's own history.
        is_news: the store's manifest does not say all of it and is to be written anew.
    """

    manifest: Manifest
    losers: tuple[LostText, ...]
    is_news: bool


def merge(published: Seen, ours: Manifest, theirs: Manifest) -> Merged:
    """Return one state of two.

    Args:
        published: what manifests of the store had seen that this computer read or wrote. A change that is not in it was never
            confirmed: it counts as unread, whatever either side says.
        ours: of this computer.
        theirs: of the store.
    """
    title, lost_titles = _text(TextField.TITLE, published, ours, theirs)
    description, lost_descriptions = _text(TextField.DESCRIPTION, published, ours, theirs)
    lost = {*lost_titles, *lost_descriptions}
    facts: dict[str, Any] = {each: _later(getattr(ours, each), getattr(theirs, each)) for each in _FACTS}
    manifest = Manifest(
        asset_id=ours.asset_id,
        revision=max(ours.revision, theirs.revision),
        title=title,
        description=description,
        markers=_markers(ours, theirs),
        tombstone=_tombstone(ours.tombstone, theirs.tombstone),
        seen=ours.seen.joined(theirs.seen),
        lost=_newest({*ours.lost, *theirs.lost, *lost}),
        **facts,
    )
    is_news = replace(manifest, revision=theirs.revision) != theirs
    losers = tuple(sorted(lost | set(theirs.lost) - set(ours.lost)))
    return Merged(manifest=manifest, losers=losers, is_news=is_news)


def _text(
    name: TextField, published: Seen, ours: Manifest, theirs: Manifest
) -> tuple[Field[str], tuple[LostText, ...]]:
    """Return the text that wins, and the one that lost although nobody had read it."""
    mine: Field[str] = getattr(ours, name.value)
    other: Field[str] = getattr(theirs, name.value)
    if mine.value == other.value:
        return _later(mine, other), ()
    winner = _later(mine, other)
    # What we have seen of others we have read in the store. Of our own it may be that we do not remember it: another database.
    if winner is mine:
        loser, was_read = other, published.covers(other.stamp)
    else:
        loser, was_read = mine, published.covers(mine.stamp) and theirs.seen.covers(mine.stamp)
    if (was_read and winner.stamp != loser.stamp) or not loser.value:
        return winner, ()
    return winner, (LostText(stamp=loser.stamp, field=name, text=loser.value),)


def _later(one: Field[_Value], other: Field[_Value]) -> Field[_Value]:
    """Return the later of two; of those that share a stamp the empty one: what it named was removed from the store.

    Two that are not empty are of a computer that forgot what it did, and any order will do.
    """
    if one.stamp != other.stamp:
        return one if one.stamp > other.stamp else other
    return max(one, other, key=lambda each: (each.value is None, repr(each.value), each.base_revision))


def _markers(ours: Manifest, theirs: Manifest) -> tuple[ManifestMarker, ...]:
    mine = {each.id: each for each in ours.markers}
    other = {each.id: each for each in theirs.markers}
    found: dict[str, ManifestMarker] = {}
    for marker_id in mine.keys() | other.keys():
        here, there = mine.get(marker_id), other.get(marker_id)
        if here is not None and there is not None:
            found[marker_id] = max(here, there, key=_marker_order)
        elif here is not None and not theirs.seen.covers(here.stamp):
            found[marker_id] = here
        elif there is not None and not ours.seen.covers(there.stamp):
            found[marker_id] = there
    newest = sorted(found.values(), key=_marker_order)[-MAX_MARKERS:]
    return tuple(sorted(newest, key=lambda each: each.id))


def _marker_order(marker: ManifestMarker) -> tuple[Stamp, int, str, int]:
    return marker.stamp, marker.offset_ms, marker.label, marker.base_revision


def _tombstone(one: Tombstone | None, other: Tombstone | None) -> Tombstone | None:
    if one is None or other is None:
        return one or other
    later = max(one, other, key=lambda each: (each.stamp, each.is_purged))
    return replace(later, seen=one.seen.joined(other.seen))


def _newest(lost: set[LostText]) -> tuple[LostText, ...]:
    return tuple(sorted(lost)[-MAX_LOST:])
