"""An object store in memory, as strict as the best and as poor as its capabilities say; for everything above the port.

``MemoryBucket`` is what the world has; each device opens a ``MemoryStore`` on it. ``before`` and ``after`` are called with the name of
each operation and its key: a test raises there what a network or a crash would.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from powerstream_desktop.cloud.object_store.object_keys import checked_key
from powerstream_desktop.cloud.object_store.object_store import MAX_SMALL_BYTES, READ_BYTES
from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import (
    EVERYTHING,
    PartReceipt,
    PendingUpload,
    StoreCapabilities,
    StoredObject,
    StoredPart,
)

Hook = Callable[[str, str], None]


def nothing(_operation: str, _key: str) -> None:
    """Happens."""


@dataclass(kw_only=True)
class Held:
    """An object and what is known about it."""

    data: bytes
    about: StoredObject


@dataclass(kw_only=True)
class Pending:
    """An upload that is not complete."""

    about: PendingUpload
    metadata: Mapping[str, str]
    parts: dict[int, tuple[bytes, StoredPart]] = field(default_factory=dict)


class MemoryBucket:
    """What all devices see.

    Args:
        wall: the store's clock, in seconds since 1970.
    """

    def __init__(self, wall: Callable[[], float] = lambda: 1_800_000_000.0) -> None:
        self.wall = wall
        self.objects: dict[str, Held] = {}
        self.pending: dict[str, Pending] = {}
        self.lock = threading.RLock()
        self._ids = itertools.count(1)

    def next_id(self) -> str:
        return f"upload-{next(self._ids)}"

    def keep(
        self,
        key: str,
        data: bytes,
        etag: str,
        *,
        checksum: str | None,
        metadata: Mapping[str, str],
        parts: int | None,
    ) -> None:
        about = StoredObject(
            key=key, size_bytes=len(data), etag=etag, changed_at=self.wall(), metadata=dict(metadata),
            checksum=checksum, parts=parts,
        )  # fmt: skip
        self.objects[key] = Held(data=data, about=about)


class MemoryStore:
    """One device's way to the bucket.

    Args:
        bucket: shared.
        capabilities: what the store can, and what it is trusted with.
        before: called before an operation takes effect.
        after: called when it has taken effect and the answer is on its way.
        clock_offset_s: what this device has measured.
    """

    def __init__(
        self,
        bucket: MemoryBucket,
        *,
        capabilities: StoreCapabilities = EVERYTHING,
        before: Hook = nothing,
        after: Hook = nothing,
        clock_offset_s: float = 0.0,
    ) -> None:
        self.bucket = bucket
        self.before = before
        self.after = after
        self.clock_offset_s = clock_offset_s
        self.vouches = True
        self.says_about_stale_uploads: bool | None = None
        self.calls: list[tuple[str, str]] = []
        self._can = capabilities
        self._trusted = capabilities

    @property
    def capabilities(self) -> StoreCapabilities:
        return self._trusted

    def assume(self, capabilities: StoreCapabilities) -> None:
        self._trusted = capabilities

    def close(self) -> None:
        self.calls.append(("close", ""))

    def create_upload(self, key: str, *, content_type: str, metadata: Mapping[str, str]) -> str:
        self._begin("create_upload", key)
        with self.bucket.lock:
            upload_id = self.bucket.next_id()
            about = PendingUpload(key=key, upload_id=upload_id, begun_at=self.bucket.wall())
            kept = metadata if self._can.keeps_metadata else {}
            self.bucket.pending[upload_id] = Pending(about=about, metadata=dict(kept))
        self.after("create_upload", key)
        return upload_id

    def put_part(
        self,
        key: str,
        upload_id: str,
        number: int,
        body: PartBody,
        *,
        size_bytes: int,
        sha256: str,
        md5: bytes | None = None,
    ) -> PartReceipt:
        self._begin("put_part", key)
        data = body.read()
        assert len(data) == size_bytes
        found = hashlib.sha256(data).hexdigest()
        if self._can.checks_bodies and found != sha256:
            raise StoreTrouble(TroubleCode.DAMAGED)
        md5_found = hashlib.md5(data)
        if md5 is not None and md5_found.digest() != md5:
            raise StoreTrouble(TroubleCode.DAMAGED)
        part = StoredPart(
            number=number,
            size_bytes=size_bytes,
            etag=md5_found.hexdigest() if self._can.etag_is_md5 else f"etag-{found[:16]}",
            checksum=found if self._can.part_checksums else None,
            changed_at=self.bucket.wall(),
        )
        with self.bucket.lock:
            self._upload(key, upload_id).parts[number] = (data, part)
        self.after("put_part", key)
        return part.receipt()

    def parts(self, key: str, upload_id: str) -> tuple[StoredPart, ...]:
        self._begin("parts", key)
        with self.bucket.lock:
            parts = self._upload(key, upload_id).parts
            return tuple(parts[number][1] for number in sorted(parts))

    def complete(
        self, key: str, upload_id: str, receipts: Sequence[PartReceipt], *, only_if_absent: bool
    ) -> None:
        self._begin("complete", key)
        with self.bucket.lock:
            upload = self._upload(key, upload_id)
            if only_if_absent and key in self.bucket.objects:
                raise StoreTrouble(TroubleCode.EXISTS)
            numbers = [receipt.number for receipt in receipts]
            if not numbers or numbers != sorted(set(numbers)):
                raise StoreTrouble(TroubleCode.INVALID)
            for receipt in receipts:
                if receipt.number not in upload.parts or upload.parts[receipt.number][1].etag != receipt.etag:
                    raise StoreTrouble(TroubleCode.DAMAGED)
            whole = b"".join(upload.parts[number][0] for number in numbers)
            self.bucket.keep(
                key, whole, self._composite(upload, numbers, hashlib.md5), metadata=upload.metadata,
                checksum=self._composite(upload, numbers, hashlib.sha256) if self._can.part_checksums else None,
                parts=len(numbers),
            )  # fmt: skip
            del self.bucket.pending[upload_id]
        self.after("complete", key)

    def _composite(self, upload: Pending, numbers: list[int], algorithm: Callable[[bytes], object]) -> str:
        digests = b"".join(algorithm(upload.parts[number][0]).digest() for number in numbers)  # type: ignore[attr-defined]
        return f"{algorithm(digests).hexdigest()}-{len(numbers)}"  # type: ignore[attr-defined]

    def abort(self, key: str, upload_id: str) -> None:
        self._begin("abort", key)
        with self.bucket.lock:
            self.bucket.pending.pop(upload_id, None)
        self.after("abort", key)

    def pending(self, prefix: str) -> Iterator[PendingUpload]:
        self._begin("pending", prefix or "-")
        with self.bucket.lock:
            found = [each.about for each in self.bucket.pending.values()]
        yield from (each for each in found if each.key.startswith(prefix))

    def ends_stale_uploads(self) -> bool | None:
        return self.says_about_stale_uploads

    def head(self, key: str) -> StoredObject | None:
        self._begin("head", key)
        held = self.bucket.objects.get(key)
        return None if held is None else held.about

    def put(
        self,
        key: str,
        data: bytes,
        *,
        content_type: str,
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> str:
        self._begin("put", key)
        assert len(data) <= MAX_SMALL_BYTES
        if (if_absent and not self._can.conditional_put) or (if_match and not self._can.conditional_replace):
            # As the adapters do: look, and then write, which is two steps.
            self._check(key, if_match=if_match, if_absent=if_absent)
            self._begin("put_unconditionally", key)
            if_match, if_absent = None, False
        with self.bucket.lock:
            self._check(key, if_match=if_match, if_absent=if_absent)
            etag = hashlib.md5(data).hexdigest()
            checksum = hashlib.sha256(data).hexdigest() if self._can.part_checksums else None
            self.bucket.keep(key, data, etag, checksum=checksum, metadata={}, parts=None)
        self.after("put", key)
        return etag

    def _check(self, key: str, *, if_match: str | None, if_absent: bool) -> None:
        held = self.bucket.objects.get(key)
        if if_absent and held is not None:
            raise StoreTrouble(TroubleCode.EXISTS)
        if if_match is not None and (held is None or held.about.etag != if_match):
            raise StoreTrouble(TroubleCode.CHANGED)

    def read(self, key: str, *, first: int = 0, size_bytes: int | None = None) -> Iterator[bytes]:
        self._begin("read", key)
        held = self.bucket.objects.get(key)
        if held is None:
            raise StoreTrouble(TroubleCode.GONE)
        end = len(held.data) if size_bytes is None else first + size_bytes
        wanted = held.data[first:end]
        for offset in range(0, len(wanted), READ_BYTES):
            yield wanted[offset : offset + READ_BYTES]

    def list(self, prefix: str, *, after: str = "") -> Iterator[StoredObject]:
        self._begin("list", prefix or "-")
        with self.bucket.lock:
            found = sorted(self.bucket.objects)
        for key in found:
            held = self.bucket.objects.get(key)
            if key.startswith(prefix) and key > after and held is not None:
                yield replace(held.about, metadata={}, checksum=None)

    def delete(self, key: str) -> None:
        self._begin("delete", key)
        with self.bucket.lock:
            self.bucket.objects.pop(key, None)
        self.after("delete", key)

    def link(self, key: str, *, for_s: int) -> str:
        self._begin("link", key)
        return f"https://memory.invalid/{key}?for={for_s}"

    def _begin(self, operation: str, key: str) -> None:
        checked_key(key.removesuffix("/"))
        self.calls.append((operation, key))
        self.before(operation, key)

    def _upload(self, key: str, upload_id: str) -> Pending:
        upload = self.bucket.pending.get(upload_id)
        if upload is None or upload.about.key != key:
            raise StoreTrouble(TroubleCode.GONE)
        return upload
