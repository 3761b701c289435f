"""Which uploads a store has of one content."""

from __future__ import annotations

from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import PendingUpload, StoredPart


def pending_of(tools: Tools, key: str) -> tuple[PendingUpload, ...]:
    """Return the uploads of a key that were begun and are not complete; none where the store does not tell.

    Raises:
        StoreTrouble: the store could not be asked this time.
    """
    try:
        pending = tools.endpoint.ask_again(tools.errand, lambda: tuple(tools.store.pending(key)))
    except StoreTrouble as trouble:
        if trouble.is_worth_retrying:
            raise
        return ()
    return tuple(each for each in pending if each.key == key)


def has_parts(tools: Tools, pending: PendingUpload) -> bool | None:
    """Return whether anything of an upload has been sent; None and errors as ``parts_of``."""
    parts = parts_of(tools, pending)
    return None if parts is None else bool(parts)


def parts_of(tools: Tools, pending: PendingUpload) -> tuple[StoredPart, ...] | None:
    """Return what has been sent of an upload; None where it is gone, or the store does not tell.

    Raises:
        StoreTrouble: the store could not be asked this time.
    """
    try:
        return tuple(
            tools.endpoint.ask_again(tools.errand, lambda: tools.store.parts(pending.key, pending.upload_id))
        )
    except StoreTrouble as trouble:
        if trouble.kind not in {TroubleCode.GONE, TroubleCode.UNSUPPORTED}:
            raise
        return None
