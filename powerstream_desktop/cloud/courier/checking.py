"""Looks whether an object is the file (reliability_security.md 4.4), as thoroughly as asked, and as the store makes necessary."""

from __future__ import annotations

import dataclasses
import hashlib
import random
from collections.abc import Callable
from pathlib import Path

from powerstream_desktop.cloud.courier.endpoint import Endpoint
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.fingerprint import read_exactly, unreadable
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.courier.object_reading import ObjectReading
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.uploads.proof import Proof, parts_to_read, ranges_to_read, weigh
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict

BY_ITS_WORD, BY_SAMPLES, BY_ALL_BYTES = 1, 2, 3
_WORDS = "The cloud store says that its copy is another one."
_BYTES = "The cloud store's copy holds other bytes."


class Checking:
    """Looks at objects for one job.

    Args:
        store: whose.
        endpoint: the store's.
        gate: what is read goes through it.
        errand: the job.
        rng: source of randomness.
        now_ms: the wall clock, milliseconds since 1970.
        report: told how many bytes of how many have been read back, where all are.
    """

    def __init__(
        self,
        store: ObjectStore,
        endpoint: Endpoint,
        gate: Gate,
        errand: Errand,
        *,
        rng: random.Random,
        now_ms: Callable[[], int],
        report: Callable[[int, int], None],
    ) -> None:
        self._store = store
        self._endpoint = endpoint
        self._errand = errand
        self._reading = ObjectReading(store, endpoint, gate, errand)
        self._rng = rng
        self._now_ms = now_ms
        self._report = report

    def check(self, record: UploadRecord, file: Path | None, level: int) -> Verdict:
        """Look at an object.

        What the store says may prove nothing: then all bytes are read whatever the level, or samples of them would stand for a copy
        that nothing else speaks for. One that only repeats what it was told is looked at by samples at least.

        Args:
            record: of the file.
            file: the local one, to compare samples with; None if there is none.
            level: 1 by what the store says, 2 also by samples, 3 by all bytes.

        Raises:
            StoreTrouble: the store cannot be asked.
            SystemFault: the local file cannot be read.
        """
        seen = self._endpoint.ask_again(self._errand, lambda: self._store.head(record.key))
        good = Verdict(is_good=True, is_missing=False, level=level, why="", at_ms=self._now_ms(), etag="")
        if seen is None:
            why = "The cloud store has no copy."
            return dataclasses.replace(good, is_good=False, is_missing=True, why=why)
        good = dataclasses.replace(good, etag=seen.etag)
        proof = weigh(record, seen, etags_are_md5=self._store.capabilities.etag_is_md5)
        if proof is Proof.OTHER:
            return dataclasses.replace(good, is_good=False, why=_WORDS)
        if level == BY_ITS_WORD and not self._store.vouches:
            level = BY_SAMPLES
        has_samples = self._store.capabilities.reads_ranges and (file is not None or record.part_sha256s)
        if proof is Proof.UNPROVEN or (level == BY_SAMPLES and not has_samples):
            level = BY_ALL_BYTES
        is_good = (
            level == BY_ITS_WORD
            or (level == BY_SAMPLES and self._samples_agree(record, file))
            or (level == BY_ALL_BYTES and self._whole_sha256(record) == record.sha256)
        )
        return dataclasses.replace(
            good, is_good=is_good, level=level, why="" if is_good else _BYTES, at_ms=self._now_ms()
        )

    def _samples_agree(self, record: UploadRecord, file: Path | None) -> bool:
        if file is None:
            parts = map(record.plan.part, parts_to_read(len(record.plan), self._rng))
            return all(
                self._sha256(record.key, part.first, part.size_bytes) == record.part_sha256s[part.number - 1]
                for part in parts
            )
        return all(
            self._sha256(record.key, first, size_bytes) == _local_sha256(file, first, size_bytes)
            for first, size_bytes in ranges_to_read(record.size_bytes, self._rng)
        )

    def _sha256(self, key: str, first: int, size_bytes: int) -> str:
        found = hashlib.sha256()
        for piece in self._reading.pieces(key, first, size_bytes):
            found.update(piece)
        return found.hexdigest()

    def _whole_sha256(self, record: UploadRecord) -> str:
        found, done = hashlib.sha256(), 0
        for piece in self._reading.pieces(record.key, 0, record.size_bytes):
            found.update(piece)
            done += len(piece)
            self._report(done, record.size_bytes)
        return found.hexdigest()


def _local_sha256(file: Path, first: int, size_bytes: int) -> str:
    try:
        with file.open("rb", buffering=0) as opened:
            return hashlib.sha256(read_exactly(opened, first, size_bytes, file.name)).hexdigest()
    except OSError as error:
        raise unreadable(file, error) from error
