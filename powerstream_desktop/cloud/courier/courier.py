"""The courier, as the service has it: one method for each thing it does, whatever becomes of the process that does it.

The process is started when there is something to do, and ends when there has been nothing for a while. When it is lost, it is
started again, and its jobs go on from what was kept.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from powerstream_desktop.cloud.courier.answers import done_of, lost
from powerstream_desktop.cloud.courier.courier_keeper import CourierKeeper
from powerstream_desktop.cloud.courier.courier_process import CourierLostError, CourierProcess
from powerstream_desktop.cloud.courier.on_progress import OnProgress, nobody
from powerstream_desktop.cloud.courier.words import (
    MAX_DATA_BYTES,
    CancelUpload,
    CleanUp,
    Configure,
    DeleteObject,
    Done,
    Download,
    GoOn,
    JobAnswer,
    JobOrder,
    Listed,
    ListObjects,
    MakeLink,
    Piece,
    Probe,
    ReadObject,
    Stepped,
    StreamObject,
    Upload,
    Verify,
    WriteObject,
)
from powerstream_desktop.cloud.object_store.probe_report import ProbeReport
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.stored_words import StoredObject
from powerstream_desktop.cloud.uploads.record_changes import apply_change
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.own_program import own_command

SILENCE_S: Final = 60.0
IDLE_S: Final = 20.0
_ATTEMPTS: Final = 4
"""So often in a row a process may be lost before its job fails."""
_PAUSE_S: Final = 0.25

Keep: TypeAlias = Callable[[UploadRecord], Awaitable[None]]


def courier_command() -> tuple[str, ...]:
    """Return how this very program is started as the courier."""
    return own_command("courier", module="powerstream_desktop.cloud.courier.courier_worker")


class Courier:
    """Has transfers done. Belongs to one asyncio loop; methods may run side by side.

    Every method raises ``StoreTrouble`` for what the store does not do, ``UserError`` and ``SystemFault`` for what a file or this
    machine does not, unless it says that it does otherwise. Whoever cancels one stops the transfer.

    Args:
        command: starts the process.
        silence_s: a process that has said nothing for so long is killed.
        idle_s: a process that has nothing to do for so long is ended.
        parts_at_once: connections of an upload, 1 to 4.
        verify_fully: uploads are read back whole.

    Attributes:
        clock_offset_s: how far the store's clock is ahead of this computer's, by its last answer; 0 before the first.
    """

    def __init__(
        self,
        command: Sequence[str] = (),
        *,
        silence_s: float = SILENCE_S,
        idle_s: float = IDLE_S,
        parts_at_once: int = 4,
        verify_fully: bool = False,
    ) -> None:
        self.parts_at_once = parts_at_once
        self.verify_fully = verify_fully
        self.clock_offset_s = 0.0
        self._command = tuple(command) or courier_command()
        self._silence_s = silence_s
        self._keeper = CourierKeeper(self._command, silence_s=silence_s, idle_s=idle_s)

    def start(self, config: StoreConfig, credentials: StoreCredentials | None) -> None:
        """Use this store from now on. Jobs for another one end with ``SystemFault``; with new credentials alone they go on."""
        self._keeper.configure(config, credentials)

    async def aclose(self) -> None:
        """End the process and wait until it is gone; what is under way ends with ``SystemFault``. Harmless when repeated."""
        await self._keeper.aclose()

    @property
    def pid(self) -> int | None:
        """Number of the process; None when there is none."""
        return self._keeper.pid

    def allow(self, kbps: int | None) -> None:
        """Limit all transfers together, within a second.

        Args:
            kbps: kilobits a second; 0 to stop, None for no limit.
        """
        self._keeper.allow(kbps)

    async def probe(self, config: StoreConfig, credentials: StoreCredentials | None) -> ProbeReport:
        """Try a store out, in a process of its own: it need not be the one in use."""
        process = CourierProcess(self._command, silence_s=self._silence_s)
        try:
            await process.start(Configure(config=config, credentials=credentials, kbps=None))
            line = process.line(1)
            await process.say(Probe(job=1))
            report = await line.next_report()
        except CourierLostError:
            raise lost() from None
        finally:
            await process.aclose()
        done = done_of(report)
        if done.probe is None:
            raise BugError("A probe of a store brought nothing.")
        return done.probe

    async def upload(
        self, record: UploadRecord, file: Path, keep: Keep, on_progress: OnProgress = nobody
    ) -> UploadRecord:
        """Bring a file to the store, from wherever its record says it is.

        Args:
            record: as it was kept last; one that is failed is tried again.
            file: finished: nobody writes to it any more.
            keep: keeps a record; the upload goes on when it returns.
            on_progress: told of bytes read or sent and of all, a few times a second, on the loop.

        Returns:
            the record as it was kept last: verified, or failed with a trouble and a time for the next attempt.

        Raises:
            SystemFault: there is no process to do it, or the courier closes.
            BugError: a rule of ours was broken.
        """

        def order(job: int, now: UploadRecord) -> JobOrder:
            return Upload(
                job=job,
                record=now,
                file=file.absolute(),
                parts_at_once=self.parts_at_once,
                verify_fully=self.verify_fully,
            )

        return await self._stepping(record, order, keep, on_progress)

    async def cancel(self, record: UploadRecord, keep: Keep) -> UploadRecord:
        """Take an upload back until the store says that nothing is left of it.

        Returns:
            the record as it was kept last: cancelled; completed, if it was too late; or still cancelling, with a trouble and a time for
            the next attempt.
        """
        return await self._stepping(record, lambda job, now: CancelUpload(job=job, record=now), keep, nobody)

    async def verify(
        self,
        record: UploadRecord,
        file: Path | None = None,
        level: int = 1,
        on_progress: OnProgress = nobody,
    ) -> Verdict:
        """Look whether an object is the file: 1 by what the store says, 2 also by samples, 3 by all its bytes, of which progress is told."""

        def order(job: int) -> JobOrder:
            local = None if file is None else file.absolute()
            return Verify(job=job, record=record, file=local, level=level)

        done = await self._do(order, on_progress)
        if done.verdict is None:
            raise BugError("A verification brought nothing.")
        return done.verdict

    async def download(self, record: UploadRecord, target: Path, on_progress: OnProgress = nobody) -> None:
        """Fetch a file, verify it, and put it into place. What was fetched before it was stopped is not fetched again."""
        await self._do(lambda job: Download(job=job, record=record, target=target.absolute()), on_progress)

    async def read_object(self, key: str) -> tuple[bytes, str] | None:
        """Return a small object and its ETag; None if there is none."""
        done = await self._do(lambda job: ReadObject(job=job, key=key))
        return None if done.data is None else (base64.b64decode(done.data), done.etag)

    async def write_object(
        self,
        key: str,
        data: bytes,
        *,
        content_type: str = "application/json",
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> str:
        """Write an object of at most 2 MiB and return its ETag. The conditions as in ``ObjectStore.put``.

        A write whose answer was lost is repeated, and may then find itself there: ``EXISTS`` and ``CHANGED`` say only that it should be
        looked at.
        """
        if len(data) > MAX_DATA_BYTES:
            raise BugError("An object is too long to be written at once.", detail=key)
        text = base64.b64encode(data).decode()
        done = await self._do(
            lambda job: WriteObject(
                job=job,
                key=key,
                data=text,
                content_type=content_type,
                if_match=if_match,
                if_absent=if_absent,
            )
        )
        return done.etag

    async def list_objects(self, prefix: str, after: str = "") -> AsyncIterator[tuple[StoredObject, ...]]:
        """Give the objects below a prefix by their keys, some hundred at a time; their metadata stays at the store."""
        last, choice = after, self._keeper.choice
        for losses in range(_ATTEMPTS):
            await asyncio.sleep(_PAUSE_S * losses)
            async with self._keeper.job(choice) as (process, job, line):
                try:
                    await process.say(ListObjects(job=job, prefix=prefix, after=last))
                    while isinstance(report := await line.next_report(), Listed):
                        objects = tuple(
                            StoredObject(
                                key=each.key,
                                size_bytes=each.size_bytes,
                                etag=each.etag,
                                changed_at=each.changed_at,
                            )
                            for each in report.objects
                        )
                        if objects:
                            yield objects
                            last = objects[-1].key
                        await process.say(GoOn(job=job))
                except CourierLostError:
                    continue
            self._noted(report)
            return
        raise lost()

    async def stream_object(self, key: str, first: int, size_bytes: int) -> AsyncGenerator[bytes, None]:
        """Give some bytes of an object, exactly as many as asked for; the next ones are fetched when these were taken.

        Raises:
            StoreTrouble: they cannot be read, or there are fewer.
        """
        at, end, choice, losses = first, first + size_bytes, self._keeper.choice, 0
        while losses < _ATTEMPTS:
            await asyncio.sleep(_PAUSE_S * losses)
            async with self._keeper.job(choice) as (process, job, line):
                try:
                    await process.say(StreamObject(job=job, key=key, first=at, size_bytes=end - at))
                    while isinstance(report := await line.next_report(), Piece):
                        await process.say(GoOn(job=job))  # one piece is on its way while this one is used
                        piece = base64.b64decode(report.data)
                        at, losses = at + len(piece), 0
                        yield piece
                except CourierLostError:
                    losses += 1
                    continue
            self._noted(report)
            return
        raise lost()

    async def delete_object(self, key: str) -> None:
        """Remove an object; harmless when repeated. I2 is the caller's to keep."""
        await self._do(lambda job: DeleteObject(job=job, key=key))

    async def link(self, key: str, for_s: int) -> str:
        """Return an address from which anybody may read an object for so long."""
        return (await self._do(lambda job: MakeLink(job=job, key=key, for_s=for_s))).url

    async def clean_up(self, prefix: str, owned_upload_ids: Sequence[str]) -> int:
        """Give up uploads that are a day old and not ours; return how many."""
        owned = tuple(owned_upload_ids)
        return (await self._do(lambda job: CleanUp(job=job, prefix=prefix, owned=owned))).count

    async def _do(self, order: Callable[[int], JobOrder], on_progress: OnProgress = nobody) -> Done:
        """Have a job done that keeps nothing; repeat it if the process is lost."""
        choice = self._keeper.choice
        for losses in range(_ATTEMPTS):
            await asyncio.sleep(_PAUSE_S * losses)
            async with self._keeper.job(choice, on_progress) as (process, job, line):
                try:
                    await process.say(order(job))
                    report = await line.next_report()
                except CourierLostError:
                    continue
            return self._noted(report)
        raise lost()

    async def _stepping(
        self,
        record: UploadRecord,
        order: Callable[[int, UploadRecord], JobOrder],
        keep: Keep,
        on_progress: OnProgress,
    ) -> UploadRecord:
        """Have a job done that makes steps; go on from the last one if the process is lost."""
        losses, choice = 0, self._keeper.choice
        while losses < _ATTEMPTS:
            await asyncio.sleep(_PAUSE_S * losses)
            async with self._keeper.job(choice, on_progress) as (process, job, line):
                try:
                    await process.say(order(job, record))
                    while isinstance(report := await line.next_report(), Stepped):
                        after = apply_change(record, report.change)
                        await keep(after)
                        record, losses = after, 0
                        await process.say(GoOn(job=job))
                except CourierLostError:
                    losses += 1
                    continue
            self._noted(report)
            return record
        raise lost()

    def _noted(self, report: JobAnswer) -> Done:
        """Return what a job brought; raises as ``done_of``."""
        done = done_of(report)
        self.clock_offset_s = done.clock_offset_s
        return done
