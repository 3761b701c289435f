"""Files of the folder that is a store: written aside, made durable, and put in their place whole; read in pieces.

Two devices may write to the same network disk. What must be there once is put in place by a hard link, which fails if the name is taken;
where a disk has no links, and where an object is replaced only if it is still the same, a claim comes first: a file of a name that only
one can make. A claim that a crash left is void after a minute, by the disk's own clock.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.object_store.folder_errors import NO_LINKS
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode

CLAIM_S: Final = 60.0
ASIDE: Final = ".part"
"""How a file ends that is not in its place yet."""
COARSE_NS: Final = 2_000_000_000
"""The step of the clock of a disk with FAT."""
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def etag_of(status: os.stat_result) -> str:
    """Return what stands for this state of a file: its time, which ``put_in_place`` moves at every change, and its size."""
    return f"{status.st_mtime_ns:x}-{status.st_size:x}"


def write_aside(folder: Path, pieces: Iterable[bytes]) -> tuple[Path, str]:
    """Write a file into a folder of ours, down to the disk; it and its SHA-256 in hexadecimal.

    Raises:
        OSError: the disk refused; nothing is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{secrets.token_hex(8)}{ASIDE}"
    digest = hashlib.sha256()
    try:
        with aside.open("xb", buffering=0) as file:
            for piece in pieces:
                digest.update(piece)
                view = memoryview(piece)
                while view:
                    view = view[file.write(view) :]
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
    return aside, digest.hexdigest()


def write_at(file: Path, first: int, pieces: Iterable[bytes]) -> None:
    """Write into a file from an offset on, down to the disk; it is made if there is none, and a link is not followed."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o666)
    with os.fdopen(descriptor, "r+b", buffering=0) as opened:
        opened.seek(first)
        for piece in pieces:
            view = memoryview(piece)
            while view:
                view = view[opened.write(view) :]
        os.fsync(opened.fileno())


def create_durably(file: Path) -> None:
    """Have an empty file of a name; harmless if there is one."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | _NO_FOLLOW, 0o666))
    make_durable(file.parent)


def put_in_place(aside: Path, target: Path) -> os.stat_result:
    """Give a file its name, replacing what has it; its state.

    Its time is made another than that of what it replaces, even on a disk whose clock has steps of two seconds.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        old_ns = target.stat().st_mtime_ns
        if aside.stat().st_mtime_ns <= old_ns:
            os.utime(aside, ns=(old_ns + COARSE_NS, old_ns + COARSE_NS))
    status = aside.stat()
    aside.replace(target)
    make_durable(target.parent)
    return status


def put_if_absent(aside: Path, target: Path, *, key: str, claims: Path) -> os.stat_result:
    """Give a file its name unless it is taken; its state.

    Raises:
        StoreTrouble: with ``EXISTS`` if it is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    status = aside.stat()
    try:
        os.link(aside, target)
    except FileExistsError:
        raise StoreTrouble(TroubleCode.EXISTS) from None
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        with claimed(claims, key, "absent", TroubleCode.EXISTS):
            if target.exists():
                raise StoreTrouble(TroubleCode.EXISTS) from None
            return put_in_place(aside, target)
    aside.unlink()
    make_durable(target.parent)
    return status


@contextlib.contextmanager
def claimed(claims: Path, key: str, state: str, otherwise: TroubleCode) -> Iterator[None]:
    """Claim to be the one who changes an object from this state; every device makes the same name of the two.

    Raises:
        StoreTrouble: with ``otherwise``: somebody else has claimed it.
    """
    claims.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(f"{key}\n{state}".encode()).hexdigest()[:40]
    claim = claims / name
    mark = claims / f"{name}.{secrets.token_hex(8)}"
    mark.write_bytes(b"")
    try:
        now = mark.stat().st_mtime
        with contextlib.suppress(FileNotFoundError):
            if now - claim.stat().st_mtime > CLAIM_S:
                # Renamed and not removed: of several who find it void, one gets it.
                claim.replace(mark)
        try:
            os.close(os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise StoreTrouble(otherwise, detail="another device is at it") from None
    finally:
        mark.unlink(missing_ok=True)
    try:
        yield
    finally:
        claim.unlink(missing_ok=True)


def sweep(folder: Path, before_s: float) -> None:
    """Remove the files of a folder that a crash left before a moment, in Unix seconds of the disk's clock."""
    with contextlib.suppress(FileNotFoundError):
        for file in folder.iterdir():
            if file.stat().st_mtime < before_s:
                file.unlink(missing_ok=True)


def read_pieces(
    file: Path, piece_bytes: int, *, first: int = 0, size_bytes: int | None = None
) -> Iterator[bytes]:
    """Give a file's bytes; a link is not followed.

    Raises:
        OSError: it cannot be read.
        StoreTrouble: with ``DAMAGED`` if it ends before ``size_bytes``.
    """
    with os.fdopen(os.open(file, os.O_RDONLY | _NO_FOLLOW), "rb", buffering=0) as opened:
        whole = os.fstat(opened.fileno()).st_size
        left = max(whole - first, 0) if size_bytes is None else size_bytes
        opened.seek(first)
        while left > 0:
            piece = opened.read(min(piece_bytes, left))
            if not piece:
                raise StoreTrouble(TroubleCode.DAMAGED, detail=f"the file ends {left} bytes early")
            left -= len(piece)
            yield piece


def plain_status(file: Path) -> os.stat_result | None:
    """Return the state of a plain file; None if there is none, or something else has its name."""
    try:
        status = file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def make_durable(folder: Path) -> None:
    """Have the names in a folder reach the disk; Windows has no such thing, and some network disks refuse."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
