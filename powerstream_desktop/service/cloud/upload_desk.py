"""The upload desk: brings replays to the store, one after the other, in the user's order.

All that is known of an upload is in the store of data before the next step is begun, so it may end at any moment: the next start goes
on where it was. It waits while something is live, or keeps to the user's cap, and gives way when a destination queues. Owner: the
service, on its loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError
from powerstream_desktop.common.one_task import OneTask
from powerstream_desktop.service.cloud import upload_queue
from powerstream_desktop.service.cloud.cloud_standing import Progress
from powerstream_desktop.service.cloud.kept_uploads import shown_state
from powerstream_desktop.service.cloud.network_rule import Hindrance
from powerstream_desktop.service.cloud.pace import Pace
from powerstream_desktop.service.cloud.right_of_way import RightOfWay, WayTools
from powerstream_desktop.service.cloud.store_choice import place_of
from powerstream_desktop.service.cloud.troubles import trouble_of
from powerstream_desktop.service.cloud.unreadable_rows import begin_unreadable_anew
from powerstream_desktop.service.cloud.upload_tools import UploadTools
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.store_faults import ConflictError, StoreFault
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadTrouble

GATE_EVERY_S: Final = 0.25
TROUBLE_S: Final = 30.0
"""After a trouble of the store as a whole, such as a missing key, it is tried again."""
LOOK_EVERY_S: Final = 60.0
SOON_S: Final = 120.0
"""The service does not end while something is tried again within this time."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Current:
    """The upload that is going on, and the store that it goes to (``place_of``)."""

    record: UploadRecord
    place: str
    task: asyncio.Task[UploadRecord]
    pace: Pace
    bytes_done: int = 0
    bytes_total: int = 0


class UploadDesk:
    """Uploads. ``start`` it, ``aclose`` it.

    Args:
        tools: what it needs from the rest of the service.
    """

    def __init__(self, tools: UploadTools) -> None:
        self._tools = tools
        self._way = RightOfWay(
            WayTools(
                traffic=tools.traffic,
                options=tools.options,
                allow=tools.line.allow,
                turned=self._look_again,
                back=self._try_all,
                leave=self.break_off,
                clock=tools.clock,
            )
        )
        self._is_paused = False
        self._trouble: UploadTrouble | None = None
        self._trouble_until_s = 0.0
        self._next_at_s: float | None = None
        self._has_work = asyncio.Event()
        self._current: _Current | None = None
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._working = OneTask("uploads", self._work)

    async def start(self) -> None:
        """Begin to work, with what an earlier run did not come to.

        Raises:
            BugError: it was started before.
            StoreFault: the data cannot be read.
        """
        paused = await self._tools.store.read(lambda tables: tables.cloud.fact(CloudFact.PAUSED))
        self._is_paused = paused is not None
        self._has_work.set()
        self._way.start()
        self._working.start()

    async def aclose(self) -> None:
        """Stop where it is. Harmless to repeat."""
        await self._working.aclose()
        await self._way.aclose()

    @property
    def is_paused(self) -> bool:
        """Somebody has stopped all uploads."""
        return self._is_paused

    @property
    def is_waiting_for_the_end(self) -> bool:
        """Uploads wait until the broadcast is over."""
        return self._way.allowed_kbps == 0

    @property
    def hindrance(self) -> Hindrance | None:
        """What is the matter with the network; uploads wait until that is over."""
        return self._way.hindrance

    @property
    def is_busy(self) -> bool:
        """Something is sent, or will be soon: not while somebody has stopped it, and not while the store is in trouble for long."""
        if self._current is not None:
            return True
        if self._is_paused or self._trouble is not None or self._tools.options().kind is CloudKind.OFF:
            return False
        if self._way.hindrance is not None:
            return False
        return self._next_at_s is not None and self._next_at_s - self._tools.clock() < SOON_S

    @property
    def trouble(self) -> UploadTrouble | None:
        """What hinders all uploads; None for nothing."""
        return self._trouble

    def progress(self) -> Progress | None:
        """Return how far the upload is that is going on; None if none is."""
        current = self._current
        if current is None:
            return None
        now = self._tools.clock()
        return Progress(
            asset_id=current.record.asset_id,
            state=shown_state(current.record),
            bytes_done=current.bytes_done,
            bytes_total=current.bytes_total,
            kbps=current.pace.kbps(now),
            seconds_left=current.pace.seconds_left(current.bytes_total, now),
        )

    def wake(self) -> None:
        """Look again what there is to do: settings have changed, or the network is back. What goes to another store is left (V34)."""
        current = self._current
        if current is not None and current.place != place_of(self._tools.options()):
            current.task.cancel()
        self._trouble_until_s = 0.0
        self._has_work.set()

    async def add(self, asset_id: str) -> None:
        """Have a replay uploaded; harmless if it is on its way or there, and one that met a trouble is tried at once.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: no store was chosen, or the replay has no finished file here.
        """
        if self._tools.options().kind is CloudKind.OFF:
            raise ConflictError("No store was chosen.", hint="Choose one in the settings of the cloud.")
        now = self._tools.wall_now()
        if await self._tools.store.write(lambda tables: upload_queue.add(tables, asset_id, now)):
            self._tools.turned(asset_id)
        self.wake()

    async def add_new(self) -> None:
        """Have those replays uploaded that are to be by themselves, by the settings or by what was said of their broadcast."""
        options = self._tools.options()
        is_chosen = None if options.kind is CloudKind.OFF else options.upload_automatically
        now = self._tools.wall_now()
        for asset_id in await self._tools.store.write(
            lambda tables: upload_queue.add_new(tables, now, is_chosen=is_chosen)
        ):
            self._tools.turned(asset_id)
        self._has_work.set()

    async def cancel(self, asset_id: str) -> None:
        """Do without an upload; harmless if there is none, or it is done. What the store has of it is removed as soon as that answers.

        Raises:
            StoreFault: the data cannot be written.
        """
        await self._stop_current(asset_id)
        now = self._tools.wall_now()
        if await self._tools.store.write(lambda tables: upload_queue.cancel(tables, asset_id, now)):
            self._tools.turned(asset_id)
        self._has_work.set()

    async def put_first(self, asset_id: str) -> None:
        """Upload a replay before all others; UnknownRecordError if it is not in the queue."""
        await self._tools.store.write(lambda tables: upload_queue.put_first(tables, asset_id))
        current = self._current
        if current is not None and current.record.asset_id != asset_id:
            await self._stop_current(current.record.asset_id)
        self._has_work.set()

    async def pause(self) -> None:
        """Stop all uploads, also those of the next start; what was sent stays sent."""
        self._is_paused = True
        self._tools.line.allow(0)  # at once; to leave the upload may take a moment
        try:
            await self._tools.store.write(lambda tables: tables.cloud.keep_fact(CloudFact.PAUSED, "yes"))
            await self.break_off()
        finally:
            self._tools.line.allow(self._way.allowed_kbps)  # what comes back from the store is not paused

    async def resume(self) -> None:
        """Let them go on, also those that met a trouble."""
        now = self._tools.wall_now()

        def resume(tables: Tables) -> None:
            tables.cloud.keep_fact(CloudFact.PAUSED, None)
            upload_queue.try_all_at_once(tables, now)

        await self._tools.store.write(resume)
        self._is_paused = False
        self.wake()

    async def break_off(self) -> None:
        """Leave the upload that is going on where it is, and wait until it is left; harmless if there is none."""
        if self._current is not None:
            await self._stop_current(self._current.record.asset_id)

    # Inside.

    async def _stop_current(self, asset_id: str) -> None:
        """Leave an upload where it is, if it is the one that is going on, and wait until it is."""
        current = self._current
        if current is not None and current.record.asset_id == asset_id:
            current.task.cancel()
            await self._is_idle.wait()

    def _look_again(self) -> None:
        self._has_work.set()
        self._tools.progressed()

    async def _try_all(self) -> None:
        now = self._tools.wall_now()
        await self._tools.store.write(lambda tables: upload_queue.try_all_at_once(tables, now))
        self.wake()

    async def _work(self) -> None:
        while True:
            self._has_work.clear()
            try:
                wait_s = await self._step()
            except PowerStreamError as error:
                logger.info("Uploads wait: %s", error)
                is_mended = await begin_unreadable_anew(self._tools.store, error, self._tools.wall_now())
                wait_s = 0.0 if is_mended else self._hindered(error)
            except Exception:
                logger.exception("An upload met a mistake of ours")
                wait_s = TROUBLE_S
            if wait_s > 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait_s):
                        await self._has_work.wait()

    def _hindered(self, error: PowerStreamError) -> float:
        self._trouble = trouble_of(error)
        self._trouble_until_s = self._tools.clock() + TROUBLE_S
        self._tools.progressed()
        return TROUBLE_S

    async def _step(self) -> float:
        """Do the next thing there is to do; return how long to wait before the next look."""
        self._next_at_s = None
        if self._is_paused or self._tools.options().kind is CloudKind.OFF:
            self._trouble = None
            return LOOK_EVERY_S
        now_ms = to_ms(self._tools.wall_now())
        due, first_ms = await self._tools.store.read(lambda tables: upload_queue.next_up(tables, now_ms))
        if first_ms is None and self._trouble is not None:
            self._trouble = None  # nothing is hindered any more
            self._tools.progressed()
        later_s = LOOK_EVERY_S if first_ms is None else (first_ms - now_ms) / 1000
        if first_ms is not None:
            self._next_at_s = self._tools.clock() + later_s
        if self._way.allowed_kbps == 0 or self._way.hindrance is not None:
            return LOOK_EVERY_S  # who lets them go on wakes us
        if due is None:
            return min(max(later_s, GATE_EVERY_S), LOOK_EVERY_S)
        if self._tools.clock() < self._trouble_until_s:
            return self._trouble_until_s - self._tools.clock()
        await self._bring(due)
        return 0.0

    async def _bring(self, head: UploadRecord) -> None:
        place = place_of(self._tools.options())
        courier = await self._tools.line.courier()
        if self._trouble is not None:
            self._trouble = None
            self._tools.progressed()
        found = await self._tools.store.read(lambda tables: upload_queue.with_file(tables, head.asset_id))
        if found is None:
            await self.cancel(head.asset_id)  # its replay or its file is gone
            return
        if self._is_paused or place != place_of(self._tools.options()):
            return  # somebody has thought better of it meanwhile
        record, file, total_bytes = found
        # A cancelled upload needs no file, only the store.
        going = (
            courier.cancel(record, self._keep)
            if record.state is UploadState.CANCELLING or file is None
            else courier.upload(record, file, self._keep, self._saw)
        )
        self._is_idle.clear()
        task = asyncio.get_running_loop().create_task(going, name="upload")
        current = _Current(record, place, task, Pace(), record.sent_bytes, total_bytes)
        self._current = current
        self._tools.turned(record.asset_id)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})
            raise
        finally:
            self._current = None
            self._is_idle.set()
        if not task.cancelled():
            await self._look_what_came(task, current)
        self._tools.turned(record.asset_id)

    async def _look_what_came(self, task: asyncio.Task[UploadRecord], current: _Current) -> None:
        """Tell of an upload that is verified; one that broke waits, so that it keeps no other from its turn."""
        error = task.exception()
        if error is None:
            brought = task.result()
            if brought.state is UploadState.VERIFIED:
                self._tools.verified(brought.asset_id)
            return
        if isinstance(error, StoreFault) or not isinstance(error, Exception):
            raise error  # our own data cannot be written: no upload can go on
        if not isinstance(error, PowerStreamError) or error.fault is Fault.BUG:
            logger.error("An upload met a mistake of ours", exc_info=error)
        now = self._tools.wall_now()
        await self._tools.store.write(lambda tables: upload_queue.put_off(tables, current.record, error, now))

    async def _keep(self, record: UploadRecord) -> None:
        """Keep a step; durable before the next one is begun."""
        current, now = self._current, self._tools.wall_now()
        if current is None:
            raise BugError("A step of an upload was kept that nobody has begun.")
        before = current.record
        if not await self._tools.store.write(
            lambda tables: upload_queue.keep_step(tables, before, record, now)
        ):
            raise asyncio.CancelledError  # by whoever has cancelled it, or chosen another store
        current.record = record
        if shown_state(before) is not shown_state(record):
            current.pace = Pace()
            self._tools.turned(record.asset_id)

    def _saw(self, bytes_done: int, bytes_total: int) -> None:
        current = self._current
        if current is not None:
            current.bytes_done, current.bytes_total = bytes_done, bytes_total
            current.pace.saw(bytes_done, self._tools.clock())
            self._tools.progressed()
