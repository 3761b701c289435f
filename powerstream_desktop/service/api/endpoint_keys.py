"""Endpoints and their keys are changed together: the key first, then the row, then the old key goes.

Whatever fails on the way, the endpoint is either as it was, with its old key, or as it shall be, with the new one. At worst a
key is left in the keyring that no endpoint names, and that is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.api.endpoint_entry import EndpointEntry
from powerstream_desktop.service.api.parts import APIParts
from powerstream_desktop.service.store.endpoints import SavedEndpoint
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables

logger = logging.getLogger(__name__)


async def save_endpoint(parts: APIParts, entry: EndpointEntry, *, is_new: bool) -> SavedEndpoint:
    """Save an endpoint with its key, have a broadcast that runs take it, and return it.

    Args:
        parts: of the service.
        entry: what is to be saved.
        is_new: ConflictError if there is one of this id; otherwise it takes its place.
    """
    key_ref = await parts.secrets.keep(entry.key) if entry.key else None
    try:
        replaced_ref, saved = await parts.store.write(lambda tables: _put(tables, entry, key_ref, is_new))
    except PowerStreamError:
        if key_ref is not None and not await _is_used(parts, entry.endpoint.id, key_ref):
            await forget_keys(parts, (key_ref,))
        raise
    if replaced_ref is not None and replaced_ref != saved.key_ref:
        await forget_keys(parts, (replaced_ref,))
    await parts.multistream.endpoints_changed()
    return saved


async def forget_keys(parts: APIParts, key_refs: Iterable[str]) -> None:
    """Delete keys that no endpoint names any more."""
    for key_ref in key_refs:
        try:
            await parts.secrets.forget(key_ref)
        except PowerStreamError as error:
            logger.warning("a key that nobody needs stays in the keyring as %s: %s", key_ref, error.title)


def _put(
    tables: Tables, entry: EndpointEntry, key_ref: str | None, is_new: bool
) -> tuple[str | None, SavedEndpoint]:
    """Return the reference that stood there before, and what stands there now."""
    before = None if is_new else _found(tables, entry.endpoint.id)
    row = entry.following(before, key_ref)
    if before is None:
        return None, tables.endpoints.add(row)
    return before.key_ref, tables.endpoints.change(row)


def _found(tables: Tables, endpoint_id: str) -> SavedEndpoint | None:
    try:
        return tables.endpoints.get(endpoint_id)
    except UnknownRecordError:
        return None


async def _is_used(parts: APIParts, endpoint_id: str, key_ref: str) -> bool:
    """Tell whether an endpoint has this key after all: a disk that was too slow to say so may still have saved it."""
    try:
        saved = await parts.store.read(lambda tables: _found(tables, endpoint_id))
    except PowerStreamError:
        return True
    return saved is not None and saved.key_ref == key_ref
