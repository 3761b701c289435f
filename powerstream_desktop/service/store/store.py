"""The store: the thread that owns the service's data, and the door to it for the event loop.

A job is a function of the tables; it runs alone, on the store's thread, and is one transaction. What it returns are frozen
values, so nothing of the database leaves the thread. Jobs run in the order in which they were handed in.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.store import database
from powerstream_desktop.service.store.backup_names import Backup, is_due
from powerstream_desktop.service.store.backups import BackupFolder
from powerstream_desktop.service.store.opening import BACKUPS_NAME, Opening, open_database
from powerstream_desktop.service.store.store_faults import (
    SQLITE_ERRORS,
    DamagedStoreError,
    StoreFault,
    store_fault,
)
from powerstream_desktop.service.store.tables import Tables

MAX_WAITING: Final = 256
"""Jobs; a disk that hangs must not fill the memory."""
ANSWER_TIMEOUT_S: Final = 10.0
CLOSE_TIMEOUT_S: Final = 10.0

ResultT = TypeVar("ResultT")
Work = Callable[[sqlite3.Connection], ResultT]

logger = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(tz=UTC)


class Store:
    """Keeps the service's data. ``start`` it, hand it jobs, ``aclose`` it; all from one event loop.

    Args:
        folder: of the database and its backups; made when missing.
        clock: monotonic seconds.
        wall_now: wall time with its zone; called on the loop and on the store's thread.
    """

    def __init__(
        self, folder: Path, *, clock: Clock = monotonic, wall_now: Callable[[], datetime] = _utc_now
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._wall_now = wall_now
        self._backups = BackupFolder(folder.absolute() / BACKUPS_NAME, clock)
        self._jobs: queue.Queue[Callable[[sqlite3.Connection], None] | None] = queue.Queue(MAX_WAITING)
        self._thread: threading.Thread | None = None
        self._is_open = False
        self._backup_lock = asyncio.Lock()

    async def start(self) -> Opening:
        """Open the data and return how it was found; sessions that were live when the service died are closed.

        Raises:
            DamagedStoreError: it is damaged and there is no good backup; nothing was touched.
            NewerStoreError: a newer version wrote it; nothing was touched.
            StoreFault: the disk does not allow it, or another process has it open.
            BugError: it was started before.
        """
        if self._thread is not None:
            raise BugError("The store was started twice.")
        opened: Future[Opening] = Future()
        opened.set_running_or_notify_cancel()  # from here on only the thread has a say in it
        # A daemon: a disk that hangs must not keep the process from ending, and what was acknowledged is on it anyway.
        self._thread = threading.Thread(target=self._own, args=(opened,), name="store", daemon=True)
        self._thread.start()
        opening = await asyncio.wrap_future(opened)
        self._is_open = True
        return opening

    async def read(self, job: Callable[[Tables], ResultT]) -> ResultT:
        """Return what a job reads; it cannot change anything.

        Raises:
            UnknownRecordError: as the job says.
            DamagedStoreError: what it read cannot be what was written.
            StoreFault: the disk does not allow it, does not answer, or too much is waiting.
        """

        def work(connection: sqlite3.Connection) -> ResultT:
            connection.execute("PRAGMA query_only = ON")
            try:
                return job(Tables(connection))
            finally:
                connection.execute("PRAGMA query_only = OFF")

        return await self._done(work)

    async def write(self, job: Callable[[Tables], ResultT]) -> ResultT:
        """Return what a job returns once all of what it wrote survives a power cut; if it raises, nothing was written.

        Raises:
            UserError: as the job says (UnknownRecordError, ConflictError).
            StoreFault: as with ``read``. If the disk does not answer in time, the job may still be done later.
        """
        return await self._done(_transaction(job, durable=True))

    async def note(self, job: Callable[[Tables], ResultT]) -> ResultT:
        """Do as ``write`` does, but a power cut may take the last seconds of it: for figures."""
        return await self._done(_transaction(job, durable=False))

    async def back_up_if_due(self) -> Backup | None:
        """Make the copy of the day if there is none, and return it; never while live, because jobs wait meanwhile.

        Raises:
            DamagedStoreError: the copy shows that the data is damaged; the older backups are left as they are.
            StoreFault: the disk does not allow it.
        """
        async with self._backup_lock:
            now = self._wall_now()
            if not is_due(await asyncio.to_thread(self._backups.all), now):
                return None
            backup = await self._done(lambda connection: self._backups.draft(connection, now))
            await asyncio.to_thread(self._backups.finish, backup)
            return backup

    async def aclose(self, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Do what was handed in, and let the file go. Harmless to repeat.

        Args:
            timeout_s: how long a disk that hangs may keep us.
        """
        self._is_open = False
        thread = self._thread
        if thread is not None and thread.is_alive():
            await asyncio.to_thread(self._close, thread, timeout_s)

    def _close(self, thread: threading.Thread, timeout_s: float) -> None:
        try:
            self._jobs.put(None, timeout=timeout_s)
        except queue.Full:
            logger.warning("the data is let go without its last changes: the disk does not answer")
            return
        thread.join(timeout_s)
        if thread.is_alive():
            logger.warning("the data is still being written: the disk does not answer")

    async def _done(self, work: Work[ResultT]) -> ResultT:
        """Hand a job to the thread and return its result."""
        if not self._is_open:
            raise StoreFault("PowerStream's data is closed.", hint="Start PowerStream again.")
        result: Future[ResultT] = Future()
        try:
            self._jobs.put_nowait(lambda connection: _do(work, connection, result))
        except queue.Full:
            raise StoreFault("PowerStream's data does not keep up.", hint="Check the disk.") from None
        try:
            # Not ``wait_for``: until Python 3.12 it forgets that its caller was cancelled if the answer comes at that very moment.
            async with asyncio.timeout(ANSWER_TIMEOUT_S):
                return await asyncio.wrap_future(result)
        except TimeoutError:
            raise StoreFault(
                "The disk with PowerStream's data does not answer.",
                hint="Check the disk. What you asked for may still be done.",
            ) from None

    def _own(self, opened: Future[Opening]) -> None:
        """Be the thread."""
        try:
            with _translated():
                connection, opening = open_database(self._folder, self._clock, self._wall_now())
        except BaseException as error:  # noqa: BLE001 - whatever it was, it belongs to who waits for the start
            opened.set_exception(error)
            return
        try:
            with _translated():
                _transaction(_close_interrupted, durable=True)(connection)
        except BaseException as error:  # noqa: BLE001 - likewise
            database.close(connection)
            opened.set_exception(error)
            return
        opened.set_result(opening)
        while (job := self._jobs.get()) is not None:
            job(connection)
        database.close(connection)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what SQLite, or the way into it, raises into our errors."""
    try:
        yield
    except SQLITE_ERRORS as error:
        raise store_fault(error) from error


def _do(work: Work[ResultT], connection: sqlite3.Connection, result: Future[ResultT]) -> None:
    if not result.set_running_or_notify_cancel():
        return  # nobody waits any more
    try:
        with _translated():
            value = work(connection)
    except BaseException as error:  # noqa: BLE001 - whatever it was, it belongs to who waits for the result
        if isinstance(error, DamagedStoreError):
            logger.error("the data is damaged: %s", error.detail)  # noqa: TRY400 - the words say all
        result.set_exception(error)
    else:
        result.set_result(value)


def _transaction(job: Callable[[Tables], ResultT], *, durable: bool) -> Work[ResultT]:
    def work(connection: sqlite3.Connection) -> ResultT:
        with database.transaction(connection, durable=durable):
            return job(Tables(connection))

    return work


def _close_interrupted(tables: Tables) -> None:
    tables.timelines.close_interrupted(tables.sessions.close_interrupted())
