"""The courier without its process: its jobs, on a bucket in memory. The process may be lost behind any step, and begin again from there."""

from __future__ import annotations

import base64
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from powerstream_desktop.cloud.courier.cancelling import cancel
from powerstream_desktop.cloud.courier.endpoint import Endpoint
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.courier.jobs import do_job
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.courier.uploading import Uploading
from powerstream_desktop.cloud.courier.words import (
    CleanUp,
    DeleteObject,
    Done,
    Download,
    JobOrder,
    Listed,
    ListObjects,
    ReadObject,
    Verify,
    WriteObject,
)
from powerstream_desktop.cloud.object_store.probe_report import ProbeFinding, ProbeReport, ProbeStep
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities, StoredObject
from powerstream_desktop.cloud.uploads.part_plan import PartPlan
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.service.cloud.courier_port import Keep, OnProgress
from tests.unit.cloud.memory_store import MemoryBucket, MemoryStore
from tests.unit.service.cloud.films.life import Kind, Life

PART_BYTES = 1024


class _LostError(BaseException):
    """The courier's process has died."""


class DirectCourier:
    """``CourierPort``.

    Args:
        bucket: the world's.
        capabilities: of the store.
        life: of the computer.
        is_online: whether the store can be reached.
        rng: when a process is lost, and an answer.
        now_ms: this computer's wall clock.
        yields: lets others run.
    """

    parts_at_once = 1
    verify_fully = False
    lost_share = 0.0
    """Of steps behind which the process dies, and of writes whose answer is lost."""

    def __init__(
        self,
        bucket: MemoryBucket,
        capabilities: StoreCapabilities,
        life: Life,
        is_online: Callable[[], bool],
        rng: random.Random,
        now_ms: Callable[[], int],
        yields: Callable[[], Awaitable[None]],
    ) -> None:
        self._bucket = bucket
        self._life = life
        self._is_online = is_online
        self._rng = rng
        self._now_ms = now_ms
        self._yields = yields
        self._prefix = ""
        self._time_s = 0.0
        self._store = MemoryStore(bucket, capabilities=capabilities, before=self._before, after=self._after)
        self.clock_offset_s = 0.0

    # What is asked of every courier.

    def start(self, config: StoreConfig, credentials: StoreCredentials | None) -> None:
        self._prefix = config.prefix

    async def aclose(self) -> None:
        """Nothing runs."""

    def allow(self, kbps: int | None) -> None:
        """Nothing is limited."""

    async def probe(self, config: StoreConfig, credentials: StoreCredentials | None) -> ProbeReport:
        return ProbeReport(
            findings=(ProbeFinding(step=ProbeStep.WRITE),), capabilities=self._store.capabilities
        )

    async def upload(
        self, record: UploadRecord, file: Path, keep: Keep, on_progress: OnProgress
    ) -> UploadRecord:
        def bring(tools: Tools, now: UploadRecord) -> UploadRecord:
            return Uploading(tools, file, now, parts_at_once=1, plan=_small_parts).run()

        return await self._stepping(record, bring, keep)

    async def cancel(self, record: UploadRecord, keep: Keep) -> UploadRecord:
        return await self._stepping(record, cancel, keep)

    async def verify(
        self,
        record: UploadRecord,
        file: Path | None = None,
        level: int = 1,
        on_progress: OnProgress = lambda _done, _total: None,
    ) -> Verdict:
        verdict = (await self._do(Verify(job=1, record=record, file=file, level=level))).verdict
        assert verdict is not None
        return verdict

    async def download(self, record: UploadRecord, target: Path, on_progress: OnProgress) -> None:
        await self._do(Download(job=1, record=record, target=target))
        self._life.end(Kind.FILE)

    async def read_object(self, key: str) -> tuple[bytes, str] | None:
        done = await self._do(ReadObject(job=1, key=key))
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
        text = base64.b64encode(data).decode()
        order = WriteObject(
            job=1, key=key, data=text, content_type=content_type, if_match=if_match, if_absent=if_absent
        )
        return (await self._do(order)).etag

    async def list_objects(self, prefix: str, after: str = "") -> AsyncIterator[tuple[StoredObject, ...]]:
        told: list[Listed] = []
        await self._do(ListObjects(job=1, prefix=prefix, after=after), told.append)
        for portion in told:
            yield tuple(
                StoredObject(
                    key=each.key, size_bytes=each.size_bytes, etag=each.etag, changed_at=each.changed_at
                )
                for each in portion.objects
            )

    async def stream_object(self, key: str, first: int, size_bytes: int) -> AsyncGenerator[bytes, None]:
        if size_bytes:
            raise NotImplementedError
        yield b""

    async def link(self, key: str, for_s: int) -> str:
        raise NotImplementedError

    async def delete_object(self, key: str) -> None:
        await self._do(DeleteObject(job=1, key=key))

    async def clean_up(self, prefix: str, owned_upload_ids: Sequence[str]) -> int:
        return (await self._do(CleanUp(job=1, prefix=prefix, owned=tuple(owned_upload_ids)))).count

    # Inside.

    async def _do(self, order: JobOrder, tell: Callable[[Any], None] = lambda _told: None) -> Done:
        await self._yields()
        return do_job(self._tools(lambda _record: None), order, tell)

    async def _stepping(
        self, record: UploadRecord, work: Callable[[Tools, UploadRecord], UploadRecord], keep: Keep
    ) -> UploadRecord:
        """Go on from the last step that was kept, whenever the process is lost."""
        now = record

        def keep_now(step: UploadRecord) -> None:
            nonlocal now
            _at_once(keep(step))
            now = step
            if self._is_lost():
                raise _LostError

        while True:
            await self._yields()
            try:
                work(self._tools(keep_now), now)
            except _LostError:
                continue
            return now

    def _tools(self, keep: Callable[[UploadRecord], None]) -> Tools:
        return Tools(
            store=self._store,
            endpoint=Endpoint(random.Random(1), self._clock),
            gate=Gate(),
            errand=Errand(),
            keep=keep,
            prefix=self._prefix,
            rng=self._rng,
            now_ms=self._now_ms,
        )

    def _clock(self) -> float:
        self._time_s += 100.0  # no endpoint is waited for
        return self._time_s

    def _before(self, _operation: str, _key: str) -> None:
        self._life.begin()
        if not self._is_online():
            raise StoreTrouble(TroubleCode.UNREACHABLE)
        # Every answer of the store tells its time.
        self.clock_offset_s = self._bucket.wall() - self._now_ms() / 1000

    def _after(self, _operation: str, _key: str) -> None:
        self._life.end(Kind.OBJECT)
        if self._is_lost():
            raise StoreTrouble(TroubleCode.UNREACHABLE)

    def _is_lost(self) -> bool:
        return self.lost_share > 0 and self._rng.random() < self.lost_share


def _at_once(work: Awaitable[None]) -> None:
    """Do what waits for nobody."""
    for _ in work.__await__():
        pass


def _small_parts(size_bytes: int) -> PartPlan:
    return PartPlan(size_bytes=size_bytes, part_bytes=PART_BYTES)
