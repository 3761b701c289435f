"""The library as the pass over the manifests has it (``ManifestShelf``): each step one durable transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from powerstream_desktop.cloud.manifests.edits import (
    Author,
    Replay,
    brought_back,
    deleted,
    first_manifest,
    updated,
)
from powerstream_desktop.cloud.manifests.hybrid_clock import ManifestError
from powerstream_desktop.cloud.manifests.kept_manifests import Kept, Standing
from powerstream_desktop.cloud.manifests.manifest import LostText, Manifest
from powerstream_desktop.cloud.manifests.manifest_words import (
    read_manifest,
    read_seen,
    write_manifest,
    write_seen,
)
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.service.cloud.replay_words import (
    brought_nothing,
    has_unsaid,
    take_over,
    take_over_copy,
)
from powerstream_desktop.service.store import cloud_notes
from powerstream_desktop.service.store.cloud_notes import KeptManifest
from powerstream_desktop.service.store.moments import from_ms
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import damaged
from powerstream_desktop.service.store.tables import Tables


class LibraryShelf:
    """What is kept here of each replay's manifest.

    Args:
        store: where.
        prefix: of all keys of the store in the cloud.
        wall_now: wall time with its zone.
    """

    def __init__(self, store: Store, prefix: str, wall_now: Callable[[], datetime]) -> None:
        self._store = store
        self._prefix = prefix
        self._wall_now = wall_now

    async def overview(self) -> Mapping[str, Standing]:
        """Return the standing of each row by the replay's id."""
        kept = await self._store.read(lambda tables: tables.cloud.manifests())
        return {
            asset_id: Standing(
                etag=row.etag, is_ahead=row.is_ahead, is_deleted=row.is_deleted, is_purged=row.is_purged
            )
            for asset_id, row in kept.items()
        }

    async def load(self, asset_id: str) -> Kept | None:
        """Return a row; None if there is none."""
        return await self._store.read(lambda tables: load_kept(tables, asset_id))

    async def keep(self, kept: Kept, *, instead_of: Kept | None, losers: Sequence[LostText] = ()) -> bool:
        """Replace a row, have the library say what it says, and keep what lost; False if something else is kept by now."""
        now, manifest = self._wall_now(), kept.manifest

        def keep(tables: Tables) -> bool:
            if load_kept(tables, manifest.asset_id) != instead_of:
                return False
            if instead_of is not None and has_unsaid(tables, instead_of.manifest):
                return False
            save_kept(tables, kept)
            take_over(tables, manifest, self._prefix, now)
            for lost in losers:
                tables.cloud.add_lost_text(_lost(manifest, lost, now))
            return True

        return await self._store.write(keep)

    async def say(self, replay: Replay, author: Author) -> bool:
        """Let the row say what this computer knows of a replay; tell whether it is anything new."""

        def say(tables: Tables) -> bool:
            kept = load_kept(tables, replay.asset_id)
            if kept is None:
                save_kept(tables, Kept(manifest=first_manifest(replay, author)))
                return True
            if kept.manifest.is_deleted:
                # It was verified just when another computer removed it: what is here is this computer's only.
                take_over(tables, kept.manifest, self._prefix, self._wall_now())
                return False
            said = updated(kept.manifest, _without_told(tables, kept.manifest, replay), author)
            if said != kept.manifest:
                save_kept(tables, replace(kept, manifest=said, is_ahead=True))
            return said != kept.manifest

        return await self._store.write(say)

    async def take_back(self) -> tuple[str, ...]:
        """Bring replays that the bucket has back into the library, where only their rows here are gone; return them."""
        now = self._wall_now()

        def take(tables: Tables) -> tuple[str, ...]:
            back: list[str] = []
            for asset_id in tables.cloud.manifests_without_replay():
                kept = load_kept(tables, asset_id)
                if kept is not None and not kept.manifest.is_deleted:
                    take_over(tables, kept.manifest, self._prefix, now)
                    back.append(asset_id)
            return tuple(back)

        return await self._store.write(take)

    async def find_missing(self) -> tuple[str, ...]:
        """Know of the bucket's copies of films that are gone from here, and of whose uploads nothing came; return whose they are.

        Manifests are read when they change: a file may be missed long after.
        """
        now = self._wall_now()

        def find(tables: Tables) -> tuple[str, ...]:
            missing = sorted(tables.asset_files.missing())
            lost = [each for each in missing if brought_nothing(tables.uploads.get(each))]
            for asset_id in lost:
                kept = load_kept(tables, asset_id)
                if kept is not None and not kept.manifest.is_deleted:
                    take_over_copy(tables, tables.assets.get(asset_id), kept.manifest, self._prefix, now)
            return tuple(each for each in lost if not brought_nothing(tables.uploads.get(each)))

        return await self._store.write(find)

    async def forget(self, asset_id: str) -> None:
        """Remove the row of a deleted replay; harmless if there is none."""
        await self._store.write(lambda tables: tables.cloud.forget_manifest(asset_id))


def mark_deleted(tables: Tables, asset_id: str, author: Author) -> None:
    """Say to all computers that a replay was deleted; nothing if they never heard of it."""
    kept = load_kept(tables, asset_id)
    if kept is not None and not kept.manifest.is_deleted:
        save_kept(tables, replace(kept, manifest=deleted(kept.manifest, author), is_ahead=True))


def bring_back(tables: Tables, asset_id: str, author: Author) -> None:
    """Say to all computers that a replay is wanted again; nothing if it was not deleted."""
    kept = load_kept(tables, asset_id)
    if kept is not None and kept.manifest.is_deleted:
        save_kept(tables, replace(kept, manifest=brought_back(kept.manifest, author), is_ahead=True))


def load_kept(tables: Tables, asset_id: str) -> Kept | None:
    """Return a row; None if there is none. DamagedStoreError if it cannot be one."""
    row = tables.cloud.manifest(asset_id)
    if row is None:
        return None
    try:
        return Kept(
            manifest=read_manifest(asset_id, row.manifest.encode()),
            published=read_seen(row.published),
            etag=row.etag,
            is_ahead=row.is_ahead,
        )
    except ManifestError as error:
        raise damaged(f"manifest {asset_id}: {error.detail}") from None


def _without_told(tables: Tables, manifest: Manifest, replay: Replay) -> Replay:
    """Leave another computer's film where it stands once ours was told: or two would put their own there at each of their starts."""
    there, upload = manifest.file_in_store, tables.uploads.get(replay.asset_id)
    was_told = upload is not None and upload.life == UploadState.ACKNOWLEDGED.value
    is_another = there is not None and replay.media is not None and there.sha256 != replay.media.sha256
    return replace(replay, media=None) if was_told and is_another else replay


def save_kept(tables: Tables, kept: Kept) -> None:
    """Keep a row."""
    standing = Standing.of(kept)
    tables.cloud.put_manifest(
        KeptManifest(
            asset_id=kept.manifest.asset_id,
            manifest=write_manifest(kept.manifest).decode(),
            published=write_seen(kept.published),
            etag=kept.etag,
            is_ahead=kept.is_ahead,
            is_deleted=standing.is_deleted,
            is_purged=standing.is_purged,
        )
    )


def _lost(manifest: Manifest, lost: LostText, now: datetime) -> cloud_notes.LostText:
    return cloud_notes.LostText(
        asset_id=manifest.asset_id,
        field=lost.field.value,
        value=lost.text,
        device=manifest.seen.name_of(lost.stamp.device) or lost.stamp.device,
        written_at=from_ms(lost.stamp.wall_ms),
        lost_at=now,
    )
