"""Small files that hold what opens something: read only if they are this user's alone."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path


class NotPrivateError(Exception):
    """Others could read or write the file, so it is not believed."""


def read_private_file(path: Path, max_bytes: int) -> bytes:
    """Return the first bytes of a file; what was opened is what was looked at. Blocks as the disk does.

    Args:
        path: no link is followed, and no pipe is waited for.
        max_bytes: of it that are read.

    Raises:
        NotPrivateError: others could read or write it.
        OSError: there is none (FileNotFoundError), it is no file, or the disk refuses.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        # On Windows the profile folder's access list keeps others out.
        if sys.platform != "win32" and (status.st_uid != os.geteuid() or status.st_mode & 0o077):
            raise NotPrivateError(path)
        return file.read(max_bytes)
