"""A job's tools on a bucket in memory, a film on disk, and what was kept, step by step."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from powerstream_desktop.cloud.courier.endpoint import Endpoint
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.courier.uploading import Uploading
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING, StoreCapabilities
from powerstream_desktop.cloud.uploads.part_plan import PartPlan
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from tests.unit.cloud.memory_store import MemoryBucket, MemoryStore
from tests.unit.cloud.uploads.records import NEW, PART_BYTES, film

NOW_MS = 1_800_000_000_000


class CrashError(BaseException):
    """The process was killed."""


class Bench:
    """One machine with a film to upload.

    Args:
        folder: for the film.
        bucket: the world's.
        capabilities: of the store.
    """

    def __init__(
        self,
        folder: Path,
        bucket: MemoryBucket | None = None,
        *,
        capabilities: StoreCapabilities = EVERYTHING,
        size_bytes: int = 5 * PART_BYTES + 7,
    ) -> None:
        self.bucket = bucket or MemoryBucket()
        self.content = film(size_bytes)
        self.file = folder / "film.mp4"
        self.file.write_bytes(self.content)
        self.store = MemoryStore(self.bucket, capabilities=capabilities)
        self.kept: list[UploadRecord] = []
        self.record = NEW
        self.errand = Errand()
        self.gate = Gate()
        self.progress: list[tuple[int, int]] = []
        self.crash_at: int | None = None
        self._time_s = 0.0

    def tools(self) -> Tools:
        return Tools(
            store=self.store,
            endpoint=Endpoint(random.Random(1), self._clock),
            gate=self.gate,
            errand=self.errand,
            keep=self.keep,
            report=lambda done, total: self.progress.append((done, total)),
            rng=random.Random(1),
            now_ms=lambda: NOW_MS,
        )

    def keep(self, record: UploadRecord) -> None:
        self.record = record
        self.kept.append(record)
        if self.crash_at == len(self.kept):
            raise CrashError

    def upload(self, **options: Any) -> UploadRecord:
        options = {"parts_at_once": 1, "plan": plan_small_parts, **options}
        return Uploading(self.tools(), self.file, self.record, **options).run()

    def calls(self, operation: str) -> int:
        return sum(1 for name, _ in self.store.calls if name == operation)

    @property
    def held(self) -> bytes:
        """What the bucket has of the film."""
        return self.bucket.objects[self.record.key].data

    def _clock(self) -> float:
        self._time_s += 100.0  # no endpoint is waited for
        return self._time_s


def plan_small_parts(size_bytes: int) -> PartPlan:
    """Cut a film into parts that a test has time for."""
    return PartPlan(size_bytes=size_bytes, part_bytes=PART_BYTES)
