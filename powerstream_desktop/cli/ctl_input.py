"""Reads what must not be an argument, because every program of this computer can read those: from a file, or from stdin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import UserError

STDIN: Final = "-"


def read_input(file: str, what: str, max_bytes: int) -> bytes | None:
    """Return what is in a file, or comes on stdin; ``None`` if it is longer than ``max_bytes``.

    Args:
        file: its path; ``-`` for stdin.
        what: what is in it, for errors.
        max_bytes: no more is read, but one byte.

    Raises:
        UserError: it cannot be read.
    """
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(max_bytes + 1)
    except OSError as error:
        raise UserError(
            f"The {what} cannot be read: {error.strerror}.", hint="Look at the file's name and rights."
        ) from error
    return content if len(content) <= max_bytes else None
