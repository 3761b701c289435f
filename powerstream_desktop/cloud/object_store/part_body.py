"""The bytes of one part on their way: a slice of a file, read exactly, piece by piece, as fast as the gate lets it.

A part is never in memory whole (boto3#1634), and never shorter or longer than planned: a file that ends early fails the part
instead of sending less (the truncation family of rclone, reliability_security.md 4.1).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import BinaryIO, Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault

PIECE_BYTES: Final = 64 * 1024
"""The longest piece that the gate is asked for: at 100 kbit/s still one every five seconds."""


class HeldUpError(PowerStreamError):
    """The gate gave a part up: it was held up for so long that the store would have timed out. It is sent again later."""

    def __init__(self) -> None:
        super().__init__("The upload waits.", hint="It goes on by itself.")


class PartBody:
    """A slice of an open file that reads like a file of its own. For one thread.

    Args:
        file: the whole file, which nobody else reads meanwhile; whoever opened it closes it.
        first: offset of the slice, in bytes.
        size_bytes: its length.
        take: called with the size of each piece, at most ``PIECE_BYTES``, before it is read; may block, may raise ``HeldUpError``.
    """

    def __init__(
        self, file: BinaryIO, *, first: int, size_bytes: int, take: Callable[[int], None] | None = None
    ) -> None:
        self._file = file
        self._first = first
        self._size_bytes = size_bytes
        self._take = take
        self._position = 0
        self._has_moved = True
        self._given = hashlib.sha256()

    @property
    def first(self) -> int:
        """Where the slice begins in the whole file."""
        return self._first

    @property
    def size_bytes(self) -> int:
        """The length of the slice."""
        return self._size_bytes

    def sha256_hex(self) -> str:
        """Return the SHA-256 of what was read since the beginning: what was really sent, however the file has changed."""
        return self._given.hexdigest()

    def tell(self) -> int:
        """Return the position in the slice."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move within the slice; at its beginning the hash begins anew."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size_bytes}[whence]
        self._position = min(max(base + offset, 0), self._size_bytes)
        self._has_moved = True
        if self._position == 0:
            self._given = hashlib.sha256()
        return self._position

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; empty at the end.

        Raises:
            HeldUpError: the gate gave the part up.
            SystemFault: the disk failed, or the file is shorter than planned.
        """
        left = self._size_bytes - self._position
        wanted = left if size is None or size < 0 else min(size, left)
        if self._take is not None:
            for taken in range(0, wanted, PIECE_BYTES):
                self._take(min(PIECE_BYTES, wanted - taken))
        data = self._read_exactly(wanted)
        self._given.update(data)
        self._position += len(data)
        return data

    def _read_exactly(self, size: int) -> bytes:
        try:
            if self._has_moved:
                self._file.seek(self._first + self._position)
                self._has_moved = False
            data = self._file.read(size)
            while len(data) < size:
                more = self._file.read(size - len(data))
                if not more:
                    raise SystemFault(
                        "The file has become shorter while it was uploaded.",
                        hint="It is looked at again, and uploaded as it is then.",
                    )
                data += more
        except OSError as error:
            raise SystemFault(
                "The file to upload cannot be read.", hint="Check the disk it lies on.", detail=str(error)
            ) from error
        return data
