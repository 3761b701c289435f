"""What every job of the courier works with."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from powerstream_desktop.cloud.courier.checking import Checking
from powerstream_desktop.cloud.courier.endpoint import Endpoint
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.courier.object_reading import ObjectReading
from powerstream_desktop.cloud.courier.on_progress import OnProgress, nobody
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord


def wall_ms() -> int:
    """Return the wall clock: milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a job works with.

    Attributes:
        store: the object store.
        endpoint: how it is asked.
        gate: what all transfers together may send.
        errand: the job's own life.
        keep: has a record kept, and returns when it is.
        report: told of progress, as done and total bytes.
        prefix: of all keys.
        rng: source of randomness.
        now_ms: the wall clock, milliseconds since 1970.
    """

    store: ObjectStore
    endpoint: Endpoint
    gate: Gate
    errand: Errand
    keep: Callable[[UploadRecord], None]
    report: OnProgress = nobody
    prefix: str = ""
    rng: random.Random = field(default_factory=random.Random)
    now_ms: Callable[[], int] = wall_ms

    @property
    def checking(self) -> Checking:
        """Looks at objects for this job."""
        return Checking(
            self.store,
            self.endpoint,
            self.gate,
            self.errand,
            rng=self.rng,
            now_ms=self.now_ms,
            report=self.report,
        )

    @property
    def reading(self) -> ObjectReading:
        """Reads objects for this job."""
        return ObjectReading(self.store, self.endpoint, self.gate, self.errand)
