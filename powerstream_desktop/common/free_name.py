"""Gives a file a name that nobody has, and overwrites nothing, whoever else writes into the folder at the same time."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

_NO_HARD_LINKS: Final = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
)
"""What file systems without hard links (FAT, exFAT, some network drives) answer to ``link``."""


def rename_to_free(source: Path, target: Path) -> None:
    """Rename a file within its file system; POSIX ``rename`` would silently replace what has the name.

    Raises:
        FileExistsError: something has the name; the file keeps its own.
        OSError: the disk does not allow it; the file has its own name and no other, as far as that can be had.
    """
    if sys.platform == "win32":
        source.rename(target)
        return
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # Whoever creates the empty file first owns the name, and may replace it.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _end(lambda: source.replace(target), source, target)
    else:
        _end(source.unlink, source, target)


def _end(step: Callable[[], object], source: Path, made: Path) -> None:
    """Do the last step; one that is refused leaves no name behind that would be in the way of the next attempt.

    A network disk may refuse what it has done: a name is taken back only while the file is seen under its own, and is nothing else's.
    """
    try:
        step()
    except OSError:
        with contextlib.suppress(OSError):
            if made.samefile(source) or (source.is_file() and made.stat().st_size == 0):
                made.unlink()
        raise
