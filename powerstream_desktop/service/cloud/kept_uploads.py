"""Uploads' records in the store: written step by step, as they change, and put together again. Jobs of the store, and pure words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads import upload_record, upload_states
from powerstream_desktop.cloud.uploads.record_changes import change_between, head_of
from powerstream_desktop.cloud.uploads.upload_record import (
    UploadRecord,
    record_from_words,
    record_to_words,
)
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.service.store.moments import from_ms
from powerstream_desktop.service.store.store_faults import DamagedStoreError, damaged
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import Upload, UploadState, UploadTrouble

_Life = upload_states.UploadState
_SHOWN: Final = {
    _Life.WAITING: UploadState.WAITING,
    _Life.HASHING: UploadState.HASHING,
    _Life.HASHED: UploadState.UPLOADING,
    _Life.SENDING: UploadState.UPLOADING,
    _Life.COMPLETING: UploadState.VERIFYING,
    _Life.COMPLETED: UploadState.VERIFYING,
    _Life.VERIFIED: UploadState.SYNCED,
    _Life.REGISTERED: UploadState.SYNCED,
    _Life.ACKNOWLEDGED: UploadState.SYNCED,
    _Life.EVICTED: UploadState.EVICTED,
    _Life.CANCELLING: UploadState.CANCELLING,
    _Life.CANCELLED: UploadState.CANCELLED,
    _Life.FAILED: UploadState.FAILED,
}


_WITH_COPY: Final = frozenset(each.value for each in upload_states.IN_THE_CLOUD)


def shown_state(record: UploadRecord) -> UploadState:
    """Return what people are told of an upload."""
    return _SHOWN[record.state]


def read_record(tables: Tables, asset_id: str) -> UploadRecord | None:
    """Return the whole record of an upload; None if there is none in the store of the settings.

    Raises:
        DamagedStoreError: what is kept cannot be one.
    """
    kept = tables.uploads.get(asset_id)
    if kept is None or kept.state is UploadState.ELSEWHERE:
        return None
    head, hashes, parts = head_in(kept), tables.uploads.hashes(asset_id), tables.uploads.parts(asset_id)
    try:
        return replace(
            head,
            part_sha256s=tuple(json.loads(hashes)) if hashes else (),
            receipts=tuple(from_json(PartReceipt, parse_json(words)) for words in parts.values()),
        )
    except (ValueError, TypeError) as error:
        raise damaged(f"upload {asset_id}: {error}") from None


def head_in(kept: Upload) -> UploadRecord:
    """Return an upload's record without its parts; DamagedStoreError if it cannot be one."""
    try:
        return record_from_words(parse_json(kept.record))
    except MalformedError as error:
        raise damaged(f"upload {kept.asset_id}: {error}") from None


def verified_at(kept: Upload) -> datetime | None:
    """Return when a copy was last found good; None for never, or by another computer, or where its row cannot be read."""
    if kept.life not in _WITH_COPY:
        return None
    try:
        head = head_in(kept)
    except DamagedStoreError:  # one row hides no list of replays; whoever works with it begins it anew
        return None
    at_ms = max(head.verified_at_ms, head.checked_at_ms)
    return from_ms(at_ms) if at_ms else None


def owned_upload_ids(tables: Tables) -> tuple[str, ...]:
    """Return what the store in the cloud calls the uploads that are ours."""
    found = (head_in(each).upload_id for each in tables.uploads.all())
    return tuple(upload_id for upload_id in found if upload_id is not None)


def keep_record(tables: Tables, before: UploadRecord | None, record: UploadRecord, now: datetime) -> Upload:
    """Keep what a step has changed of an upload, and return it as it is shown.

    Args:
        tables: of the store.
        before: as it was kept last; None for a new one.
        record: as it is now.
        now: wall time with its zone.
    """
    kept = tables.uploads.get(record.asset_id)
    upload = replace(
        kept or _new(tables, record, now),
        state=shown_state(record),
        life=record.state.value,
        record=write_json(record_to_words(head_of(record))),
        bytes_done=record.sent_bytes,
        bytes_total=record.size_bytes or (0 if kept is None else kept.bytes_total),
        trouble=_trouble(record.trouble),
        changed_at=now,
    )
    tables.uploads.put(upload)
    _keep_parts(tables, before, record)
    return upload


def _keep_parts(tables: Tables, before: UploadRecord | None, record: UploadRecord) -> None:
    change = change_between(before or replace(head_of(record)), record)
    if change.part_sha256s is not None or before is None:
        hashes: Any = list(record.part_sha256s)
        tables.uploads.keep_hashes(record.asset_id, write_json(hashes) if hashes else "")
    if change.is_anew or before is None:
        tables.uploads.forget_parts(record.asset_id, tuple(tables.uploads.parts(record.asset_id)))
    tables.uploads.keep_parts(
        record.asset_id, {each.number: write_json(to_json(each)) for each in change.receipts}
    )


def _new(tables: Tables, record: UploadRecord, now: datetime) -> Upload:
    return Upload(
        asset_id=record.asset_id,
        rank=tables.uploads.next_rank(),
        state=shown_state(record),
        changed_at=now,
    )


def _trouble(trouble: upload_record.UploadTrouble | None) -> UploadTrouble | None:
    if trouble is None:
        return None
    return UploadTrouble(code=trouble.code, sentence=trouble.sentence, remedy=trouble.remedy)
