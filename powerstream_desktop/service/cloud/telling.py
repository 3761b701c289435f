"""After a pass: which uploads all computers have been told of, as their manifests in the bucket say. A job of the store (I3)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from powerstream_desktop.cloud.uploads.invariants import assert_may_be_told
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.library_shelf import load_kept
from powerstream_desktop.service.cloud.registration_notes import is_told
from powerstream_desktop.service.store.tables import Tables

_UNTOLD: Final = (UploadState.VERIFIED.value, UploadState.REGISTERED.value)


def acknowledge_told(tables: Tables, now: datetime, *, has_backend: bool = False) -> tuple[str, ...]:
    """Note of uploads that the bucket's manifest names them, and the PowerStream server if there is one; return whose these are."""
    told: list[str] = []
    for upload in tables.uploads.living(_UNTOLD):
        kept, record = load_kept(tables, upload.asset_id), read_record(tables, upload.asset_id)
        if kept is None or record is None or kept.is_ahead:
            continue
        media = kept.manifest.file_in_store
        if media is None or media.sha256 != record.sha256 or kept.manifest.is_deleted:
            continue
        if has_backend and not is_told(tables, upload.asset_id, record.sha256):
            continue
        assert_may_be_told(record)
        registered = record.after(UploadEvent.TOLD)
        keep_record(tables, record, registered.after(UploadEvent.CONFIRMED), now)
        told.append(upload.asset_id)
    return tuple(told)
