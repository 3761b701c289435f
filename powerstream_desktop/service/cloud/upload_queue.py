"""The queue of uploads as it is kept: what comes into it, what goes, and what is next. Jobs of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UNDER_WAY, UploadEvent, UploadState
from powerstream_desktop.common.frozen_json import MalformedError
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.moments import from_ms, to_ms
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables

WORK: Final = tuple(sorted(state.value for state in (*UNDER_WAY, UploadState.CANCELLING)))
"""Words of the lives in which there is something to do."""
_WITH_FILE: Final = frozenset({AssetStatus.READY, AssetStatus.RECOVERED})
_LONGEST_BROADCAST: Final = timedelta(days=1)


def suffix_of(file: Path) -> str:
    """Return the end of a film's name as it is kept in the store."""
    return file.suffix.lower() or ".mp4"


def add(tables: Tables, asset_id: str, now: datetime) -> bool:
    """Put a replay into the queue; tell whether that is something new."""
    asset = tables.assets.get(asset_id)
    record = read_record(tables, asset_id)
    if record is None or record.state is UploadState.CANCELLED:
        _put_new(tables, asset, now)
        return True
    if record.state is UploadState.CANCELLING:
        raise ConflictError("This upload is just being given up.", hint="Try again in a moment.")
    if record.state is UploadState.FAILED:
        keep_record(tables, record, replace(record, next_try_at_ms=0), now)
    return False


def put_first(tables: Tables, asset_id: str) -> None:
    """Put an upload before all others; UnknownRecordError if it is not in the queue."""
    upload = tables.uploads.get(asset_id)
    if upload is None or upload.life not in WORK:
        raise UnknownRecordError("This replay is not in the queue.", hint="Upload it first.")
    tables.uploads.put(replace(upload, rank=tables.uploads.first_rank()))


def _put_new(tables: Tables, asset: Asset, now: datetime) -> None:
    upload = keep_record(tables, None, _new_record(asset), now)
    tables.uploads.put(replace(upload, bytes_total=asset.size_bytes))


def _new_record(asset: Asset) -> UploadRecord:
    if asset.file is None or asset.status not in _WITH_FILE:
        raise ConflictError(
            "This replay has no finished file on this computer.", hint="Upload it where it was recorded."
        )
    try:
        return UploadRecord(asset_id=asset.id, suffix=suffix_of(Path(asset.file)))
    except MalformedError:
        raise ConflictError(
            "The cloud takes no replay with such an id or such a file.", hint="Import its film anew as MP4."
        ) from None


def add_new(tables: Tables, now: datetime, *, is_chosen: bool) -> tuple[str, ...]:
    """Put all replays into the queue that came since it was chosen and were never asked for; return those."""
    since = tables.cloud.fact(CloudFact.AUTOMATIC_SINCE_MS)
    if not is_chosen:
        if since is not None:
            tables.cloud.keep_fact(CloudFact.AUTOMATIC_SINCE_MS, None)
        return ()
    if since is None:
        since = str(to_ms(now))
        tables.cloud.keep_fact(CloudFact.AUTOMATIC_SINCE_MS, since)
    # A broadcast that ran when it was chosen is one of those that are meant.
    begins = from_ms(int(since)) - _LONGEST_BROADCAST
    fresh = [each for each in tables.assets.with_files() if each.recorded_at >= begins]
    known = tables.uploads.of_assets([each.id for each in fresh])
    added = [each for each in fresh if each.id not in known]
    return tuple(asset.id for asset in added if _is_put(tables, asset, now))


def _is_put(tables: Tables, asset: Asset, now: datetime) -> bool:
    try:
        _put_new(tables, asset, now)
    except ConflictError:
        return False
    return True


def cancel(tables: Tables, asset_id: str, now: datetime) -> bool:
    """Have an upload given up that is not done; tell whether there was one."""
    record = read_record(tables, asset_id)
    if record is None or record.state not in UNDER_WAY:
        return False
    gone = record.after(UploadEvent.UNWANTED, trouble=None, next_try_at_ms=0)
    if not record.key:
        gone = gone.after(UploadEvent.GONE)  # the store has never heard of it
    keep_record(tables, record, gone, now)
    return True


def try_all_at_once(tables: Tables, now: datetime) -> None:
    """Have no upload wait any longer because of a trouble."""
    for upload in tables.uploads.living((UploadState.FAILED.value, UploadState.CANCELLING.value)):
        record = read_record(tables, upload.asset_id)
        if record is not None:
            keep_record(tables, record, replace(record, next_try_at_ms=0), now)


def with_file(tables: Tables, asset_id: str) -> tuple[UploadRecord, Path | None, int] | None:
    """Return an upload, where its file is, and how long that is; None if there is nothing to send any more."""
    record = read_record(tables, asset_id)
    if record is None or record.state is UploadState.CANCELLING:
        return None if record is None else (record, None, record.size_bytes)
    try:
        asset = tables.assets.get(asset_id)
    except UnknownRecordError:
        return None
    return None if asset.file is None else (record, Path(asset.file), record.size_bytes or asset.size_bytes)
