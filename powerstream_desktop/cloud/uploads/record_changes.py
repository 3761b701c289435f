"""What one step changed of an upload, without the thousands of parts that it left alone."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """A step of an upload.

    Attributes:
        head: the record after it, without hashes and receipts of parts.
        part_sha256s: of all parts, where they changed; else None.
        is_anew: earlier receipts hold no more.
        receipts: what came to the receipts.
    """

    head: UploadRecord
    part_sha256s: tuple[str, ...] | None
    is_anew: bool
    receipts: tuple[PartReceipt, ...]


def head_of(record: UploadRecord) -> UploadRecord:
    """Return a record without what it says of its parts: all that is short."""
    return dataclasses.replace(record, part_sha256s=(), receipts=())


def change_between(before: UploadRecord, after: UploadRecord) -> RecordChange:
    """Return what leads from one record to a later one."""
    known = len(before.receipts)
    is_anew = after.receipts[:known] != before.receipts
    return RecordChange(
        head=head_of(after),
        part_sha256s=None if after.part_sha256s == before.part_sha256s else after.part_sha256s,
        is_anew=is_anew,
        receipts=after.receipts if is_anew else after.receipts[known:],
    )


def apply_change(before: UploadRecord, change: RecordChange) -> UploadRecord:
    """Return the record after a step."""
    kept = () if change.is_anew else before.receipts
    hashes = before.part_sha256s if change.part_sha256s is None else change.part_sha256s
    return dataclasses.replace(change.head, part_sha256s=hashes, receipts=kept + change.receipts)
