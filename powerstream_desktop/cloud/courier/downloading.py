"""Fetches a file back: beside its place first, hashed on its way, and put into place only when it is whole and safe on the disk."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from powerstream_desktop.cloud.courier.part_file import part_file
from powerstream_desktop.cloud.courier.transfer_tools import Tools
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.free_name import rename_to_free

_PIECE_BYTES: Final = 1024 * 1024
SPARE_BYTES: Final = 256 * 1024 * 1024
"""What a download leaves free: a recording may be running on the same disk."""


def download(tools: Tools, record: UploadRecord, target: Path) -> None:
    """Fetch a file; one that was fetched in part before goes on.

    Args:
        tools: of the job.
        record: of the object.
        target: where the file is to be; its folder exists.

    Raises:
        UserError: there is a file of this name already.
        StoreTrouble: the object cannot be read, or is not the file (``DAMAGED``, and nothing is left of it).
        SystemFault: the disk does not take it.
        GivenUpError: nobody wants it any more; what came is kept for the next attempt.
    """
    if target.exists():
        raise _taken(target)
    part = part_file(target)
    try:
        missing_bytes = record.size_bytes - (part.stat().st_size if part.is_file() else 0)
        if missing_bytes > 0 and missing_bytes + SPARE_BYTES > shutil.disk_usage(part.parent).free:
            raise _too_full(target)
        with _opened(part) as file:
            sha256 = _whole(tools, record, file)
            os.fsync(file.fileno())
        if sha256 != record.sha256:
            part.unlink()
            raise StoreTrouble(TroubleCode.DAMAGED, detail="the object holds other bytes")
        _put_in_place(part, target)
    except OSError as error:
        if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
            with contextlib.suppress(OSError):
                part.unlink()
            raise _too_full(target) from error
        raise SystemFault(
            f"{target.name} cannot be written.",
            hint="Look whether the disk is there and may be written to.",
            detail=repr(error),
        ) from error


def _put_in_place(part: Path, target: Path) -> None:
    """Give a whole file its name, unless somebody took that meanwhile: fetching takes hours."""
    try:
        rename_to_free(part, target)
    except FileExistsError:
        part.unlink()
        raise _taken(target) from None
    _fsync_folder(target.parent)


def _taken(target: Path) -> UserError:
    return UserError(
        f"{target.name} is there already.", hint="Rename or remove the file that is in its place."
    )


def _too_full(target: Path) -> SystemFault:
    return SystemFault(
        f"The disk is too full for {target.name}.", hint="Free some space, and download it again."
    )


def _opened(part: Path) -> BinaryIO:
    """Open what is there of a file, or a new one; never something that the name only points to."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(part, flags, 0o666), "r+b", buffering=0)


def _whole(tools: Tools, record: UploadRecord, file: BinaryIO) -> str:
    """Fetch a file, and return its hash.

    What lay there already may be none of it, such as zeroes after a power cut: before the store is blamed, all is fetched anew.
    """
    was_begun = os.fstat(file.fileno()).st_size > 0
    sha256 = _fetched(tools, record, file)
    if was_begun and sha256 != record.sha256:
        file.truncate(0)
        sha256 = _fetched(tools, record, file)
    return sha256


def _fetched(tools: Tools, record: UploadRecord, file: BinaryIO) -> str:
    """Fetch what is missing; return the hash of all."""
    found = hashlib.sha256()
    done = 0
    reads_ranges = tools.store.capabilities.reads_ranges
    if os.fstat(file.fileno()).st_size > (record.size_bytes if reads_ranges else 0):
        file.truncate(0)  # it is none of this object, or the store cannot go on behind it
    for piece in _there(file):
        tools.errand.check()
        found.update(piece)
        done += len(piece)
        tools.report(done, record.size_bytes)
    for piece in tools.reading.pieces(record.key, done, record.size_bytes - done):
        write_whole(file, piece)
        found.update(piece)
        done += len(piece)
        tools.report(done, record.size_bytes)
    return found.hexdigest()


def _there(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE_BYTES):
        yield piece


def write_whole(file: BinaryIO, piece: bytes) -> None:
    """Write all of a piece: a disk that is nearly full takes some of it."""
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]


def _fsync_folder(folder: Path) -> None:
    """Make a new name safe, where folders can be."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network file systems cannot
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
