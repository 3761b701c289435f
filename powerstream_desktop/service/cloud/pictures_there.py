"""The replays' pictures: brought to the bucket beside their films, and from there to computers that have no film to make one of."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.manifests.object_keys import thumbnail_key
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.cloud.bucket import Bucket
from powerstream_desktop.service.cloud.library_shelf import load_kept
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.media.picture_folder import thumbnail_name
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadState

MAX_PICTURE_BYTES: Final = 2 * 1024 * 1024
_MOST: Final = 200
"""In one go; the rest comes with the next."""
_JPEG_BEGINS: Final = b"\xff\xd8\xff"

logger = logging.getLogger(__name__)


class PicturesThere:
    """Carries pictures.

    Args:
        store: where replays are.
        folder: of pictures.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    async def bring(self, bucket: Bucket, asset_id: str) -> str | None:
        """Bring a replay's picture to the bucket if it is not there, and return its key; None if there is none.

        Raises:
            PowerStreamError: the store in the cloud does not take it.
        """

        def read(tables: Tables) -> tuple[str | None, bool]:
            asset, kept = asset_or_none(tables, asset_id), load_kept(tables, asset_id)
            is_there = kept is not None and kept.manifest.thumbnail.value is not None
            upload = tables.uploads.get(asset_id)
            is_ours = asset is not None and asset.file is not None and upload is not None
            has_copy = upload is not None and upload.state is UploadState.SYNCED
            return (asset.thumbnail if asset is not None and is_ours and has_copy else None), is_there

        name, is_there = await self._store.read(read)
        if name is None or is_there:
            return None
        data = await asyncio.to_thread(_read_picture, self._folder / name)
        if data is None:
            return None
        key = thumbnail_key(asset_id)
        await bucket.put_picture(key, data)
        return key

    async def fetch(self, bucket: Bucket) -> tuple[str, ...]:
        """Bring the pictures of replays here that have none, and return whose these are; what fails is left out."""
        brought: list[str] = []
        for asset_id in await self._store.read(lambda tables: tables.asset_files.without_picture(_MOST)):
            try:
                if await self._fetch(bucket, asset_id):
                    brought.append(asset_id)
            except (PowerStreamError, OSError) as error:
                logger.info("The picture of the replay %s does not come: %s", asset_id, error)
        return tuple(brought)

    async def _fetch(self, bucket: Bucket, asset_id: str) -> bool:
        def wanted(tables: Tables) -> str | None:
            asset, kept = asset_or_none(tables, asset_id), load_kept(tables, asset_id)
            if asset is None or asset.thumbnail is not None or kept is None:
                return None
            return kept.manifest.thumbnail.value

        key = await self._store.read(wanted)
        found = None if key is None else await bucket.read(key)
        if found is None or not found[0].startswith(_JPEG_BEGINS) or len(found[0]) > MAX_PICTURE_BYTES:
            return False
        name = thumbnail_name(asset_id)
        await asyncio.to_thread(_write_picture, self._folder / name, found[0])

        def keep(tables: Tables) -> None:
            asset = asset_or_none(tables, asset_id)
            if asset is not None and asset.thumbnail is None:
                tables.assets.put(replace(asset, thumbnail=name))

        await self._store.write(keep)
        return True


def _read_picture(file: Path) -> bytes | None:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_PICTURE_BYTES + 1)
    except OSError:
        return None
    return data if data.startswith(_JPEG_BEGINS) and len(data) <= MAX_PICTURE_BYTES else None


def _write_picture(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, data)
