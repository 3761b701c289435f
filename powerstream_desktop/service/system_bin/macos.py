"""The bin of macOS: a folder of the user's on each disk. Its form was tried elsewhere; that the Dock shows it was not."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path


class MacBin:
    """The bin of one user.

    Args:
        home: the user's folder.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    def take(self, file: Path) -> Path:
        """Move a file into the bin of its disk, and return where it lies now.

        Raises:
            OSError: the disk has no bin that this user may use, or does not allow it; the file is where it was.
        """
        file = file.absolute()
        try:
            return _moved(file, self._home / ".Trash")
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
        top, device = file.parent, file.parent.stat().st_dev
        while top != top.parent and top.parent.stat().st_dev == device:
            top = top.parent
        return _moved(file, top / ".Trashes" / str(os.getuid()))


def _moved(file: Path, folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = next(path for path in (folder / name for name in _names(file)) if not os.path.lexists(path))
    return file.rename(target)


def _names(file: Path) -> Iterator[str]:
    yield file.name
    yield from (f"{file.stem} {number}{file.suffix}" for number in count(2))
