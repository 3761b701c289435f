"""What of an upload need not be sent again. What the store lists is the truth (reliability_security.md 4.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from powerstream_desktop.cloud.object_store.stored_words import PartReceipt, StoredPart
from powerstream_desktop.cloud.uploads.part_plan import Part
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord


def agreed_parts(
    record: UploadRecord, listed: Iterable[StoredPart], md5_of: Callable[[Part], str]
) -> tuple[PartReceipt, ...]:
    """Return the parts that are in the store as they should be; all others are to be sent.

    Args:
        record: with the plan and the hashes of the parts.
        listed: what the store has.
        md5_of: reads a part of the file, for a part that the store has taken and we have not kept; in hexadecimal digits.
    """
    kept = {each.number: each for each in record.receipts}
    listed_now = {each.number: each for each in listed}
    in_order = [each.number for each in record.receipts if each.number in listed_now]
    in_order += sorted(listed_now.keys() - kept.keys())
    return tuple(
        _receipt(there, kept.get(number))
        for number in in_order
        if _is_as_planned(record, there := listed_now[number], kept.get(number), md5_of)
    )


def _receipt(there: StoredPart, kept: PartReceipt | None) -> PartReceipt:
    """Return what was kept, if it is of this very part: a store may have told its checksum then and not tell it now."""
    return kept if kept is not None and kept.etag == there.etag else there.receipt()


def _is_as_planned(
    record: UploadRecord, there: StoredPart, kept: PartReceipt | None, md5_of: Callable[[Part], str]
) -> bool:
    if not 1 <= there.number <= len(record.plan):
        return False
    part = record.plan.part(there.number)
    if there.size_bytes != part.size_bytes:
        return False
    if there.checksum is not None:
        return there.checksum == record.part_sha256s[there.number - 1]
    if kept is not None:
        return kept.etag == there.etag
    return there.etag == md5_of(part)
