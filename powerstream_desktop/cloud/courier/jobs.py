"""What the courier does for each order."""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Callable

from powerstream_desktop.cloud.courier.cancelling import abort_orphans, cancel
from powerstream_desktop.cloud.courier.downloading import download
from powerstream_desktop.cloud.courier.endpoint import TRIES, is_asked_again
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.courier.uploading import Uploading
from powerstream_desktop.cloud.courier.words import (
    BATCH,
    MAX_DATA_BYTES,
    CancelUpload,
    CleanUp,
    DeleteObject,
    Done,
    Download,
    JobOrder,
    Listed,
    ListedObject,
    ListObjects,
    MakeLink,
    Piece,
    Probe,
    ReadObject,
    StreamObject,
    Upload,
    Verify,
    WriteObject,
)
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import StoredObject
from powerstream_desktop.common.errors import BugError


def do_job(tools: Tools, order: JobOrder, tell: Callable[[Listed | Piece], None]) -> Done:
    """Do what an order asks for.

    Args:
        tools: of the job.
        order: what to do.
        tell: takes objects of a list, or bytes, and returns when the next ones may come.

    Raises:
        PowerStreamError: it cannot be done.
    """
    match order:
        case Upload():
            Uploading(
                tools,
                order.file,
                order.record,
                parts_at_once=order.parts_at_once,
                verify_fully=order.verify_fully,
            ).run()
        case CancelUpload():
            cancel(tools, order.record)
        case Verify():
            verdict = tools.checking.check(order.record, order.file, order.level)
            return Done(job=order.job, verdict=verdict)
        case Download():
            download(tools, order.record, order.target)
        case ListObjects():
            _list(tools, order, tell)
        case StreamObject():
            for piece in tools.reading.pieces(order.key, order.first, order.size_bytes):
                tell(Piece(job=order.job, data=base64.b64encode(piece).decode()))
        case CleanUp():
            return Done(job=order.job, count=abort_orphans(tools, order.prefix, frozenset(order.owned)))
        case Probe():
            from powerstream_desktop.cloud.object_store.probe import probe_store

            return Done(job=order.job, probe=probe_store(tools.store, prefix=tools.prefix))
        case _:
            return _small(tools, order)
    return Done(job=order.job)


def _small(tools: Tools, order: ReadObject | WriteObject | DeleteObject | MakeLink) -> Done:
    """Do what concerns one small object."""
    match order:
        case ReadObject():
            return _read(tools, order)
        case WriteObject():
            data = base64.b64decode(order.data)
            etag = tools.endpoint.ask_again(
                tools.errand,
                lambda: tools.store.put(
                    order.key,
                    data,
                    content_type=order.content_type,
                    if_match=order.if_match,
                    if_absent=order.if_absent,
                ),
            )
            return Done(job=order.job, etag=etag)
        case DeleteObject():
            tools.endpoint.ask_again(tools.errand, lambda: tools.store.delete(order.key))
            return Done(job=order.job)
        case MakeLink():
            return Done(job=order.job, url=tools.store.link(order.key, for_s=order.for_s))


def _read(tools: Tools, order: ReadObject) -> Done:
    """Read an object whole; one that changes meanwhile is read again."""
    for _ in range(3):
        seen = tools.endpoint.ask_again(tools.errand, lambda: tools.store.head(order.key))
        if seen is None:
            return Done(job=order.job)
        if seen.size_bytes > MAX_DATA_BYTES:
            raise StoreTrouble(TroubleCode.INVALID, detail=f"{order.key} is {seen.size_bytes} bytes long")
        try:
            data = b"".join(tools.reading.pieces(order.key, 0, seen.size_bytes))
        except StoreTrouble as trouble:
            if trouble.kind is TroubleCode.GONE:
                return Done(job=order.job)
            raise
        if _md5(data) == seen.etag or _is_still(tools, order.key, seen.etag):
            return Done(job=order.job, data=base64.b64encode(data).decode(), etag=seen.etag)
    raise StoreTrouble(TroubleCode.CHANGED, detail=f"{order.key} changes all the time")


def _md5(data: bytes) -> str:
    """Return what many a store calls an object that was put whole: then it need not be asked once more."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _is_still(tools: Tools, key: str, etag: str) -> bool:
    seen = tools.endpoint.ask_again(tools.errand, lambda: tools.store.head(key))
    return seen is not None and seen.etag == etag


def _list(tools: Tools, order: ListObjects, listed: Callable[[Listed], None]) -> None:
    """List in batches; a listing that breaks off goes on behind the last key."""
    after, failures = order.after, 0
    coming = tools.store.list(order.prefix, after=after)
    while True:
        try:
            found = tools.endpoint.ask(tools.errand, lambda: tuple(itertools.islice(coming, BATCH)))  # noqa: B023 - called at once
        except StoreTrouble as trouble:
            failures += 1
            if failures >= TRIES or not is_asked_again(trouble) or tools.endpoint.is_broken():
                raise
            coming = tools.store.list(order.prefix, after=after)
            continue
        if not found:
            return
        failures, after = 0, found[-1].key
        listed(Listed(job=order.job, objects=tuple(map(_listed, found))))


def _listed(seen: StoredObject) -> ListedObject:
    return ListedObject(key=seen.key, size_bytes=seen.size_bytes, etag=seen.etag, changed_at=seen.changed_at)


def as_job(order: object) -> JobOrder:
    """Return an order that begins a job.

    Raises:
        BugError: it is another word.
    """
    if not isinstance(order, JobOrder):
        raise BugError("The courier was told something that it does not know.", detail=type(order).__name__)
    return order
