"""Uploads of small films, in any state."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads.object_keys import media_key
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState

ASSET_ID = "01JD2Q3R4S5T6V7W8X9Y0ZABCD"
PART_BYTES = 4096
NEW = UploadRecord(asset_id=ASSET_ID, suffix=".mp4")


def film(size_bytes: int) -> bytes:
    """Return bytes of which no two parts are alike."""
    return hashlib.shake_256(str(size_bytes).encode()).digest(size_bytes)


def hashed(content: bytes, **changes: Any) -> UploadRecord:
    """Return the record of a film that has been read."""
    pieces = [content[first : first + PART_BYTES] for first in range(0, len(content), PART_BYTES)]
    sha256 = hashlib.sha256(content).hexdigest()
    record = dataclasses.replace(
        NEW,
        state=UploadState.HASHED,
        key=media_key("", ASSET_ID, sha256, ".mp4"),
        size_bytes=len(content),
        mark="mark",
        sha256=sha256,
        part_bytes=PART_BYTES,
        part_sha256s=tuple(hashlib.sha256(piece).hexdigest() for piece in pieces),
    )
    return dataclasses.replace(record, **changes)


def receipts(record: UploadRecord, *numbers: int) -> tuple[PartReceipt, ...]:
    """Return what a store that makes checksums answers to parts."""
    return tuple(
        PartReceipt(number=number, etag=f"etag-{number}", checksum=record.part_sha256s[number - 1])
        for number in numbers
    )
