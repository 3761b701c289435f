"""A courier without a process, and the bucket it brings things to, which several of them may share."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from powerstream_desktop.cloud.object_store.probe_report import ProbeFinding, ProbeReport, ProbeStep
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, PartReceipt, StoredObject
from powerstream_desktop.cloud.uploads.file_mark import mark_of_file
from powerstream_desktop.cloud.uploads.object_keys import media_key
from powerstream_desktop.cloud.uploads.part_plan import plan_parts
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord, UploadTrouble
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.service.cloud.courier_port import Keep, OnProgress
from tests.unit.service.store.rows import NOW

NOW_MS = int(NOW.timestamp() * 1000)


@dataclass
class SharedBucket:
    """Objects by their keys, with their etags."""

    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def put(self, key: str, data: bytes) -> str:
        etag = f"e{next(self.numbers)}"
        self.objects[key] = (data, etag)
        return etag


@dataclass
class FakeCourier:
    """Does at once what it is told; ``is_open`` holds uploads up behind their hashing, ``trouble`` fails whatever is asked."""

    bucket: SharedBucket = field(default_factory=SharedBucket)
    trouble: StoreTrouble | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    kbps: list[int | None] = field(default_factory=list)
    started: list[StoreConfig] = field(default_factory=list)
    probed: int = 0
    uploaded: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    streamed: list[str] = field(default_factory=list)
    cleaned: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    clock_offset_s: float = 0.0
    parts_at_once: int = 4
    verify_fully: bool = False
    is_open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.is_open.set()

    def start(self, config: StoreConfig, credentials: StoreCredentials | None) -> None:
        self.started.append(config)

    async def aclose(self) -> None:
        """Nothing runs."""

    def allow(self, kbps: int | None) -> None:
        self.kbps.append(kbps)

    async def probe(self, config: StoreConfig, credentials: StoreCredentials | None) -> ProbeReport:
        self.probed += 1
        if self.trouble is not None:
            finding = ProbeFinding(
                step=ProbeStep.WRITE, trouble=self.trouble.kind, sentence=self.trouble.title
            )
            return ProbeReport(findings=(finding,), capabilities=None)
        return ProbeReport(findings=(ProbeFinding(step=ProbeStep.WRITE),), capabilities=EVERYTHING)

    async def upload(
        self, record: UploadRecord, file: Path, keep: Keep, on_progress: OnProgress
    ) -> UploadRecord:
        self.uploaded.append(record.asset_id)
        if record.state is UploadState.FAILED:
            record = record.after(UploadEvent.RETRIED, trouble=None)
            await keep(record)
        if record.state in {UploadState.WAITING, UploadState.HASHING}:
            record = await self._hashed(record, file, keep)
        if record.state is UploadState.HASHED:
            record = record.after(UploadEvent.CREATED, upload_id="u1")
            await keep(record)
        on_progress(0, record.size_bytes)
        await self.is_open.wait()
        if self.trouble is not None:
            failed = record.after(
                UploadEvent.TROUBLE,
                trouble=UploadTrouble.of(self.trouble),
                next_try_at_ms=NOW_MS + 3_600_000,
                attempt=record.attempt + 1,
            )
            await keep(failed)
            return failed
        return await self._sent(record, _content(file), keep)

    async def _hashed(self, record: UploadRecord, file: Path, keep: Keep) -> UploadRecord:
        await keep(record := record.after(UploadEvent.BEGUN))
        data = _content(file)
        sha256, plan = hashlib.sha256(data).hexdigest(), plan_parts(len(data))
        record = record.after(
            UploadEvent.READ,
            key=media_key(self.started[-1].prefix, record.asset_id, sha256, record.suffix),
            size_bytes=len(data),
            mark=mark_of_file(file),
            sha256=sha256,
            part_bytes=plan.part_bytes,
            part_sha256s=(sha256,) * len(plan),
        )
        await keep(record)
        return record

    async def _sent(self, record: UploadRecord, data: bytes, keep: Keep) -> UploadRecord:
        if record.state is UploadState.SENDING:
            receipt = PartReceipt(number=1, etag="p1", checksum=None)
            await keep(record := record.after(UploadEvent.PART_SENT, receipts=(receipt,)))
            await keep(record := record.after(UploadEvent.ALL_SENT))
        if record.state is UploadState.COMPLETING:
            etag = self.bucket.put(record.key, data)
            await keep(record := record.after(UploadEvent.FOUND, etag=etag))
        await keep(record := record.after(UploadEvent.PROVEN, level=1, verified_at_ms=NOW_MS))
        return record

    async def cancel(self, record: UploadRecord, keep: Keep) -> UploadRecord:
        if self.trouble is not None:
            waiting = replace(
                record, trouble=UploadTrouble.of(self.trouble), next_try_at_ms=NOW_MS + 3_600_000
            )
            await keep(waiting)
            return waiting
        await keep(gone := record.after(UploadEvent.GONE, upload_id=None))
        return gone

    async def verify(
        self,
        record: UploadRecord,
        file: Path | None = None,
        level: int = 1,
        on_progress: OnProgress = lambda _done, _total: None,
    ) -> Verdict:
        self._fail()
        self.levels.append(level)
        on_progress(record.size_bytes, record.size_bytes)
        if self.verdicts:
            return self.verdicts.pop(0)
        found = self.bucket.objects.get(record.key)
        is_good = found is not None and hashlib.sha256(found[0]).hexdigest() == record.sha256
        return Verdict(
            is_good=is_good,
            is_missing=found is None,
            level=level,
            why="" if is_good else "it is not there",
            at_ms=NOW_MS,
            etag="",
        )

    async def download(self, record: UploadRecord, target: Path, on_progress: OnProgress) -> None:
        self._fail()
        data, _ = self.bucket.objects[record.key]
        on_progress(len(data), record.size_bytes)
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise StoreTrouble(TroubleCode.DAMAGED)
        _write(target, data)

    async def read_object(self, key: str) -> tuple[bytes, str] | None:
        self._fail()
        return self.bucket.objects.get(key)

    async def write_object(
        self,
        key: str,
        data: bytes,
        *,
        content_type: str = "application/json",
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> str:
        self._fail()
        there = self.bucket.objects.get(key)
        if if_absent and there is not None:
            raise StoreTrouble(TroubleCode.EXISTS)
        if if_match is not None and (there is None or there[1] != if_match):
            raise StoreTrouble(TroubleCode.CHANGED)
        return self.bucket.put(key, data)

    async def list_objects(self, prefix: str, after: str = "") -> AsyncIterator[tuple[StoredObject, ...]]:
        self._fail()
        yield tuple(
            StoredObject(key=key, size_bytes=len(data), etag=etag, changed_at=NOW.timestamp())
            for key, (data, etag) in sorted(self.bucket.objects.items())
            if key.startswith(prefix) and key > after
        )

    async def stream_object(self, key: str, first: int, size_bytes: int) -> AsyncGenerator[bytes, None]:
        self._fail()
        if key not in self.bucket.objects:
            raise StoreTrouble(TroubleCode.GONE)
        data, _ = self.bucket.objects[key]
        for at in range(first, first + size_bytes, 1000):
            self.streamed.append(key)
            yield data[at : min(at + 1000, first + size_bytes)]

    async def delete_object(self, key: str) -> None:
        self.bucket.objects.pop(key, None)

    async def link(self, key: str, for_s: int) -> str:
        return f"https://store.example.invalid/{key}?for={for_s}"

    async def clean_up(self, prefix: str, owned_upload_ids: Sequence[str]) -> int:
        self._fail()
        self.cleaned.append((prefix, tuple(owned_upload_ids)))
        return 0

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble


def _content(file: Path) -> bytes:
    return file.read_bytes()


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)
