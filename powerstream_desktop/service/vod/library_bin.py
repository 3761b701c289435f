"""Removing replays so that it can be taken back: half a minute in a bin of ours, then in the system's.

Which replays lie in the bin stands in the store, and their files in a folder beside where they were. So a service that dies, or
ends, in between has lost nothing: the next one moves them on. Owner: the service, on its loop.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.store.asset_bin import BinnedAsset
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.system_bin.system_bin import SystemBin
from powerstream_desktop.service.vod import bin_folder
from powerstream_desktop.service.vod.vod_service import OnChange

UNDO_S: Final = 30.0
_TOKEN_BYTES: Final = 12
Said: TypeAlias = Callable[[Tables], None]
"""A job of the store."""

logger = logging.getLogger(__name__)


def _nothing(_: Tables) -> None:
    """Nobody else is to know of it."""


class LibraryBin:
    """The bin of one library. ``start`` it, ``aclose`` it.

    Args:
        store: where replays are kept.
        system: where their files go in the end.
        wall_now: wall time with its zone.
        tell: called with what happened and the replay's id.
        undo_s: how long a removal can be taken back.
    """

    def __init__(
        self,
        store: Store,
        system: SystemBin,
        wall_now: Callable[[], datetime],
        tell: OnChange,
        *,
        undo_s: float = UNDO_S,
    ) -> None:
        self._store = store
        self._system = system
        self._wall_now = wall_now
        self._tell = tell
        self._undo_s = undo_s
        # All on the loop; one at a time moves files.
        self._turn = asyncio.Lock()
        self._waiting: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Begin to move on what an earlier run has left in the bin.

        Raises:
            StoreFault: the data cannot be read.
        """
        for binned in await self._store.read(lambda tables: tables.asset_bin.contents()):
            self._wait(binned, 0.0)

    async def aclose(self) -> None:
        """Leave what still lies in the bin to the next start. Harmless to repeat."""
        waiting, self._waiting = list(self._waiting.values()), {}
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def put(self, asset_id: str, said: Said = _nothing, unsaid: Said = _nothing) -> str:
        """Move a replay into the bin, and return the token with which it can be taken back.

        Args:
            asset_id: of the replay.
            said: what else is to be written down with it, in the same transaction.
            unsaid: takes that back if the file cannot be moved.

        Raises:
            UnknownRecordError: there is no such replay.
            SystemFault: its file cannot be moved; it stays in the library.
            StoreFault: the data cannot be written.
        """
        token, at_ms = secrets.token_hex(_TOKEN_BYTES), to_ms(self._wall_now())

        def put(tables: Tables) -> Asset:
            asset = tables.assets.get(asset_id)
            tables.asset_bin.put(asset_id, token, at_ms)
            said(tables)
            return asset

        def take_back(tables: Tables) -> None:
            tables.asset_bin.take_back(asset_id)
            unsaid(tables)

        async with self._turn:
            asset = await self._store.write(put)
            if asset.file is not None:
                try:
                    await asyncio.to_thread(bin_folder.lay_aside, Path(asset.file), token)
                except PowerStreamError:
                    await self._store.write(take_back)
                    raise
        self._wait(BinnedAsset(asset_id=asset_id, token=token, file=asset.file), self._undo_s)
        self._tell("removed", asset_id)
        return token

    async def restore(self, asset_id: str, token: str, said: Said = _nothing) -> None:
        """Take a replay back, with all that was said of it.

        Args:
            asset_id: of the replay.
            token: as ``put`` returned it.
            said: what else is to be written down with it, in the same transaction.

        Raises:
            UnknownRecordError: it does not lie in the bin any more, or this is not its token.
            SystemFault: its file cannot be moved; it still lies in the bin.
            StoreFault: the data cannot be written.
        """
        async with self._turn:
            binned = await self._store.read(lambda tables: tables.asset_bin.get(asset_id, token))
            file = None if binned.file is None else Path(binned.file)
            back = None if file is None else await asyncio.to_thread(bin_folder.take_back, file, token)

            def take_back(tables: Tables) -> None:
                tables.asset_bin.take_back(asset_id)
                if back is not None and back != file:
                    tables.assets.put(replace(tables.assets.get(asset_id), file=str(back)))
                said(tables)

            await self._store.write(take_back)
        waiting = self._waiting.pop(asset_id, None)
        if waiting is not None:
            waiting.cancel()
        self._tell("added", asset_id)

    def _wait(self, binned: BinnedAsset, for_s: float) -> None:
        task = asyncio.get_running_loop().create_task(self._let_go_later(binned, for_s), name="bin")
        self._waiting[binned.asset_id] = task
        task.add_done_callback(lambda _: self._waiting.pop(binned.asset_id, None))

    async def _let_go_later(self, binned: BinnedAsset, for_s: float) -> None:
        await asyncio.sleep(for_s)
        async with self._turn:
            try:
                await self._let_go(binned)
            except PowerStreamError as error:
                logger.info("A removed replay stays in our own bin until the next start: %s", error)
            except Exception:
                logger.exception("A removed replay cannot be let go")

    async def _let_go(self, binned: BinnedAsset) -> None:
        if binned.file is not None:
            file = Path(binned.file)
            if not await asyncio.to_thread(file.parent.is_dir):
                return  # its disk is not here; the next start looks again
            if await asyncio.to_thread(bin_folder.was_never_laid_aside, file, binned.token):
                await self._store.write(lambda tables: tables.asset_bin.take_back(binned.asset_id))
                self._tell("added", binned.asset_id)
                return
            await asyncio.to_thread(bin_folder.let_go, file, binned.token, self._system)
        await self._store.write(lambda tables: tables.asset_bin.forget(binned.asset_id))
