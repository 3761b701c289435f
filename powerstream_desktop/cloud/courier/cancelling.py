"""Takes back what was begun at the store: of an upload that is not wanted any more, and of those that nobody remembers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from powerstream_desktop.cloud.courier.errand import GivenUpError
from powerstream_desktop.cloud.courier.pending_uploads import has_parts, parts_of, pending_of
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import PendingUpload
from powerstream_desktop.cloud.uploads.proof import Proof, weigh
from powerstream_desktop.cloud.uploads.retry_policy import later
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent
from powerstream_desktop.common.errors import BugError, PowerStreamError

ORPHAN_S: Final = 24 * 3600.0
"""An upload that we do not know, and that has got on since, may be another machine's, which is at it."""
_LOOKS: Final = 20
_LOOK_EVERY_S: Final = 0.5


def cancel(tools: Tools, record: UploadRecord) -> UploadRecord:
    """Take an upload back until the store says that nothing of it is left.

    Args:
        tools: of the job.
        record: of an upload that is not verified.

    Returns:
        the record as it was kept last: cancelled, completed if the object is there already, or still cancelling, with a trouble and
        the time of the next attempt.

    Raises:
        GivenUpError: the service ends.
        BugError: the upload cannot be cancelled any more.
    """
    record = record.after(UploadEvent.UNWANTED, trouble=None, next_try_at_ms=0)
    tools.keep(record)
    try:
        for upload_id in _upload_ids(tools, record):
            _abort(tools, record.key, upload_id)
        if _was_completing(record) and (etag := _completed(tools, record)) is not None:
            record = record.after(UploadEvent.FOUND, etag=etag, attempt=0)
        else:
            record = record.after(UploadEvent.GONE, upload_id=None, receipts=(), attempt=0)
    except (GivenUpError, BugError):
        raise
    except PowerStreamError as error:
        record = later(record, error, now_ms=tools.now_ms(), rng=tools.rng)
    tools.keep(record)
    return record


def abort_orphans(tools: Tools, prefix: str, owned: Collection[str]) -> int:
    """Give up uploads that nobody remembers; return how many.

    Args:
        tools: of the job.
        prefix: of their keys.
        owned: ids of uploads that somebody remembers.

    Raises:
        StoreTrouble: the store cannot be asked.
    """
    pending = tools.endpoint.ask_again(tools.errand, lambda: list(tools.store.pending(prefix)))
    oldest_s = tools.now_ms() / 1000 + tools.store.clock_offset_s - ORPHAN_S
    old = [each for each in pending if each.upload_id not in owned and each.begun_at < oldest_s]
    orphans = [each for each in old if _last_sign_of_life(tools, each) < oldest_s]
    for each in orphans:
        _abort(tools, each.key, each.upload_id)
    return len(orphans)


def _last_sign_of_life(tools: Tools, pending: PendingUpload) -> float:
    """Return when the last part of an upload came: over a slow line another machine may send one film for days."""
    return max((part.changed_at for part in parts_of(tools, pending) or ()), default=pending.begun_at)


def _upload_ids(tools: Tools, record: UploadRecord) -> list[str]:
    """Return the upload that is ours, and any of the same content that a crash kept from being kept.

    Nothing is ever sent to one that was not kept. One that has parts is another computer's, which is at it (V26).
    """
    found = [] if record.upload_id is None or record.is_shared else [record.upload_id]
    if record.key:
        there = [each for each in pending_of(tools, record.key) if each.upload_id != record.upload_id]
        found += [each.upload_id for each in there if has_parts(tools, each) is False]
    return found


def _abort(tools: Tools, key: str, upload_id: str) -> None:
    """Abort until the store knows no parts any more: one that was on its way may have come in behind the first abort."""
    for _ in range(_LOOKS):
        tools.endpoint.ask_again(tools.errand, lambda: tools.store.abort(key, upload_id))
        try:
            tools.endpoint.ask_again(tools.errand, lambda: tools.store.parts(key, upload_id))
        except StoreTrouble as trouble:
            if trouble.kind in {TroubleCode.GONE, TroubleCode.UNSUPPORTED}:
                return
            raise
        tools.errand.wait(_LOOK_EVERY_S)
    raise StoreTrouble(TroubleCode.UNKNOWN, detail="an aborted upload is still there")


def _was_completing(record: UploadRecord) -> bool:
    return bool(record.receipts) and len(record.receipts) == len(record.plan)


def _completed(tools: Tools, record: UploadRecord) -> str | None:
    """Return the ETag of the object if its completion was quicker than its cancellation."""
    seen = tools.endpoint.ask_again(tools.errand, lambda: tools.store.head(record.key))
    if seen is None:
        return None
    proof = weigh(record, seen, etags_are_md5=tools.store.capabilities.etag_is_md5)
    return None if proof is Proof.OTHER else seen.etag
