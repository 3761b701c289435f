"""What a store says about what it holds: frozen words without a line of behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCapabilities:
    """What a store was seen to do. It is probed once, kept by the service, and given again with the configuration.

    The defaults are what a store is trusted with before anybody looked.

    Attributes:
        part_checksums: it takes a SHA-256 with each part, refuses a part that does not fit it, and tells it again.
        checks_bodies: that a part arrived with other bytes is noticed: it refuses it, or its ETag tells.
        etag_is_md5: the ETag of a part is its MD5.
        keeps_metadata: what we say about an object is kept with it.
        conditional_put: ``If-None-Match: *`` is respected when a small object is written.
        conditional_replace: ``If-Match`` is respected when a small object is written.
        conditional_complete: ``If-None-Match: *`` is respected when an upload is completed.
        lists_parts: it says which parts of an upload it has.
        reads_ranges: it reads a range of an object without sending the rest.
        links: its links for a limited time work without credentials.
    """

    part_checksums: bool = False
    checks_bodies: bool = False
    etag_is_md5: bool = False
    keeps_metadata: bool = True
    conditional_put: bool = False
    conditional_replace: bool = False
    conditional_complete: bool = False
    lists_parts: bool = True
    reads_ranges: bool = True
    links: bool = True


EVERYTHING = StoreCapabilities(
    part_checksums=True, checks_bodies=True, etag_is_md5=True, conditional_put=True, conditional_replace=True,
    conditional_complete=True,
)  # fmt: skip
"""A store that can do all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReceipt:
    """What a store answered to a part; also what ``complete`` names it by.

    Attributes:
        number: of the part, from 1.
        etag: as the store said it, without quotes.
        checksum: SHA-256 in hexadecimal as the store said it; None where it says none.
    """

    number: int
    etag: str
    checksum: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPart:
    """A part of a pending upload, as the store has it.

    Attributes:
        changed_at: when it came, by the store's clock, in seconds since 1970.
    """

    number: int
    size_bytes: int
    etag: str
    checksum: str | None = None
    changed_at: float = 0.0

    def receipt(self) -> PartReceipt:
        """Return what the store answered, or would have answered, when the part was put."""
        return PartReceipt(number=self.number, etag=self.etag, checksum=self.checksum)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingUpload:
    """An upload that was begun and neither completed nor aborted.

    Attributes:
        begun_at: by the store's clock, in seconds since 1970.
    """

    key: str
    upload_id: str
    begun_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """An object that is whole.

    Attributes:
        etag: without quotes. It is a hash of the file only for what was put whole: never compare it with one (4.4).
        changed_at: by the store's clock, in seconds since 1970.
        metadata: what was said about it when it was made, names in lower case; empty in listings.
        checksum: the SHA-256 the store knows: of the whole in hexadecimal, or, for what came in parts, of the parts' SHA-256s
            with ``-`` and their number; None in listings and where it knows none.
        parts: how many parts it came in, if that is known.
    """

    key: str
    size_bytes: int
    etag: str
    changed_at: float
    metadata: Mapping[str, str] = field(default_factory=dict)
    checksum: str | None = None
    parts: int | None = None
