"""By what a file is known again without reading it: its length, when it was changed, and which file it is."""

from __future__ import annotations

import os
from pathlib import Path

from powerstream_desktop.common.errors import SystemFault


def mark_of(status: os.stat_result) -> str:
    """Return a file's mark. It is text, since its numbers are longer than every JSON reader takes."""
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"


def mark_of_file(file: Path) -> str:
    """Return the mark of the file that has this name now.

    Raises:
        SystemFault: it cannot be looked at.
    """
    try:
        return mark_of(file.stat())
    except OSError as error:
        raise SystemFault(
            f"{file.name} cannot be looked at.", hint="Look whether its disk is there.", detail=repr(error)
        ) from error


def is_unwritten(mark: str, file: Path) -> bool:
    """Return whether a file, which may have another name by now, is as long and as old as its mark says.

    Which file it is does not count: some network disks number a file anew when it is renamed.

    Raises:
        SystemFault: it cannot be looked at.
    """
    return mark_of_file(file).rpartition("-")[0] == mark.rpartition("-")[0]


class FileChangedError(SystemFault):
    """A file is not the one that was read. It is read again.

    Args:
        name: of the file.
    """

    is_worth_retrying = True

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has changed while it was uploaded.", hint="It is read again, and uploaded as it is then."
        )
