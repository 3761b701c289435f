"""Disk space kept aside while a recording runs, so that a full disk still has room for its end (reliability_security.md 1.5.7)."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
from pathlib import Path
from typing import Final

BALLAST_NAME: Final = ".powerstream-reserve"
_OPEN_FLAGS: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)
"""A link of that name might lead into a file of somebody's."""
_BLOCK: Final = bytes(1024 * 1024)
_NOT_ALLOCATED_BY_CALL: Final = frozenset({errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS})


class Ballast:
    """A file that only takes room. ``fill``, ``keep`` and ``remove`` by one thread, ``give_up`` by any.

    Recordings in one folder share it: whoever needs it first gives it up for all.

    Args:
        folder: where.
        size_bytes: how much is kept aside.
    """

    def __init__(self, folder: Path, size_bytes: int) -> None:
        self._path = folder / BALLAST_NAME
        self._size_bytes = size_bytes
        self._lock = threading.Lock()
        # Both under the lock: two files of a recording may need the room at once, one of them being finished.
        self._is_kept = False
        self._is_given_up = False

    @property
    def is_given_up(self) -> bool:
        """Whether it was needed."""
        with self._lock:
            return self._is_given_up

    def fill(self) -> None:
        """Take the room. A disk that has none, or no way to promise any, is none the worse for it: there is no ballast then."""
        try:
            descriptor = os.open(self._path, _OPEN_FLAGS, 0o600)
            try:
                _allocate(descriptor, self._size_bytes)
            finally:
                os.close(descriptor)
        except OSError:
            self._unlink()
            return
        with self._lock:
            self._is_kept = True

    def keep(self) -> None:
        """Take the room once more if it is gone without our doing: a recording that ended in the same folder gave it back."""
        with self._lock:
            is_gone = self._is_kept and not os.path.exists(self._path)  # noqa: PTH110 - the other one raises on a disk that is gone
        if is_gone:
            self.fill()

    def give_up(self) -> bool:
        """Free the room, because the disk is full; return whether there was any."""
        with self._lock:
            if self._is_kept:
                self._is_kept, self._is_given_up = False, True
                self._unlink()
            return self._is_given_up

    def remove(self) -> None:
        """Free the room, because nothing is recorded there any more."""
        with self._lock:
            if self._is_kept:
                self._is_kept = False
                self._unlink()

    def _unlink(self) -> None:
        with contextlib.suppress(OSError):  # a disk that is gone has taken it along
            self._path.unlink(missing_ok=True)


def remove_left_behind(folder: Path) -> None:
    """Free what a recording kept aside whose process died; one that runs there takes it anew (``Ballast.keep``)."""
    with contextlib.suppress(OSError):
        (folder / BALLAST_NAME).unlink(missing_ok=True)


def _allocate(descriptor: int, size_bytes: int) -> None:
    """Make the file that long, with every byte of it on the disk: a hole would keep nothing aside."""
    if sys.platform == "linux":
        try:
            os.posix_fallocate(descriptor, 0, size_bytes)
        except OSError as error:
            if error.errno not in _NOT_ALLOCATED_BY_CALL:
                raise
        else:
            return
    left = size_bytes
    while left > 0:
        left -= os.write(descriptor, _BLOCK[:left])
    os.fsync(descriptor)
