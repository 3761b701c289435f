"""Which uploads a store has of one content."""

from __future__ import annotations

from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble
from powerstream_desktop.cloud.object_store.stored_words import PendingUpload


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
