"""The file in which the record of keys and paired devices lies: this user's alone, written whole. Blocks as the disk does."""

from __future__ import annotations

import logging
import os
import stat
import sys
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.access.token_record import TokenRecord, new_record, read_record

FILE_NAME: Final = "paired-devices.json"
MAX_BYTES: Final = 256 * 1024
"""Keys and 32 devices have about 10 KiB."""

logger = logging.getLogger(__name__)


def load_record(path: Path) -> TokenRecord:
    """Return what was kept. A file that others could read or write is not believed: all devices must be paired again then."""
    try:
        content = _read_own(path)
    except FileNotFoundError:
        return new_record()
    except OSError as error:
        logger.warning("the list of paired devices cannot be read, so all must be paired again: %s", error)
        return new_record()
    if content is None:
        logger.warning("the list of paired devices was open to others, so all must be paired again")
        return new_record()
    return read_record(Secret(content.decode("utf-8", "replace")))


def save_record(path: Path, record: TokenRecord) -> None:
    """Keep it.

    Raises:
        SystemFault: the disk refused; what was kept before is still there.
    """
    try:
        replace_file(path, record.as_secret().reveal().encode())
    except OSError as error:
        raise SystemFault(
            "The list of paired devices cannot be saved.",
            hint="Check the disk with PowerStream's data, then try again.",
            detail=repr(error),
        ) from error


def _read_own(path: Path) -> bytes | None:
    """Read a file that is ours alone; ``None`` if it is not. What was opened is what was looked at."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        # On Windows the profile folder's access list keeps others out.
        if sys.platform != "win32" and (status.st_uid != os.geteuid() or status.st_mode & 0o077):
            return None
        return file.read(MAX_BYTES) if stat.S_ISREG(status.st_mode) else None
