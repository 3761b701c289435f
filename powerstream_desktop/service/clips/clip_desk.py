"""The clip desk: takes wishes for clips, has one cut after the other, and puts what comes of them into the library.

It keeps nothing on the disk: a service that ends gives up what waits, and what was cut is a replay like any other. Owner: the service, on
its loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.common.text import duration_text
from powerstream_desktop.common.thread_work import to_its_end
from powerstream_desktop.library.clips.cut_request import ClipMode, CutRequest, CutResult
from powerstream_desktop.service.clips.clip import Clip, ClipSource, ClipWish
from powerstream_desktop.service.clips.clip_cutter import Cutter
from powerstream_desktop.service.clips.clip_place import ClipPlace, clip_name
from powerstream_desktop.service.clips.clip_source import (
    asset_of,
    check_bounds,
    cut_from,
    source_of,
    source_on_air,
)
from powerstream_desktop.service.clips.clip_states import ClipEvent, ClipState, next_state
from powerstream_desktop.service.multistream.session_request import RunningSession
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError

MAX_WAITING: Final = 50
MAX_REMEMBERED: Final = 200
"""Clips that are over."""
FRAGMENT_S: Final = 1.2
"""After so long the recorder has written what was on air at a moment (``recording/muxer``: half a second, and what queues)."""
_TOLD_EVERY_S: Final = 0.25

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipTools:
    """What the desk works with.

    Attributes:
        store: where replays are.
        add: puts a replay into the library, and tells everybody.
        cutter: cuts them.
        running: the broadcast that runs, if one does.
        spare_folder: where clips go whose source lies where nothing can be written.
        turned: called with each clip that is new, or in another state.
        progressed: called with one that is further than it was, some times a second.
        wall_now: wall time with its zone.
        clock: monotonic seconds.
    """

    store: Store
    add: Callable[[Asset], Awaitable[Asset]]
    cutter: Cutter
    running: Callable[[], RunningSession | None]
    spare_folder: Callable[[], Path]
    turned: Callable[[Clip], None]
    progressed: Callable[[Clip], None]
    wall_now: Callable[[], datetime]
    clock: Callable[[], float]


class ClipDesk:
    """Makes clips. ``start`` it, ``aclose`` it.

    Args:
        tools: what it needs from the rest of the service.
        settles_after_s: how long a recording takes to hold what is on air now.
    """

    def __init__(self, tools: ClipTools, *, settles_after_s: float = FRAGMENT_S) -> None:
        self._tools = tools
        self._settles_after_s = settles_after_s
        self._clips: dict[str, Clip] = {}  # the oldest first
        self._has_work = asyncio.Event()
        self._working: asyncio.Task[None] | None = None
        # The clip that is being made: the task that may be given up, and the clip's id.
        self._cutting: asyncio.Task[Clip] | None = None
        self._running_id: str | None = None
        self._is_idle = asyncio.Event()
        self._is_keeping = False
        self._told_at_s = 0.0

    def start(self) -> None:
        """Begin to work."""
        if self._working is not None:
            raise BugError("The clip desk was started twice.")
        self._working = asyncio.get_running_loop().create_task(self._work(), name="clips")

    async def aclose(self) -> None:
        """Give up what waits and what is being cut, and wait until nothing is left of it. Harmless to repeat."""
        working, self._working = self._working, None
        if working is None:
            return
        for clip in self.all():
            with contextlib.suppress(UnknownRecordError):
                await self.cancel(clip.id)
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working

    @property
    def is_busy(self) -> bool:
        """Whether a clip waits or is being made."""
        return any(clip.state in (ClipState.QUEUED, ClipState.RUNNING) for clip in self._clips.values())

    def all(self) -> tuple[Clip, ...]:
        """Return the clips that were asked for since the start, the newest first."""
        return tuple(reversed(self._clips.values()))

    def of_asset(self, asset_id: str) -> tuple[Clip, ...]:
        """Return those of a replay, the newest first."""
        return tuple(clip for clip in self.all() if clip.source.asset_id == asset_id)

    async def make(self, asset_id: str, wish: ClipWish) -> Clip:
        """Have a clip of a replay made, and return it as it waits.

        Raises:
            UnknownRecordError: there is no such replay.
            UserError: there is no such part of it, or its file is not here.
            ConflictError: too many wait.
        """
        asset = await self._tools.store.read(lambda tables: tables.assets.get(asset_id))
        source = source_of(asset)
        check_bounds(asset, wish)
        title = wish.title or f"{asset.title}, {duration_text(wish.start_ms / 1000)}".lstrip(", ")
        is_exact = wish.centre_x is not None or wish.mode is ClipMode.EXACT
        request = CutRequest(
            start_ms=wish.start_ms,
            end_ms=wish.end_ms,
            mode=ClipMode.EXACT if is_exact else ClipMode.FAST,
            centre_x=wish.centre_x,
        )
        return self._take(source, title, request)

    async def make_live(self, seconds: float) -> Clip:
        """Have the last seconds of the recording that is being written cut, and return the clip as it waits.

        Raises:
            ConflictError: nothing is being recorded, or too many wait.
        """
        now = self._tools.wall_now()
        source, end_ms = source_on_air(self._tools.running(), now)
        title = f"{source.title}, {now.astimezone():%H:%M:%S}".lstrip(", ")
        last_ms = round(seconds * 1000)
        request = CutRequest(start_ms=max(0, end_ms - last_ms), end_ms=end_ms, last_ms=last_ms)
        return self._take(source, title, request)

    async def cancel(self, clip_id: str) -> Clip:
        """Do without a clip, and return it as it is then: one that is just being kept is done. Harmless when it is over.

        Raises:
            UnknownRecordError: there is no such clip.
        """
        if clip_id not in self._clips:
            raise UnknownRecordError("There is no such clip.", hint="Reload the list of clips.")
        if self._clips[clip_id].state is ClipState.QUEUED:
            self._become(clip_id, ClipEvent.UNWANTED)
        elif self._running_id == clip_id and self._cutting is not None:
            if not self._is_keeping:
                self._cutting.cancel()
            await self._is_idle.wait()
        return self._clips[clip_id]

    # Inside.

    def _take(self, source: ClipSource, title: str, request: CutRequest) -> Clip:
        waiting = [clip for clip in self._clips.values() if clip.state is ClipState.QUEUED]
        if len(waiting) >= MAX_WAITING:
            raise ConflictError("Too many clips wait.", hint="Wait until some are done.")
        clip = Clip(
            id=new_id(self._tools.wall_now()),
            source=source,
            title=title,
            request=request,
            asked_at_s=self._tools.clock(),
        )
        self._clips[clip.id] = clip
        self._forget_old()
        self._has_work.set()
        self._tools.turned(clip)
        return clip

    def _forget_old(self) -> None:
        over = [
            each.id
            for each in self._clips.values()
            if each.state not in (ClipState.QUEUED, ClipState.RUNNING)
        ]
        for clip_id in over[:-MAX_REMEMBERED]:
            del self._clips[clip_id]

    def _become(self, clip_id: str, event: ClipEvent, **changes: Any) -> None:
        clip = self._clips[clip_id]
        self._clips[clip_id] = replace(clip, state=next_state(clip.state, event), **changes)
        self._tools.turned(self._clips[clip_id])

    async def _work(self) -> None:
        while True:
            waiting = next((each for each in self._clips.values() if each.state is ClipState.QUEUED), None)
            if waiting is None:
                self._has_work.clear()
                await self._has_work.wait()
                continue
            await self._make(waiting)

    async def _make(self, clip: Clip) -> None:
        """Make one clip; whatever becomes of it, the next one gets its turn."""
        self._become(clip.id, ClipEvent.BEGUN)
        self._running_id = clip.id
        self._is_idle.clear()
        self._cutting = asyncio.get_running_loop().create_task(self._made(clip))
        await asyncio.wait({self._cutting})
        made, self._cutting, self._running_id, self._is_keeping = self._cutting, None, None, False
        if made.cancelled():
            self._become(clip.id, ClipEvent.UNWANTED)
        elif (error := made.exception()) is None:
            done = made.result()
            self._become(
                clip.id,
                ClipEvent.KEPT,
                progress=1.0,
                result=done.result,
                result_asset_id=done.result_asset_id,
            )
        else:
            if not isinstance(error, PowerStreamError):
                logger.error("a clip met a mistake of ours", exc_info=error)
                error = BugError("The clip could not be made because of a fault of ours.", detail=repr(error))
            logger.info("The clip %s was not made: %s", clip.id, error)
            self._become(clip.id, ClipEvent.FAULT, error=error)
        self._is_idle.set()

    async def _made(self, clip: Clip) -> Clip:
        source, request = clip.source.file, clip.request
        if request.last_ms is not None:
            late_ms = await self._settled(clip)
            source, request = await asyncio.to_thread(cut_from, source, request, late_ms)
        place = ClipPlace(clip.id, (source.parent, self._tools.spare_folder()))
        try:
            await to_its_end(place.make)
            result = await self._tools.cutter.cut(
                source, place.folder, request, lambda share: self._progressed(clip.id, share)
            )
            self._is_keeping = True
            return await self._kept(clip, place, result)
        finally:
            await to_its_end(place.remove)

    async def _settled(self, clip: Clip) -> int:
        """Wait until the recording holds what was on air when a clip was asked for; return how much more it holds by then, in ms."""
        settled_at_s = clip.asked_at_s + self._settles_after_s
        await asyncio.sleep(max(0.0, settled_at_s - self._tools.clock()))
        return max(0, round((self._tools.clock() - settled_at_s) * 1000))

    async def _kept(self, clip: Clip, place: ClipPlace, result: CutResult) -> Clip:
        name = clip_name(clip.source.stem, result.start_ms, is_upright=clip.request.centre_x is not None)
        file = await asyncio.to_thread(place.publish, name)
        now = self._tools.wall_now()
        asset = await self._tools.add(asset_of(clip, result, file, new_id(now)))
        return replace(clip, result=result, result_asset_id=asset.id)

    def _progressed(self, clip_id: str, share: float) -> None:
        clip = self._clips[clip_id]
        self._clips[clip_id] = clip = replace(clip, progress=max(clip.progress, share))
        now_s = self._tools.clock()
        if now_s - self._told_at_s >= _TOLD_EVERY_S:
            self._told_at_s = now_s
            self._tools.progressed(clip)
