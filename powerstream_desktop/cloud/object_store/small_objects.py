"""What both adapters ask before they write a small object."""

from __future__ import annotations

from powerstream_desktop.cloud.object_store.object_store import MAX_SMALL_BYTES, ObjectStore
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.errors import BugError


def guard_put(store: ObjectStore, key: str, *, if_match: str | None, if_absent: bool) -> None:
    """Ask a store that knows no conditions whether they hold. Between this and the write another device may come.

    Raises:
        StoreTrouble: with ``EXISTS`` or ``CHANGED`` if they do not.
    """
    if not if_absent and if_match is None:
        return
    there = store.head(key)
    if if_absent and there is not None:
        raise StoreTrouble(TroubleCode.EXISTS)
    if if_match is not None and (there is None or there.etag != if_match):
        raise StoreTrouble(TroubleCode.CHANGED)


def checked_small(data: bytes) -> bytes:
    """Return the data.

    Raises:
        BugError: it is too long to be written whole.
    """
    if len(data) > MAX_SMALL_BYTES:
        raise BugError("An object of this size is sent in parts.", detail=f"{len(data)} bytes")
    return data
