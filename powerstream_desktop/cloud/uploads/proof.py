"""Whether an object is the file, by what the store says of it, and which of its bytes to look at (reliability_security.md 4.4).

The ETag of an object in parts is no hash of the file: it is the MD5 of its parts' MD5s, and the store's SHA-256 is one of hashes too.
Both can be made from what was kept of the parts. Our own hash, which was sent along as metadata, says which file was meant, not what
arrived. So an object is proven when its length is right, nothing speaks against it, and something speaks for it that the store made
from its bytes; a store that says nothing of the kind must give the bytes themselves.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from enum import Enum
from typing import Final

from powerstream_desktop.cloud.object_store.object_store import SHA256_METADATA
from powerstream_desktop.cloud.object_store.stored_words import StoredObject
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord

RANGE_BYTES: Final = 256 * 1024
_RANDOM_RANGES: Final = 3
_MD5_ETAG: Final = re.compile(r"[0-9a-f]{32}")


class Proof(Enum):
    """What a store's words about an object are worth."""

    GOOD = "good"
    """It is the file."""
    UNPROVEN = "unproven"
    """Nothing speaks against it, and nothing that was made from its bytes speaks for it."""
    OTHER = "other"
    """It is not the file."""


def weigh(record: UploadRecord, seen: StoredObject, *, etags_are_md5: bool) -> Proof:
    """Weigh what a store says of an object against what is known of the file.

    Args:
        record: of the file.
        seen: what the store says.
        etags_are_md5: the ETag of each part was compared with the part's MD5 when it was sent.
    """
    if seen.size_bytes != record.size_bytes:
        return Proof.OTHER
    told = seen.metadata.get(SHA256_METADATA)
    if told is not None and told != record.sha256:
        return Proof.OTHER
    found = [_by_checksum(record, seen.checksum), _by_etag(record, seen.etag, etags_are_md5=etags_are_md5)]
    if Proof.OTHER in found:
        return Proof.OTHER
    return Proof.GOOD if Proof.GOOD in found else Proof.UNPROVEN


def _by_checksum(record: UploadRecord, checksum: str | None) -> Proof:
    if checksum is None or not record.part_sha256s:
        return Proof.UNPROVEN
    digests = [bytes.fromhex(each) for each in record.part_sha256s]
    value, _, count = checksum.partition("-")
    if not count:
        return Proof.GOOD if value == record.sha256 else Proof.OTHER
    if count != str(len(digests)):  # another program has cut the file otherwise
        return Proof.UNPROVEN
    return Proof.GOOD if value == hashlib.sha256(b"".join(digests)).hexdigest() else Proof.OTHER


def _by_etag(record: UploadRecord, etag: str, *, etags_are_md5: bool) -> Proof:
    """Compare with the ETag that the parts' own ETags make, where each of these stands for what was sent; another form says nothing."""
    parts = sorted(record.receipts, key=lambda part: part.number)
    if not etags_are_md5 and not all(part.checksum for part in parts):
        return Proof.UNPROVEN
    etags = [part.etag for part in parts]
    value, _, count = etag.partition("-")
    if len(etags) != len(record.plan) or not all(map(_MD5_ETAG.fullmatch, [*etags, value])):
        return Proof.UNPROVEN
    made = hashlib.md5(b"".join(map(bytes.fromhex, etags)), usedforsecurity=False).hexdigest()
    return Proof.GOOD if made == value and count == str(len(etags)) else Proof.UNPROVEN


def ranges_to_read(size_bytes: int, rng: random.Random) -> tuple[tuple[int, int], ...]:
    """Return which bytes of an object to look at: first, last and three by chance, each as (first, length), in order."""
    length = min(RANGE_BYTES, size_bytes)
    last = size_bytes - length
    firsts: Sequence[int] = [0, *(rng.randint(0, last) for _ in range(_RANDOM_RANGES)), last]
    return tuple((first, length) for first in sorted(set(firsts)))


def parts_to_read(count: int, rng: random.Random) -> tuple[int, ...]:
    """Return the numbers of the parts to look at when there is no file beside: first, last and three by chance."""
    return tuple(sorted({1, count, *(rng.randint(1, count) for _ in range(_RANDOM_RANGES))}))
