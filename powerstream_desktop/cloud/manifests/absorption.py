"""What becomes of this computer's row when it reads a manifest of the store. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from powerstream_desktop.cloud.manifests.edits import (
    Author,
    bounded,
    with_sane_stamps,
    withdrawn,
    without_file,
)
from powerstream_desktop.cloud.manifests.hybrid_clock import MAX_AHEAD_MS
from powerstream_desktop.cloud.manifests.kept_manifests import Kept
from powerstream_desktop.cloud.manifests.manifest import LostText, Manifest
from powerstream_desktop.cloud.manifests.merge import merge


class Change(StrEnum):
    """What a manifest of the store does to a replay here."""

    ADDED = "added"
    CHANGED = "changed"
    """It has other texts, or another file, or another station."""
    REMOVED = "removed"
    CAME_BACK = "cameBack"
    """It was deleted on one computer while another one went on with it."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """A row, and what it is to become.

    Attributes:
        losers: texts for the history.
        is_withdrawn: the user deleted it here, but this computer was away for too long to say so (V19).
        knows_more_of_us: the store has changes by this computer of which it knows nothing: its database is an older one, or there
            is a copy of it. It needs another id.
    """

    before: Kept | None
    after: Kept
    change: Change
    losers: tuple[LostText, ...] = ()
    is_withdrawn: bool = False
    knows_more_of_us: bool = False


def absorb(
    kept: Kept | None, theirs: Manifest, etag: str, author: Author, *, got_ms: int, is_full: bool
) -> Absorbed:
    """Return what a row becomes.

    Args:
        kept: the row; None if there is none.
        theirs: as it was read.
        etag: of it.
        author: this computer, with the server's time.
        got_ms: when the store got it, by the store's clock.
        is_full: this computer was away for very long.
    """
    theirs = bounded(theirs, got_ms + MAX_AHEAD_MS)
    if kept is None:
        change = Change.NONE if theirs.is_deleted else Change.ADDED
        after = Kept(manifest=theirs, published=theirs.seen, etag=etag, is_ahead=False)
        return Absorbed(before=None, after=after, change=change, losers=theirs.lost)
    ours = withdrawn(kept.manifest, kept.published) if is_full else kept.manifest
    is_withdrawn = ours != kept.manifest
    ours = with_sane_stamps(ours, kept.published, author)
    merged = merge(kept.published, ours, theirs)
    manifest = merged.manifest
    if _may_be_gone(kept, ours, theirs):
        manifest = without_file(manifest)  # whoever has brought it looks again, and says so then
    after = Kept(
        manifest=manifest,
        published=kept.published.joined(theirs.seen),
        etag=etag,
        is_ahead=merged.is_news,
    )
    told, known = theirs.seen.up_to(author.device), ours.seen.up_to(author.device)
    return Absorbed(
        before=kept,
        after=after,
        change=_change(kept.manifest, manifest),
        losers=merged.losers,
        is_withdrawn=is_withdrawn,
        knows_more_of_us=told is not None and (known is None or told > known),
    )


def written(now: Kept, manifest: Manifest, etag: str) -> Kept:
    """Return what to keep after a manifest was written into the store.

    Args:
        now: the row as it is by now; it may have been changed since.
        manifest: what was written.
        etag: what the store calls it.
    """
    published = now.published.joined(manifest.seen)
    merged = merge(published, now.manifest, manifest)
    return Kept(manifest=merged.manifest, published=published, etag=etag, is_ahead=merged.is_news)


def _may_be_gone(kept: Kept, ours: Manifest, theirs: Manifest) -> bool:
    """Return whether a file that was never told of was brought before all of the replay was removed from the store, for all that is known here."""
    is_untold = ours.media.stamp > theirs.media.stamp and not kept.published.covers(ours.media.stamp)
    return is_untold and _is_purged(theirs) and not _is_purged(kept.manifest)


def _is_purged(manifest: Manifest) -> bool:
    return manifest.tombstone is not None and manifest.tombstone.is_purged


def _change(before: Manifest, after: Manifest) -> Change:
    if after.is_deleted:
        return Change.NONE if before.is_deleted else Change.REMOVED
    if before.is_deleted or (after.came_back and not before.came_back):
        return Change.CAME_BACK
    told: tuple[Callable[[Manifest], object], ...] = (
        lambda each: each.title.value,
        lambda each: each.description.value,
        lambda each: each.station_id.value,
        lambda each: each.media.value,
    )
    # What was not there, or was empty, is filled in and not replaced.
    is_other = any(was(before) and was(before) != was(after) for was in told)
    return Change.CHANGED if is_other else Change.NONE
