"""Files that are there already: written to as safely as new ones, and looked at as they will be before a byte is written."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.safe_file import SafeFile

_OPEN_FLAGS: Final = (
    os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
)


class ExistingFile(OSFile):
    """A file that is there, and that nobody else writes to. Used by one thread.

    Raises:
        OSError: there is none, it is a link, or the disk does not allow it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, _OPEN_FLAGS)


def open_existing(path: Path) -> SafeFile:
    """Open a file to append to it and to patch it.

    Raises:
        OSError: as of ``ExistingFile``.
    """
    size = path.stat().st_size
    return SafeFile(ExistingFile(path), size=size)


@contextlib.contextmanager
def kept_age(path: Path) -> Iterator[None]:
    """Have a file look as old in the end as in the beginning: people sort recordings by it, and what we add is no newer recording.

    Raises:
        OSError: there is no such file.
    """
    before = path.stat()
    yield
    set_age(path, before)


def set_age(path: Path, like: os.stat_result) -> None:
    """Make a file look as old as another one, where its disk allows that."""
    with contextlib.suppress(OSError):
        os.utime(path, ns=(like.st_atime_ns, like.st_mtime_ns))


class OverlaidFile(io.RawIOBase):
    """A file as it would be with a patch and something behind its end; nothing is written. Its owner closes the file.

    Args:
        file: the file as it is.
        patch: where bytes are replaced, and by which; they end before the file does.
        appended: what follows behind its end.
    """

    def __init__(self, file: BinaryIO, patch: tuple[int, bytes], appended: bytes) -> None:
        super().__init__()
        self._file = file
        self._patch_at, self._patch = patch
        self._appended = memoryview(appended)
        self._size = file.seek(0, io.SEEK_END)
        self._at = 0

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def seekable(self) -> bool:
        """Whether one can go back and forth in it."""
        return True

    def tell(self) -> int:
        """Return where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere."""
        end = self._size + len(self._appended)
        self._at = max(0, {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: end}[whence] + offset)
        return self._at

    def read(self, count: int = -1) -> bytes:
        """Return what follows, ``count`` bytes at most."""
        end = self._size + len(self._appended)
        wanted = end if count < 0 else min(end, self._at + count)
        if self._at >= self._size:
            content = bytes(self._appended[self._at - self._size : max(0, wanted - self._size)])
        else:
            self._file.seek(self._at)
            content = self._patched(self._file.read(min(wanted, self._size) - self._at))
        self._at += len(content)
        return content

    def _patched(self, content: bytes) -> bytes:
        begin = max(self._at, self._patch_at)
        end = min(self._at + len(content), self._patch_at + len(self._patch))
        if begin >= end:
            return content
        replaced = self._patch[begin - self._patch_at : end - self._patch_at]
        return content[: begin - self._at] + replaced + content[end - self._at :]
