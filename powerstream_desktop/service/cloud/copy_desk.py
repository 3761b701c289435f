"""The copy desk: gives up files whose replays are safe in the cloud, and brings them back, one after the other.

Owner: the service, on its loop. What is asked for is not remembered over a restart: nothing is half done then (``eviction``).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.service.cloud.cloud_standing import Progress
from powerstream_desktop.service.cloud.eviction import Eviction
from powerstream_desktop.service.cloud.fetching import Fetching
from powerstream_desktop.service.cloud.pace import Pace
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadState, UploadTrouble

MAX_WAITING: Final = 1000

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTools:
    """What the desk works with.

    Attributes:
        store: where replays and uploads are.
        eviction: gives a file up.
        fetching: brings one back.
        turned: called with a replay that stands differently.
        progressed: called when the one that goes on is further.
        clock: monotonic seconds.
    """

    store: Store
    eviction: Eviction
    fetching: Fetching
    turned: Callable[[str], None]
    progressed: Callable[[], None]
    clock: Callable[[], float]


class CopyDesk:
    """``start`` it, ``aclose`` it.

    Args:
        tools: what it needs from the rest of the service.
    """

    def __init__(self, tools: CopyTools) -> None:
        self._tools = tools
        self._waiting: dict[str, Callable[[], Awaitable[None]]] = {}  # the oldest first
        self._has_work = asyncio.Event()
        self._progress: Progress | None = None
        self._pace = Pace()
        self._working: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work: to put right what a crash has left at first, for which nobody waits."""
        if self._working is not None:
            raise BugError("The copy desk was started twice.")
        self._working = asyncio.get_running_loop().create_task(self._work(), name="copies")

    async def aclose(self) -> None:
        """Give up what waits and what goes on. Harmless to repeat."""
        working, self._working = self._working, None
        if working is not None:
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working

    @property
    def is_busy(self) -> bool:
        """Something waits or goes on."""
        return self._progress is not None or bool(self._waiting)

    def progress(self) -> Progress | None:
        """Return how far the one is that goes on; None if none does."""
        return self._progress

    async def evict(self, asset_id: str) -> None:
        """Have a file given up; raises as ``Eviction.require``."""
        await self._tools.eviction.require(asset_id)
        await self._note(asset_id, None)
        self._take(asset_id, lambda: self._evict(asset_id))

    async def download(self, asset_id: str) -> None:
        """Have a file brought back; raises as ``Fetching.require``."""
        await self._tools.fetching.require(asset_id)
        await self._note(asset_id, None)
        self._take(asset_id, lambda: self._download(asset_id))

    # Inside.

    def _take(self, asset_id: str, job: Callable[[], Awaitable[None]]) -> None:
        if len(self._waiting) >= MAX_WAITING:
            raise ConflictError("Too many of these wait.", hint="Wait until some are done.")
        self._waiting[asset_id] = job
        self._has_work.set()

    async def _work(self) -> None:
        try:
            await self._tools.eviction.put_right()
        except PowerStreamError as error:
            logger.info("What a crash has left of files that were given up is not put right: %s", error)
        while True:
            if not self._waiting:
                self._has_work.clear()
                await self._has_work.wait()
                continue
            asset_id = next(iter(self._waiting))
            job = self._waiting[asset_id]
            trouble: UploadTrouble | None = None
            self._pace = Pace()
            try:
                await job()
            except PowerStreamError as error:
                logger.info("The copies of the replay %s stay as they are: %s", asset_id, error)
                trouble = _trouble_of(error)
            except Exception as error:
                logger.exception("The copies of a replay met a mistake of ours")
                trouble = _trouble_of(BugError("PowerStream made a mistake.", detail=repr(error)))
            finally:
                self._progress = None
                self._waiting.pop(asset_id, None)
            await self._note(asset_id, trouble)
            self._tools.turned(asset_id)

    async def _note(self, asset_id: str, trouble: UploadTrouble | None) -> None:
        def note(tables: Tables) -> None:
            upload = tables.uploads.get(asset_id)
            if upload is not None:
                tables.uploads.put(replace(upload, trouble=trouble))

        try:
            await self._tools.store.write(note)
        except PowerStreamError as error:
            logger.info("What became of a replay's copies is not written down: %s", error)

    async def _evict(self, asset_id: str) -> None:
        self._goes_on(asset_id, UploadState.VERIFYING, 0, 0)
        self._tools.turned(asset_id)
        await self._tools.eviction.evict(asset_id)

    async def _download(self, asset_id: str) -> None:
        self._goes_on(asset_id, UploadState.DOWNLOADING, 0, 0)
        self._tools.turned(asset_id)
        await self._tools.fetching.fetch(
            asset_id, lambda done, total: self._goes_on(asset_id, UploadState.DOWNLOADING, done, total)
        )

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


def _trouble_of(error: PowerStreamError) -> UploadTrouble:
    code = str(getattr(error, "code", error.fault.value))
    return UploadTrouble(code=code, sentence=error.title, remedy=error.hint)
