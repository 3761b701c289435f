"""The queue of uploads as it is kept: what comes into it, what goes, and what is next. Jobs of the store."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.uploads.retry_policy import failed, later
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD, UNDER_WAY, UploadEvent, UploadState
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.common.frozen_json import MalformedError
from powerstream_desktop.service.cloud.kept_uploads import head_in, keep_record, read_record
from powerstream_desktop.service.cloud.troubles import tells_against_copy
from powerstream_desktop.service.store import uploads
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.moments import from_ms, to_ms
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables

WORK: Final = tuple(sorted(state.value for state in (*UNDER_WAY, UploadState.CANCELLING)))
"""Words of the lives in which there is something to do."""
TO_SEND: Final = tuple(sorted(state.value for state in UNDER_WAY))
"""Words of those in which something is still to be sent."""
ELSEWHERE: Final = "elsewhere"
"""The word of a life that goes on in another store only."""
_WITH_FILE: Final = frozenset({AssetStatus.READY, AssetStatus.RECOVERED})
_LONGEST_BROADCAST: Final = timedelta(days=1)
_WISH_HOLDS: Final = timedelta(days=2)
"""What was said of a broadcast is done at its end, or at the next start if that did not come to it."""
_MOST_AHEAD_MS: Final = 2 * 3600 * 1000
"""No trouble makes an upload wait for longer: what says so was written while the clock was wrong."""

_OUR_MISTAKE: Final = BugError(
    "PowerStream made a mistake with this upload.",
    hint="The others go on, and this one is tried again in an hour. Send us the log.",
)


def suffix_of(file: Path) -> str:
    """Return the end of a film's name as it is kept in the store."""
    return file.suffix.lower() or ".mp4"


def add(tables: Tables, asset_id: str, now: datetime) -> bool:
    """Put a replay into the queue; tell whether that is something new."""
    asset, record = tables.assets.get(asset_id), read_record(tables, asset_id)
    if record is None or record.state is UploadState.CANCELLED:
        _put_new(tables, asset, now)
        return True
    if _is_to_be_brought_again(tables, asset, record):
        _put_new(tables, asset, now, is_doubted=True)
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


def _is_to_be_brought_again(tables: Tables, asset: Asset, record: UploadRecord) -> bool:
    """Return whether a copy that was verified once is not to be relied on: it was found to be bad, or its file came back by other ways."""
    if record.state not in IN_THE_CLOUD or asset.file is None:
        return False
    upload = tables.uploads.get(asset.id)
    trouble = None if upload is None else upload.trouble
    return record.state is UploadState.EVICTED or (trouble is not None and tells_against_copy(trouble))


def _put_new(tables: Tables, asset: Asset, now: datetime, *, is_doubted: bool = False) -> None:
    upload = keep_record(tables, None, replace(_new_record(asset), is_doubted=is_doubted), now)
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


def add_new(tables: Tables, now: datetime, *, is_chosen: bool | None) -> tuple[str, ...]:
    """Put all replays into the queue that are to be uploaded by themselves and were never asked for; return those.

    These are what came since that was chosen for all, but for broadcasts of which somebody said otherwise, and those of which
    somebody said so.

    Args:
        tables: of the store.
        now: wall time.
        is_chosen: for all replays, from now on; None while there is no store.
    """
    begins = _chosen_since(tables, now, is_chosen=is_chosen is True)
    if is_chosen is None:
        return ()
    # A broadcast that ran when it was chosen is one of those that are meant.
    since = None if begins is None else begins - _LONGEST_BROADCAST
    wished_since = now - _WISH_HOLDS
    fresh = [
        each
        for each in tables.assets.with_files()
        if (since is not None and each.recorded_at >= since)
        or (each.session_id is not None and each.recorded_at >= wished_since)
    ]
    known = {
        each.asset_id
        for each in tables.uploads.of_assets([each.id for each in fresh]).values()
        if each.state is not uploads.UploadState.ELSEWHERE
    }
    left = [each for each in fresh if each.id not in known and not _was_removed(tables, each.id)]
    wishes = tables.sessions.upload_wishes([each.session_id for each in left if each.session_id is not None])
    return tuple(
        asset.id
        for asset in left
        if wishes.get(asset.session_id or "", since is not None and asset.recorded_at >= since)
        and _is_put(tables, asset, now)
    )


def _chosen_since(tables: Tables, now: datetime, *, is_chosen: bool) -> datetime | None:
    """Return since when all replays are uploaded; None if they are not."""
    since = tables.cloud.fact(CloudFact.AUTOMATIC_SINCE_MS)
    if not is_chosen:
        if since is not None:
            tables.cloud.keep_fact(CloudFact.AUTOMATIC_SINCE_MS, None)
        return None
    if since is None or int(since) > to_ms(now):  # it was written while the clock was ahead
        since = str(to_ms(now))
        tables.cloud.keep_fact(CloudFact.AUTOMATIC_SINCE_MS, since)
    return from_ms(int(since))


def _was_removed(tables: Tables, asset_id: str) -> bool:
    """Return whether a replay was removed for all computers; its file here is this one's only, unless somebody wants it otherwise."""
    manifest = tables.cloud.manifest(asset_id)
    return manifest is not None and manifest.is_deleted


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


def is_to_be_sent(tables: Tables, asset_id: str) -> bool:
    """Return whether a replay is on its way, or waits for that."""
    upload = tables.uploads.get(asset_id)
    return upload is not None and upload.life in TO_SEND


def try_all_at_once(tables: Tables, now: datetime) -> None:
    """Have no upload wait any longer because of a trouble."""
    for upload in tables.uploads.living((UploadState.FAILED.value, UploadState.CANCELLING.value)):
        record = read_record(tables, upload.asset_id)
        if record is not None:
            keep_record(tables, record, replace(record, next_try_at_ms=0), now)


def next_up(tables: Tables, now_ms: int) -> tuple[UploadRecord | None, int | None]:
    """Return the next upload that is due, without its parts, and when the first one is due; None for none.

    Args:
        tables: of the store.
        now_ms: wall time in milliseconds since 1970.
    """
    first_ms: int | None = None
    for upload in tables.uploads.living(WORK):
        head = head_in(upload)
        if not now_ms < head.next_try_at_ms <= now_ms + _MOST_AHEAD_MS:
            return head, now_ms
        first_ms = min(first_ms or head.next_try_at_ms, head.next_try_at_ms)
    return None, first_ms


def with_file(tables: Tables, asset_id: str) -> tuple[UploadRecord, Path | None, int] | None:
    """Return an upload, where its file is, and how long that is; None if there is nothing to do any more."""
    record = read_record(tables, asset_id)
    if record is None or record.state.value not in WORK:
        return None
    if record.state is UploadState.CANCELLING:
        return record, None, record.size_bytes
    try:
        asset = tables.assets.get(asset_id)
    except UnknownRecordError:
        return None
    return None if asset.file is None else (record, Path(asset.file), record.size_bytes or asset.size_bytes)


def keep_step(tables: Tables, before: UploadRecord, record: UploadRecord, now: datetime) -> bool:
    """Keep what a step has changed, and tell whether that was done: not if somebody has said something else of the upload meanwhile."""
    kept = tables.uploads.get(record.asset_id)
    if kept is None or kept.life != before.state.value:
        return False
    keep_record(tables, before, record, now)
    return True


def put_off(tables: Tables, before: UploadRecord, error: Exception, now: datetime) -> bool:
    """Keep why an upload could not go on, with the time at which it is tried again, so that the others have their turn.

    Args:
        tables: of the store.
        before: as its step was kept last; False is returned if somebody has said something else of it meanwhile.
        error: what ended it; anything that is no failure of the known kinds is a mistake of ours.
        now: wall time with its zone.
    """
    told = error if isinstance(error, PowerStreamError) and not isinstance(error, BugError) else _OUR_MISTAKE
    now_ms, rng = to_ms(now), random.SystemRandom()
    match before.state:
        case UploadState.CANCELLING:
            record = later(before, told, now_ms=now_ms, rng=rng)
        case UploadState.FAILED:  # it broke before it could be said that it is tried again
            record = failed(before.after(UploadEvent.RETRIED), told, now_ms=now_ms, rng=rng)
        case _ if before.state in UNDER_WAY:
            record = failed(before, told, now_ms=now_ms, rng=rng)
        case _:
            return False
    return keep_step(tables, before, record, now)


def begin_anew(tables: Tables, was_place: str) -> None:
    """Forget what another store has: what was on its way there is brought to the new one, and what is there alone is known to be so.

    Args:
        tables: of the store.
        was_place: the other one in a few words; empty if they are not known.
    """
    for upload in tables.uploads.living(WORK):
        record = head_in(upload)
        if record.state is not UploadState.CANCELLING:
            fresh = UploadRecord(asset_id=record.asset_id, suffix=record.suffix)
            keep_record(tables, None, fresh, upload.changed_at)
    for upload in tables.uploads.living((UploadState.EVICTED.value,)):
        tables.uploads.put(_elsewhere(upload, was_place))
    tables.uploads.remove_all_but((uploads.UploadState.ELSEWHERE, uploads.UploadState.WAITING))


def _elsewhere(upload: uploads.Upload, was_place: str) -> uploads.Upload:
    """Return the upload of a replay whose only copy stays behind; what a store that is chosen says of it takes its place."""
    return replace(
        upload,
        state=uploads.UploadState.ELSEWHERE,
        life=ELSEWHERE,
        wanted=None,
        trouble=uploads.UploadTrouble(
            code=ELSEWHERE,
            sentence=f"The only copy of this replay is in {was_place}, which is not the store of the settings."
            if was_place
            else "The only copy of this replay is in a store that is not that of the settings.",
            remedy="Choose that store again to watch the replay, or remove the replay from the library.",
        ),
    )
