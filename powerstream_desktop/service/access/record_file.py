"""The file in which the record of keys and paired devices lies: this user's alone, written whole. Blocks as the disk does."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.private_file import NotPrivateError, read_private_file
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
        content = read_private_file(path, MAX_BYTES)
    except FileNotFoundError:
        return new_record()
    except NotPrivateError:
        logger.warning("the list of paired devices was open to others, so all must be paired again")
        return new_record()
    except OSError as error:
        logger.warning("the list of paired devices cannot be read, so all must be paired again: %s", error)
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
