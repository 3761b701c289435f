"""Sends one part, and makes sure that what arrived is what was planned, whatever the store and the disk do meanwhile."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from powerstream_desktop.cloud.courier.body_turns import BodyTurns
from powerstream_desktop.cloud.courier.endpoint import Endpoint
from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.fingerprint import read_exactly, unreadable
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads.file_mark import FileChangedError, mark_of
from powerstream_desktop.cloud.uploads.part_plan import Part
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord

_PIECE_BYTES: Final = 256 * 1024


def send_part(
    store: ObjectStore,
    endpoint: Endpoint,
    errand: Errand,
    record: UploadRecord,
    file: Path,
    part: Part,
    take: Callable[[int], None],
    turns: BodyTurns,
) -> PartReceipt:
    """Send one part of a file, again if need be.

    Args:
        store: where to.
        endpoint: the store's.
        errand: of whom it is sent for.
        record: with an upload that the store knows.
        file: which.
        part: which.
        take: asked before each piece; what it raises passes through.
        turns: of the bodies of this upload.

    Raises:
        FileChangedError: the file is not the one that was read.
        StoreTrouble: the store does not take it.
        SystemFault: the disk does not give it.
        GivenUpError: nobody wants it any more.
    """
    assert record.upload_id is not None  # noqa: S101 - the caller's promise
    upload_id = record.upload_id
    try:
        with file.open("rb", buffering=0) as opened:
            if mark_of(os.fstat(opened.fileno())) != record.mark:
                raise FileChangedError(file.name)
            md5 = None if store.capabilities.part_checksums else _md5(opened, part, file.name)

            def send() -> PartReceipt:
                with turns.wait_for(part.size_bytes, errand) as turn:

                    def give(size_bytes: int) -> None:
                        take(size_bytes)
                        turn.gave(size_bytes)

                    return _sent(store, record, opened, part, give, upload_id, md5)

            # What a store means that only fails, its list of parts tells.
            return endpoint.ask_again(errand, send, unless=TroubleCode.UNKNOWN)
    except OSError as error:
        raise unreadable(file, error) from error


def md5_of(file: Path, part: Part) -> str:
    """Return the MD5 of a part, in hexadecimal digits: by it many a store knows its parts.

    Raises:
        FileChangedError: the file is shorter.
        SystemFault: it cannot be read.
    """
    try:
        with file.open("rb", buffering=0) as opened:
            return _md5(opened, part, file.name).hex()
    except OSError as error:
        raise unreadable(file, error) from error


def _sent(
    store: ObjectStore,
    record: UploadRecord,
    opened: BinaryIO,
    part: Part,
    give: Callable[[int], None],
    upload_id: str,
    md5: bytes | None,
) -> PartReceipt:
    planned = record.part_sha256s[part.number - 1]
    body = PartBody(opened, first=part.first, size_bytes=part.size_bytes, take=give)
    try:
        receipt = store.put_part(
            record.key, upload_id, part.number, body, size_bytes=part.size_bytes, sha256=planned, md5=md5
        )
    except StoreTrouble as trouble:
        # The store has seen other bytes than were planned. So has the file, or else they changed on their way.
        if trouble.kind is TroubleCode.DAMAGED and _is_other(opened, part, planned, record):
            raise FileChangedError(_name(opened)) from trouble
        raise
    if body.sha256_hex() != planned:
        raise FileChangedError(_name(opened))
    is_right = receipt.checksum in {None, planned}
    if md5 is not None and store.capabilities.etag_is_md5:
        is_right = is_right and receipt.etag == md5.hex()
    if not is_right:
        raise StoreTrouble(TroubleCode.DAMAGED, detail=f"part {part.number}")
    return receipt


def _is_other(opened: BinaryIO, part: Part, planned: str, record: UploadRecord) -> bool:
    if mark_of(os.fstat(opened.fileno())) != record.mark:
        return True
    found = hashlib.sha256()
    for piece in _pieces(opened, part, _name(opened)):
        found.update(piece)
    return found.hexdigest() != planned


def _md5(opened: BinaryIO, part: Part, name: str) -> bytes:
    found = hashlib.md5(usedforsecurity=False)
    for piece in _pieces(opened, part, name):
        found.update(piece)
    return found.digest()


def _pieces(opened: BinaryIO, part: Part, name: str) -> Iterator[bytes]:
    end = part.first + part.size_bytes
    for first in range(part.first, end, _PIECE_BYTES):
        yield read_exactly(opened, first, min(_PIECE_BYTES, end - first), name)


def _name(opened: BinaryIO) -> str:
    return Path(opened.name).name
