"""The operating system's file, reduced to the calls that recording makes; tests put a disk of their own in its place."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, Protocol

from powerstream_desktop.recording.truth_watch import FileFacts

_OPEN_FLAGS: Final = (
    os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
)


class RawFile(Protocol):
    """A file as the operating system knows it; every call may block, and raise ``OSError``."""

    def write_at(self, data: memoryview, position: int) -> int:
        """Write some of ``data`` at ``position`` bytes from the start and return how much; at least one byte."""

    def flush_to_disk(self, *, data_only: bool) -> None:
        """Make everything written survive a power cut; ``data_only`` may leave out times and the like."""

    def facts(self) -> FileFacts:
        """Return what the system says of the file now."""

    def close(self) -> None:
        """Close, once."""


class OSFile:
    """A new file that only its owner may read. Used by one thread.

    Args:
        path: where; nothing may be there.

    Raises:
        FileExistsError: something is there.
        OSError: the disk does not allow it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, _OPEN_FLAGS, 0o600)

    def write_at(self, data: memoryview, position: int) -> int:
        """Write some of ``data`` at ``position`` bytes from the start and return how much."""
        # No pwrite there; one thread owns the descriptor, so its position is ours.
        if sys.platform == "win32":
            os.lseek(self._descriptor, position, os.SEEK_SET)
            return os.write(self._descriptor, data)
        return os.pwrite(self._descriptor, data, position)

    def flush_to_disk(self, *, data_only: bool) -> None:
        """Make everything written survive a power cut."""
        if sys.platform == "darwin":
            _flush_drive(self._descriptor)
        elif data_only and sys.platform != "win32":
            os.fdatasync(self._descriptor)
        else:
            os.fsync(self._descriptor)

    def facts(self) -> FileFacts:
        """Return what the system says of the file now."""
        ours = os.fstat(self._descriptor)
        return FileFacts(size_bytes=ours.st_size, is_there=self._is_named(ours))

    def close(self) -> None:
        """Close."""
        os.close(self._descriptor)

    def _is_named(self, ours: os.stat_result) -> bool:
        """Tell whether the name still stands for the file we write."""
        if sys.platform == "win32":  # nobody can take the name from an open file there
            return True
        try:
            named = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        # Some network drives number a file anew whenever they are asked.
        return os.path.samestat(ours, named) or named.st_size == ours.st_size


if sys.platform == "darwin":
    import errno
    import fcntl

    def _flush_drive(descriptor: int) -> None:
        """Sync as far as the platters: fsync on macOS stops at the drive's own cache. Network drives know only fsync."""
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
            os.fsync(descriptor)
