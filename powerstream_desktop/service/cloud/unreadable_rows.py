"""Uploads whose rows cannot be read: each is begun anew, so that one of them does not stop all others for ever.

Nothing is lost by that: the store in the cloud is asked before anything is sent, and what it has is not sent again.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frozen_json import MalformedError
from powerstream_desktop.service.cloud import upload_queue
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import DamagedStoreError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import Upload

logger = logging.getLogger(__name__)


async def begin_unreadable_anew(store: Store, met: PowerStreamError, now: datetime) -> bool:
    """Replace rows that cannot be read, if that is what somebody has met; return whether there were any.

    Args:
        store: of data. To look at all rows takes it a second or more where there are thousands: nobody looks without need.
        met: what hindered.
        now: wall time with its zone.
    """
    if not isinstance(met, DamagedStoreError):
        return False
    try:
        return bool(await store.write(lambda tables: _begin_all_anew(tables, now)))
    except PowerStreamError as error:
        logger.info("Rows of uploads that cannot be read stay as they are: %s", error)
        return False


def _begin_all_anew(tables: Tables, now: datetime) -> tuple[str, ...]:
    found = tuple(each for each in tables.uploads.all() if not _is_readable(tables, each.asset_id))
    for upload in found:
        logger.warning("What was kept of the upload of %s cannot be read; it begins anew.", upload.asset_id)
        _begin_anew(tables, upload, now)
    return tuple(each.asset_id for each in found)


def _is_readable(tables: Tables, asset_id: str) -> bool:
    try:
        read_record(tables, asset_id)
    except DamagedStoreError:
        return False
    return True


def _begin_anew(tables: Tables, upload: Upload, now: datetime) -> None:
    asset = asset_or_none(tables, upload.asset_id)
    tables.uploads.remove(upload.asset_id)
    if asset is None or upload.life == UploadState.CANCELLED.value:
        return
    if asset.file is None:
        # What the bucket says of its copy is read once more; what is not told there yet is not forgotten.
        manifest = tables.cloud.manifest(asset.id)
        if manifest is not None:
            tables.cloud.put_manifest(replace(manifest, etag=None))
        return
    try:
        record = UploadRecord(asset_id=asset.id, suffix=upload_queue.suffix_of(Path(asset.file)))
    except MalformedError:
        return
    keep_record(tables, None, record, now)
