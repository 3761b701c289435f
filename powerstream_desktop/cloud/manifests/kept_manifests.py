"""What a pass needs of the world: the store's objects, and what this computer keeps of each replay. Ports; no I/O."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from powerstream_desktop.cloud.manifests.hybrid_clock import NOTHING_SEEN, Seen
from powerstream_desktop.cloud.manifests.manifest import LostText, Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What this computer keeps of a replay's manifest: a row.

    Attributes:
        manifest: with everything that was changed here.
        published: what manifests in the store had seen that this computer read or wrote.
        etag: of the store's object when this computer read or wrote it last; None if it never did.
        is_ahead: it says something that the store's does not; true after every change here.
    """

    manifest: Manifest
    published: Seen = NOTHING_SEEN
    etag: str | None = None
    is_ahead: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What planning a pass takes of a row; ten thousand of them are held at once."""

    etag: str | None = None
    is_ahead: bool = False
    is_deleted: bool = False
    is_purged: bool = False

    @classmethod
    def of(cls, kept: Kept) -> Standing:
        """Return it of a row."""
        tombstone = kept.manifest.tombstone
        return cls(
            etag=kept.etag,
            is_ahead=kept.is_ahead,
            is_deleted=kept.manifest.is_deleted,
            is_purged=tombstone is not None and tombstone.is_purged,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An object as the store lists it.

    Attributes:
        key: without the store's prefix.
        changed_ms: when the store got it, by the store's clock; since 1970.
    """

    key: str
    etag: str
    size_bytes: int
    changed_ms: int


class ManifestShelf(Protocol):
    """What this computer keeps, in its database. Each method is one transaction, durable when it returns."""

    async def overview(self) -> Mapping[str, Standing]:
        """Return the standing of each row by the replay's id."""
        ...

    async def load(self, asset_id: str) -> Kept | None:
        """Return a row; None if there is none."""
        ...

    async def keep(self, kept: Kept, *, instead_of: Kept | None, losers: Sequence[LostText] = ()) -> bool:
        """Replace a row, let the library say what its manifest says, and add to the history what lost.

        Texts that the history has are not added again. A manifest that is deleted takes the replay out of the list of what is in the
        cloud; a file of it that is here stays (I1).

        Args:
            kept: what is to be kept.
            instead_of: what must be kept at this moment; None for nothing.
            losers: for the history.

        Returns:
            Whether it was done; False if something else is kept by now.
        """
        ...

    async def forget(self, asset_id: str) -> None:
        """Remove the row of a deleted replay: nobody has to be told any more. Harmless if there is none."""
        ...


class ManifestStore(Protocol):
    """The store's objects; keys are without the store's prefix. What fails raises the store's own trouble."""

    def list(self, prefix: str) -> AsyncIterator[Sequence[Listed]]:
        """Yield what lies under a prefix, some at a time."""
        ...

    async def read(self, key: str) -> tuple[bytes, str] | None:
        """Return an object and its etag; None if there is none."""
        ...

    async def write(self, key: str, data: bytes, *, if_match: str | None) -> str | None:
        """Write an object, only if the one there has this etag (None: if there is none), and return the new etag.

        Returns:
            None if there was another one. A store that knows no conditions just writes.
        """
        ...

    async def delete(self, key: str) -> None:
        """Remove an object; harmless if there is none."""
        ...
