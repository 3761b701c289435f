"""A file as an answer, whole or in part. The disk is asked in threads, so that one that hangs holds up nobody else.

What is opened is a file and nothing else: a symbolic link, a pipe or a device in its place is as good as no file (S34). What was
looked at is what is sent: size, time and content are those of one open descriptor.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import stat
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Any, BinaryIO, Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.api.byte_range import ByteRange
from powerstream_desktop.service.api.ranged_response import RangedResponse
from powerstream_desktop.service.store.store_faults import UnknownRecordError

CHUNK_BYTES: Final = 256 * 1024
_ABSENT: Final = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENAMETOOLONG}
)
_NO_FOLLOWING: Final = getattr(os, "O_NOFOLLOW", 0)
_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0)
"""Opening a pipe would wait for who writes into it."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """A file that is open for reading.

    Attributes:
        file: at its beginning; whoever has it closes it.
        size: in bytes, when it was opened.
        modified_ns: Unix time of its last change.
    """

    file: BinaryIO
    size: int
    modified_ns: int

    @property
    def etag(self) -> str:
        """A word that changes with its content."""
        return f'"{self.modified_ns:x}-{self.size:x}"'

    @property
    def last_modified(self) -> str:
        """The same as a date."""
        return formatdate(self.modified_ns // 10**9, usegmt=True)


async def open_file(path: Path) -> OpenFile:
    """Open a file that is one.

    Raises:
        UnknownRecordError: there is none.
        SystemFault: the disk refuses.
    """
    return await asyncio.to_thread(_open, path)


class FileContentResponse(RangedResponse):
    """Sends an open file, or the part of it that was asked for, and closes it.

    Args:
        opened: what to send.
        media_type: of it.
        while_sent: entered while it is being sent; None for nothing.
    """

    def __init__(
        self,
        opened: OpenFile,
        media_type: str,
        *,
        while_sent: contextlib.AbstractContextManager[None] | None = None,
    ) -> None:
        super().__init__(
            opened.size,
            media_type,
            etag=opened.etag,
            last_modified=opened.last_modified,
            while_sent=while_sent,
        )
        self._opened = opened

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Be the response."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            # Off the loop too: closing a file on a network disk may wait for the network.
            await asyncio.shield(asyncio.to_thread(self._opened.file.close))

    async def _content(self, wanted: ByteRange) -> AsyncGenerator[bytes, None]:
        place = wanted.start
        while place < wanted.end:
            content = await asyncio.to_thread(self._read, place, min(CHUNK_BYTES, wanted.end - place))
            if not content:
                logger.warning("a file that was being sent has become shorter")
                return
            place += len(content)
            yield content

    def _read(self, place: int, count: int) -> bytes:
        try:
            self._opened.file.seek(place)
            return self._opened.file.read(count)
        except OSError as error:
            logger.warning("a file that was being sent cannot be read: %s", error)
            return b""


def _open(path: Path) -> OpenFile:
    try:
        if not _NO_FOLLOWING and path.is_symlink():
            raise _gone("it is a symbolic link")
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOWING | _NO_WAITING | getattr(os, "O_BINARY", 0))
    except ValueError as error:  # no system takes such a name
        raise _gone(repr(error)) from None
    except OSError as error:
        raise _gone(repr(error)) if error.errno in _ABSENT else _unreadable(error) from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise _gone("it is no file")
    return OpenFile(file=os.fdopen(descriptor, "rb"), size=status.st_size, modified_ns=status.st_mtime_ns)


def _gone(detail: str) -> UnknownRecordError:
    return UnknownRecordError(
        "The file is not where it was.", hint="Reload the list of replays.", detail=detail
    )


def _unreadable(error: OSError) -> SystemFault:
    return SystemFault(
        "The file cannot be read.", hint="Check the disk, and to whom the file belongs.", detail=repr(error)
    )
