"""The copy desk: gives up files whose replays are safe in the cloud, and brings them back, one after the other.

What is wanted stands in the store of data until it is done, was found impossible, or somebody has thought better of it: a restart
forgets nothing, and nothing is half done then (``eviction``, ``fetching``). Owner: the service, on its loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Final

from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.common.one_task import OneTask
from powerstream_desktop.service.cloud.cloud_standing import Progress
from powerstream_desktop.service.cloud.copy_check import CopyCheck
from powerstream_desktop.service.cloud.courier_port import OnProgress
from powerstream_desktop.service.cloud.eviction import Eviction
from powerstream_desktop.service.cloud.fetching import Fetching
from powerstream_desktop.service.cloud.pace import Pace
from powerstream_desktop.service.cloud.troubles import trouble_of
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import CopyWish, UploadState, UploadTrouble

TROUBLE_S: Final = 30.0
"""After a trouble with our own data."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTools:
    """What the desk works with.

    Attributes:
        store: where replays and uploads are.
        eviction: gives a file up.
        fetching: brings one back.
        check: looks at a copy.
        turned: called with a replay that stands differently.
        progressed: called when the one that goes on is further.
        clock: monotonic seconds.
    """

    store: Store
    eviction: Eviction
    fetching: Fetching
    check: CopyCheck
    turned: Callable[[str], None]
    progressed: Callable[[], None]
    clock: Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Current:
    """What is being done."""

    asset_id: str
    wish: CopyWish
    task: asyncio.Task[None]


class CopyDesk:
    """``start`` it, ``aclose`` it.

    Args:
        tools: what it needs from the rest of the service.
    """

    def __init__(self, tools: CopyTools) -> None:
        self._tools = tools
        self._has_work = asyncio.Event()
        self._has_waiting = True  # until somebody has looked what an earlier run has left
        self._current: _Current | None = None
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._progress: Progress | None = None
        self._pace = Pace()
        self._working = OneTask("copies", self._work)

    def start(self) -> None:
        """Begin to work: to put right what a crash has left at first, for which nobody waits."""
        self._working.start()

    async def aclose(self) -> None:
        """Leave what goes on where it is; the next start does it and what waits. Harmless to repeat."""
        await self._working.aclose()

    @property
    def is_busy(self) -> bool:
        """Something waits or goes on."""
        return self._current is not None or self._has_waiting

    def progress(self) -> Progress | None:
        """Return how far the one is that goes on; None if none does."""
        return self._progress

    async def evict(self, asset_id: str) -> None:
        """Have a file given up; raises as ``Eviction.require``."""
        await self._tools.eviction.require(asset_id)
        await self._want(asset_id, CopyWish.EVICT)

    async def download(self, asset_id: str) -> None:
        """Have a file brought back; raises as ``Fetching.require``."""
        await self._tools.fetching.require(asset_id)
        await self._want(asset_id, CopyWish.DOWNLOAD)

    async def cancel(self, asset_id: str, wish: CopyWish) -> None:
        """Do without it; harmless if it is not wanted, or done. What has come of a file is removed again.

        Raises:
            StoreFault: the data cannot be written.
        """
        if not await self._tools.store.write(lambda tables: _withdraw(tables, asset_id, wish)):
            return
        current = self._current
        if current is not None and (current.asset_id, current.wish) == (asset_id, wish):
            current.task.cancel()
            await self._is_idle.wait()
        if wish is CopyWish.DOWNLOAD:
            await self._tools.fetching.forget(asset_id)
        self._tools.turned(asset_id)

    async def verify(self, asset_id: str, *, is_full: bool) -> None:
        """Have a copy looked at; raises as ``CopyCheck.require``."""
        await self._tools.check.require(asset_id)
        await self._want(asset_id, CopyWish.VERIFY_FULLY if is_full else CopyWish.VERIFY)

    # Inside.

    async def _want(self, asset_id: str, wish: CopyWish) -> None:
        await self._tools.store.write(lambda tables: _note_wish(tables, asset_id, wish))
        self._has_waiting = True
        self._has_work.set()
        self._tools.turned(asset_id)

    async def _work(self) -> None:
        try:
            await self._tools.eviction.put_right()
        except PowerStreamError as error:
            logger.info("What a crash has left of files that were given up is not put right: %s", error)
        while True:
            self._has_work.clear()
            try:
                is_done = await self._step()
            except PowerStreamError as error:
                logger.info("What is wanted of replays' copies waits: %s", error)
                await asyncio.sleep(TROUBLE_S)
            else:
                if is_done:
                    await self._has_work.wait()

    async def _step(self) -> bool:
        """Do what was wanted first; return whether nothing is.

        Raises:
            StoreFault: what is wanted cannot be read, or what came of it cannot be written down.
        """
        first = await self._tools.store.read(_first_wish)
        self._has_waiting = first is not None
        if first is None:
            return True
        asset_id, wish, is_fulfilled = first
        if is_fulfilled:
            await self._end(asset_id, wish, None)
            return False
        trouble: UploadTrouble | None = None
        try:
            if not await self._do(asset_id, wish):
                return False  # whoever has cancelled it tells
        except PowerStreamError as error:
            logger.info("The copies of the replay %s stay as they are: %s", asset_id, error)
            trouble = trouble_of(error)
        except Exception as error:
            logger.exception("The copies of a replay met a mistake of ours")
            trouble = trouble_of(BugError("PowerStream made a mistake.", detail=repr(error)))
        await self._end(asset_id, wish, trouble)
        return False

    async def _do(self, asset_id: str, wish: CopyWish) -> bool:
        """Do what is wanted; False if somebody has thought better of it."""
        self._pace = Pace()
        state = UploadState.DOWNLOADING if wish is CopyWish.DOWNLOAD else UploadState.VERIFYING
        self._goes_on(asset_id, state, 0, 0)
        work = self._work_for(asset_id, wish, lambda done, total: self._goes_on(asset_id, state, done, total))
        task = asyncio.get_running_loop().create_task(work, name="copy")
        self._current = _Current(asset_id, wish, task)
        self._is_idle.clear()
        self._tools.turned(asset_id)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})
            raise
        finally:
            self._current = self._progress = None
            self._is_idle.set()
        if task.cancelled():
            return False
        task.result()
        return True

    def _work_for(
        self, asset_id: str, wish: CopyWish, on_progress: OnProgress
    ) -> Coroutine[None, None, None]:
        match wish:
            case CopyWish.EVICT:
                return self._tools.eviction.evict(asset_id)
            case CopyWish.DOWNLOAD:
                return self._tools.fetching.fetch(asset_id, on_progress)
            case CopyWish.VERIFY | CopyWish.VERIFY_FULLY:
                is_full = wish is CopyWish.VERIFY_FULLY
                return self._tools.check.check(asset_id, on_progress, is_full=is_full)

    async def _end(self, asset_id: str, wish: CopyWish, trouble: UploadTrouble | None) -> None:
        await self._tools.store.write(lambda tables: _note_end(tables, asset_id, wish, trouble))
        self._tools.turned(asset_id)

    def _goes_on(self, asset_id: str, state: UploadState, bytes_done: int, bytes_total: int) -> None:
        now = self._tools.clock()
        self._pace.saw(bytes_done, now)
        self._progress = Progress(
            asset_id=asset_id,
            state=state,
            bytes_done=bytes_done,
            bytes_total=bytes_total,
            kbps=self._pace.kbps(now),
            seconds_left=self._pace.seconds_left(bytes_total, now),
        )
        self._tools.progressed()


def _note_wish(tables: Tables, asset_id: str, wish: CopyWish) -> None:
    """Put a wish behind all others; one that was told before keeps its place."""
    upload = tables.uploads.get(asset_id)
    if upload is None:
        raise ConflictError("The replay has changed meanwhile.", hint="Try again.")
    if upload.wanted is not wish:
        rank = tables.uploads.next_rank()
        tables.uploads.put(replace(upload, wanted=wish, trouble=None, rank=rank))


def _withdraw(tables: Tables, asset_id: str, wish: CopyWish) -> bool:
    upload = tables.uploads.get(asset_id)
    if upload is None or upload.wanted is not wish:
        return False
    tables.uploads.put(replace(upload, wanted=None))
    return True


def _note_end(tables: Tables, asset_id: str, wish: CopyWish, trouble: UploadTrouble | None) -> None:
    upload = tables.uploads.get(asset_id)
    if upload is not None and upload.wanted is wish:
        # One that was found since, of the copy, stands: that of before went with the wish.
        tables.uploads.put(replace(upload, wanted=None, trouble=trouble or upload.trouble))


def _first_wish(tables: Tables) -> tuple[str, CopyWish, bool] | None:
    """Return what was wanted first, of which replay, and whether nothing is left to do; None for nothing."""
    upload = tables.uploads.first_wanted()
    if upload is None or upload.wanted is None:
        return None
    return upload.asset_id, upload.wanted, _is_fulfilled(tables, upload.asset_id, upload.wanted)


def _is_fulfilled(tables: Tables, asset_id: str, wish: CopyWish) -> bool:
    """Return whether nothing is left to do: an earlier run was killed just when it was done, or the replay is gone."""
    try:
        asset = tables.assets.get(asset_id)
    except UnknownRecordError:
        return True
    match wish:
        case CopyWish.EVICT:
            return asset.file is None
        case CopyWish.DOWNLOAD:
            return asset.file is not None and asset.status is not AssetStatus.MISSING
        case _:
            return False  # what was looked at already is looked at once more
