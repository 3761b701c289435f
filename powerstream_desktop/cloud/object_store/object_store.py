"""The port: what an upload, a download and the manifests ask of a store, whatever it is.

Every method blocks, and may be called from several threads at once. Nothing here tries again: who asked knows whether that is
safe (reliability_security.md 4.8). Keys are whole, prefix included, and such as ``object_keys`` lets pass. What fails raises
``StoreTrouble``; what a body raises (``HeldUpError``, a disk's fault) passes through unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.stored_words import (
    PartReceipt,
    PendingUpload,
    StoreCapabilities,
    StoredObject,
    StoredPart,
)

MAX_SMALL_BYTES: Final = 4 * 1024 * 1024
"""The longest object that ``put`` takes: a thumbnail or a manifest. All else goes in parts."""
READ_BYTES: Final = 256 * 1024
"""The longest piece that ``read`` gives."""
SHA256_METADATA: Final = "ps-sha256"
"""Name of the metadatum that holds the SHA-256 of the whole file, in hexadecimal (4.4)."""


class ObjectStore(Protocol):
    """A store of objects."""

    @property
    def capabilities(self) -> StoreCapabilities:
        """What the store is trusted with."""
        ...

    @property
    def vouches(self) -> bool:
        """What it says of an object's bytes it has made of them itself; a folder only repeats what was written down beside it."""
        ...

    @property
    def clock_offset_s(self) -> float:
        """How far the store's clock is ahead of ours; 0 until it has answered once."""
        ...

    def assume(self, capabilities: StoreCapabilities) -> None:
        """Trust the store with this from the next call on; what the probe does."""
        ...

    def close(self) -> None:
        """Give connections back; nothing may be called afterwards."""
        ...

    def create_upload(self, key: str, *, content_type: str, metadata: Mapping[str, str]) -> str:
        """Begin an upload in parts; its id."""
        ...

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
        """Send one part; sending it again replaces it.

        Args:
            key: as in ``create_upload``.
            upload_id: from ``create_upload``.
            number: 1 to 10,000.
            body: at its beginning, and read to its end. Its place in the file is its place in the object.
            size_bytes: of the body.
            sha256: of the body, in hexadecimal.
            md5: of the body, as 16 bytes; wanted where ``part_checksums`` is False.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload, ``DAMAGED`` if other bytes arrived.
        """
        ...

    def parts(self, key: str, upload_id: str) -> tuple[StoredPart, ...]:
        """Return the parts the store has, by number.

        Raises:
            StoreTrouble: with ``GONE`` if there is no such upload.
        """
        ...

    def complete(
        self, key: str, upload_id: str, receipts: Sequence[PartReceipt], *, only_if_absent: bool
    ) -> None:
        """Make the parts one object.

        Args:
            key: as in ``create_upload``.
            upload_id: from ``create_upload``.
            receipts: of all parts, by number. With ``part_checksums`` each must hold its checksum, which ``parts`` may not know.
            only_if_absent: what has the key already stays. Without ``conditional_complete`` the store is asked just before.

        Raises:
            StoreTrouble: with ``EXISTS`` if the key is taken, ``GONE`` if there is no such upload (which may mean that it was
                completed), ``UNKNOWN`` if it may or may not be done now.
        """
        ...

    def abort(self, key: str, upload_id: str) -> None:
        """Give an upload up and have its parts removed; no trouble if there is none. Ask for ``parts`` to be sure."""
        ...

    def pending(self, prefix: str) -> Iterator[PendingUpload]:
        """Give the uploads below a prefix that are neither complete nor aborted."""
        ...

    def ends_stale_uploads(self) -> bool | None:
        """Tell whether the store itself gives up uploads that nobody completes; None if it does not say."""
        ...

    def head(self, key: str) -> StoredObject | None:
        """Return what the store knows about an object; None if there is none."""
        ...

    def put(
        self,
        key: str,
        data: bytes,
        *,
        content_type: str,
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> str:
        """Write a small object whole; its ETag.

        Args:
            key: where.
            data: at most ``MAX_SMALL_BYTES``.
            content_type: what it is.
            if_match: only if the object there has this ETag. Without ``conditional_replace`` the store is asked just before.
            if_absent: only if there is none. Without ``conditional_put`` the store is asked just before.

        Raises:
            StoreTrouble: with ``CHANGED`` or ``EXISTS`` if the condition did not hold.
        """
        ...

    def read(self, key: str, *, first: int = 0, size_bytes: int | None = None) -> Iterator[bytes]:
        """Give an object's bytes in pieces of at most ``READ_BYTES``.

        Args:
            key: which.
            first: offset of the first byte.
            size_bytes: how many; None for all the rest.

        Raises:
            StoreTrouble: with ``GONE`` if there is none, ``DAMAGED`` if fewer or more bytes came than the store announced.
        """
        ...

    def list(self, prefix: str, *, after: str = "") -> Iterator[StoredObject]:
        """Give the objects below a prefix, a page in memory at a time.

        They come in an order that does not change: with nearly every store that of the keys, with SeaweedFS a folder before what
        only begins like it.

        Args:
            prefix: of the keys.
            after: only those that come behind this one in that order.
        """
        ...

    def delete(self, key: str) -> None:
        """Remove an object; no trouble if there is none."""
        ...

    def link(self, key: str, *, for_s: int) -> str:
        """Return an address from which anybody may read the object.

        Args:
            key: which.
            for_s: how long it should do, 1 to 604,800; an address of the public base holds for ever.

        Raises:
            StoreTrouble: with ``UNSUPPORTED`` if a folder has no public address.
        """
        ...
