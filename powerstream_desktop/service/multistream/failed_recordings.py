"""Recordings that could not be finished when their broadcast ended, or died: their disk was full, failed, or was not here.

What an earlier run has left of that is made whole as soon as its disk is here and nothing is on air. What this run leaves is the
next one's: a thread of ours that hangs in such a disk may still write to its file. Owner: the service, on its loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.recording.naming import finished_name, is_unfinished
from powerstream_desktop.service.multistream.record_keeper import pieces_left_behind
from powerstream_desktop.service.multistream.resume_record import RecordedFile
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.vod.vod_service import VODService

LOOK_EVERY_S: Final = 30.0

logger = logging.getLogger(__name__)


class FailedRecordings:
    """Makes whole what an earlier run could not. ``start`` it, ``aclose`` it.

    Args:
        store: where replays are kept.
        vod: told of what is whole.
        is_live: asked on the loop: something is on air, so disks are left alone.
        look_every_s: how often to see whether a disk is back.
    """

    def __init__(
        self,
        store: Store,
        vod: VODService,
        is_live: Callable[[], bool],
        *,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._store = store
        self._vod = vod
        self._is_live = is_live
        self._look_every_s = look_every_s
        self._looking: asyncio.Task[None] | None = None
        self.is_mending = False
        """Whether it is at it just now; it may take as long as a copy of the recording."""

    async def start(self) -> None:
        """Begin with what there is now.

        Raises:
            BugError: it was started before.
            StoreFault: the data cannot be read.
        """
        if self._looking is not None:
            raise BugError("The failed recordings were looked after twice.")
        failed = await self._store.read(lambda tables: tables.asset_files.failed())
        waiting = [asset_id for asset_id, file in failed.items() if is_unfinished(file.name)]
        self._looking = asyncio.get_running_loop().create_task(
            self._mend_all(waiting), name="failed-recordings"
        )

    async def aclose(self) -> None:
        """Leave the rest to the next start. Harmless to repeat."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking

    async def _mend_all(self, waiting: list[str]) -> None:
        while waiting:
            for asset_id in list(waiting):
                if not self._is_live() and await self._is_done_with(asset_id):
                    waiting.remove(asset_id)
            await asyncio.sleep(self._look_every_s)

    async def _is_done_with(self, asset_id: str) -> bool:
        """Make a recording whole if its file is here, and tell whether there is no more to be done about it."""
        try:
            asset = await self._store.read(lambda tables: tables.assets.get(asset_id))
            if asset.file is None:
                return True
            if not await asyncio.to_thread(_is_here, Path(asset.file)):
                return False
            self.is_mending = True
            await self._mend(asset, Path(asset.file))
        except PowerStreamError as error:
            logger.info("The recording of the replay %s stays as it is: %s", asset_id, error)
        except Exception:
            logger.exception("The recording of a replay cannot be made whole")
        finally:
            self.is_mending = False
        return True

    async def _mend(self, asset: Asset, unfinished: Path) -> None:
        left = RecordedFile(unfinished=unfinished, began=asset.recorded_at.isoformat())
        for piece in await pieces_left_behind([left]):
            if piece.status is not AssetStatus.FAILED:
                await self._vod.made_whole(asset, piece)


def _is_here(unfinished: Path) -> bool:
    """Tell whether a file lies where it was written, under its name of then or the one that a thread gave it in the end."""
    return unfinished.exists() or unfinished.with_name(finished_name(unfinished.name)).exists()
