"""What is never uploaded (reliability_security.md 4.3): files that a loss of power or a crash left behind, and that only look whole.

A store would take them, and the good copy that another machine may have would be taken for an old one (Nextcloud's bug 10547).
"""

from __future__ import annotations

import re
from typing import Final

from powerstream_desktop.common.errors import UserError

LEAST_FILE_BYTES: Final = 1024
MOST_ZEROS_AT_END: Final = 1024 * 1024
_UNFINISHED: Final = re.compile(r"\.recording\.[0-9a-z]+$")
"""In the name of a file until the recorder, or the recovery of what it left, has finished it."""


def refuse_by_look(name: str, size_bytes: int) -> None:
    """Let a file pass whose name and length are those of a finished film.

    Args:
        name: of the file.
        size_bytes: its length.

    Raises:
        UserError: it is not to be uploaded.
    """
    if _UNFINISHED.search(name):
        raise UserError(
            f"{name} is still being recorded.", hint="It is uploaded when its recording has ended."
        )
    if size_bytes < LEAST_FILE_BYTES:
        raise UserError(
            f"{name} holds no film: it is {size_bytes} bytes long.",
            hint="A disk that was full or a loss of power may have cut it. It is not uploaded.",
        )


def refuse_by_end(name: str, zeros_at_end: int) -> None:
    """Let a file pass that does not end in a hole.

    Args:
        name: of the file, for people.
        zeros_at_end: so many of its last bytes are zero.

    Raises:
        UserError: it is not to be uploaded.
    """
    if zeros_at_end > MOST_ZEROS_AT_END:
        raise UserError(
            f"{name} ends in {zeros_at_end} empty bytes: its end was never written to the disk.",
            hint="Repair it with “powerstream vod recover”; what that makes is uploaded.",
        )
