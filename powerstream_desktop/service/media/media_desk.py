"""The media desk: finds out what replays are made of, and makes their pictures and waveforms, one replay at a time.

Nobody waits for it, so it waits for everybody: while a broadcast runs it does only what somebody has asked to see. What it makes lies
in files that can be made again; a replay that cannot be read is left alone until its file is another one or the service starts anew.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.library.facts import MediaFacts
from powerstream_desktop.library.workshop.results import Pictures, Waveform
from powerstream_desktop.service.media.media_queue import MediaQueue
from powerstream_desktop.service.media.picture_folder import PictureFolder, thumbnail_name
from powerstream_desktop.service.store.asset_listing import AssetsWanted
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.paging import Page
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import UnknownRecordError

logger = logging.getLogger(__name__)

LOOK_S: Final = 2.0
"""How soon the work rests when a broadcast begins, and goes on when it is over."""
FIRST_LOOK_S: Final = 5.0
"""After the start, which has more urgent things to do."""
_PAGE: Final = 200
_WITH_FILE: Final = frozenset({AssetStatus.READY, AssetStatus.RECOVERED, AssetStatus.FAILED})

_Version: TypeAlias = tuple[int, int]
"""Size and time of change of a file."""


class MediaWorkshop(Protocol):
    """What does the work (``Workshop``)."""

    async def probe(self, file: Path) -> MediaFacts:
        """Look into a file."""
        ...

    async def pictures(self, file: Path, folder: Path) -> Pictures:
        """Make both pictures in a folder."""
        ...

    async def waveform(self, file: Path) -> Waveform:
        """Measure how loud a file is."""
        ...


class MediaDesk:
    """Sees to the media of replays. Belongs to the loop of its store; ``start`` it, ``aclose`` it.

    Args:
        store: started.
        workshop: does the work; closed by its owner.
        folder: where pictures and waveforms lie.
        is_live: whether a broadcast runs.
        changed: told of each replay of which more is known or to be seen now.
        clock: monotonic seconds.
        look_s: how often to look whether a broadcast runs, while something waits or is being made.
    """

    def __init__(
        self,
        store: Store,
        workshop: MediaWorkshop,
        folder: PictureFolder,
        *,
        is_live: Callable[[], bool],
        changed: Callable[[str], None],
        clock: Clock = monotonic,
        look_s: float = LOOK_S,
    ) -> None:
        self._store = store
        self._workshop = workshop
        self._folder = folder
        self._is_live = is_live
        self._changed = changed
        self._clock = clock
        self._look_s = look_s
        self._queue = MediaQueue()
        self._given_up: dict[str, _Version] = {}
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self, first_look_s: float = FIRST_LOOK_S) -> None:
        """Begin, with what replays lack from earlier.

        Args:
            first_look_s: when to look for that.
        """
        self._task = asyncio.create_task(self._run(first_look_s), name="media desk")

    async def aclose(self) -> None:
        """End what is being done, and wait for that; harmless when repeated."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def look(self, asset_id: str) -> None:
        """A replay has come, or its file is another one: see to it when there is time."""
        self._queue.look(asset_id)
        self._news.set()

    def ask(self, asset_id: str) -> None:
        """Somebody wants to see it now: see to it before the others, and also while a broadcast runs."""
        self._queue.ask(asset_id)
        self._news.set()

    def forget(self, asset_id: str) -> None:
        """A replay is gone: remove what was made of it, unless it comes back within two minutes."""
        self._given_up.pop(asset_id, None)
        self._queue.forget(asset_id, self._clock())
        self._news.set()

    async def waveform(self, asset_id: str) -> tuple[float, str] | None:
        """Return a replay's peaks per second, and peaks in base64; None while there is none, which is then asked for."""
        found = await asyncio.to_thread(self._folder.waveform, asset_id)
        if found is None:
            self.ask(asset_id)
        return found

    async def _run(self, first_look_s: float) -> None:
        await asyncio.to_thread(self._folder.sweep)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(first_look_s):
                await self._news.wait()
        await self._guarded(self._find_all())
        while True:
            asset_id, was_asked = await self._next()
            await self._guarded(self._seen_to(asset_id, was_asked=was_asked))

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Do something that must not end the desk, whatever comes of it."""
        try:
            await work
        except UnknownRecordError:
            return  # it was removed meanwhile
        except PowerStreamError as error:
            logger.info("The media of a replay cannot be seen to: %s %s", error, error.detail)
        except Exception:
            logger.exception("The media of a replay cannot be seen to")

    async def _find_all(self) -> None:
        """Look at every replay once, the newest first; what was made of others, which are gone, is removed."""
        known: set[str] = set()
        cursor: str | None = None
        while True:
            page = await self._page(cursor)
            known.update(asset.id for asset in page.rows)
            for asset_id in await asyncio.to_thread(self._lacking, page.rows):
                self._queue.look(asset_id)
            cursor = page.next_cursor
            if cursor is None:
                break
        for stranger in await asyncio.to_thread(self._folder.strangers, known):
            self._queue.forget(stranger, self._clock())

    async def _page(self, cursor: str | None) -> Page[Asset]:
        return await self._store.read(
            lambda tables: tables.assets.page(AssetsWanted(), limit=_PAGE, cursor=cursor)
        )

    def _lacking(self, assets: Sequence[Asset]) -> list[str]:
        return [asset.id for asset in assets if self._lacks(asset)]

    async def _next(self) -> tuple[str, bool]:
        """Wait for a replay to see to, and whether somebody has asked for it."""
        while True:
            for gone in self._queue.take_gone(self._clock()):
                await asyncio.to_thread(self._folder.forget, gone)
            found = self._queue.take(is_live=self._is_live())
            if found is not None:
                return found
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._look_s if self._queue.has_any else None):
                    await self._news.wait()

    async def _seen_to(self, asset_id: str, *, was_asked: bool) -> None:
        """See to a replay; leave off when a broadcast begins, unless somebody waits for it."""
        work = asyncio.ensure_future(self._see_to(asset_id))
        try:
            while not work.done():
                await asyncio.wait([work], timeout=self._look_s)
                if not was_asked and self._is_live() and not self._queue.is_asked(asset_id):
                    break
        finally:
            work.cancel()
            await asyncio.wait([work])
        if work.cancelled():
            self._queue.look(asset_id)
        else:
            work.result()

    def _lacks(self, asset: Asset) -> bool:
        """Return whether something of a replay is to be made; blocks as the disk does."""
        if asset.file is None or asset.status not in _WITH_FILE:
            return False
        is_whole = asset.width is not None and asset.thumbnail is not None
        return not (is_whole and self._folder.has_pictures(asset.id) and self._folder.has_waveform(asset.id))

    async def _see_to(self, asset_id: str) -> None:
        asset = await self._store.read(lambda tables: tables.assets.get(asset_id))
        if not await asyncio.to_thread(self._lacks, asset):
            return
        file = Path(asset.file or "")
        version = await asyncio.to_thread(_version_of, file)
        if version is None or self._given_up.get(asset_id) == version:
            return
        try:
            if asset.width is None:
                await self._find_facts(asset_id, file)
            if not await asyncio.to_thread(self._folder.has_pictures, asset_id) or asset.thumbnail is None:
                await self._draw(asset_id, file)
            if not await asyncio.to_thread(self._folder.has_waveform, asset_id):
                await self._listen(asset_id, file)
        except UnknownRecordError:
            self.forget(asset_id)  # it went while its pictures were drawn
        except PowerStreamError as error:
            if error.fault is not Fault.SYSTEM:  # a disk that is full has room again one day
                self._given_up[asset_id] = version
            raise

    async def _find_facts(self, asset_id: str, file: Path) -> None:
        facts = await self._workshop.probe(file)
        await self._note(asset_id, lambda asset: with_facts(asset, facts))

    async def _draw(self, asset_id: str, file: Path) -> None:
        place = await asyncio.to_thread(self._folder.make_workplace)
        try:
            made = await self._workshop.pictures(file, place)
            await asyncio.to_thread(self._folder.keep_pictures, asset_id, made.thumbnail, made.strip)
        finally:
            await asyncio.to_thread(self._folder.remove_workplace, place)
        await self._note(asset_id, lambda asset: replace(asset, thumbnail=thumbnail_name(asset_id)))

    async def _listen(self, asset_id: str, file: Path) -> None:
        waveform = await self._workshop.waveform(file)
        peaks = base64.b64encode(waveform.peaks).decode("ascii")
        await asyncio.to_thread(self._folder.keep_waveform, asset_id, waveform.per_second, peaks)
        self._changed(asset_id)

    async def _note(self, asset_id: str, change: Callable[[Asset], Asset]) -> None:
        """Change a row as it is now: it may have got another title meanwhile."""
        await self._store.note(lambda tables: tables.assets.put(change(tables.assets.get(asset_id))))
        self._changed(asset_id)


def with_facts(asset: Asset, facts: MediaFacts) -> Asset:
    """Return a replay of which is known what its file is made of. How long it is, who recorded it knows best."""
    return replace(
        asset,
        width=facts.width,
        height=facts.height,
        fps=facts.fps,
        video_codec=facts.video_codec,
        audio_codec=facts.audio_codec or None,
        duration_ms=asset.duration_ms or facts.duration_ms,
        size_bytes=asset.size_bytes or facts.size_bytes,
    )


def _version_of(file: Path) -> _Version | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
