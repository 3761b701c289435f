"""What is never uploaded (reliability_security.md 4.3): files that a loss of power or a crash left behind, and that only look whole.

A store would take them, and the good copy that another machine may have would be taken for an old one (Nextcloud's bug 10547).
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.common.errors import UserError

LEAST_FILE_BYTES: Final = 1024
MOST_ZEROS_AT_END: Final = 1024 * 1024


def refuse_by_length(name: str, size_bytes: int, *, is_finished: bool = True) -> None:
    """Let a file pass whose length and state are those of a film.

    Args:
        name: of the file, for people.
        size_bytes: its length.
        is_finished: nobody writes to it any more.

    Raises:
        UserError: it is not to be uploaded.
    """
    if not is_finished:
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
