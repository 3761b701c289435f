"""Turns what the operating system says about the disk into sentences: the one place where recording meets ``OSError``."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError

_PLAYS: Final = "What was recorded until then is kept and plays."

_MAKE_ROOM: Final = f"Free some space: then a new file begins by itself. {_PLAYS}"

_SENTENCES: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: ("The disk is full: the recording has stopped.", _MAKE_ROOM),
    errno.EDQUOT: ("Your disk quota is used up: the recording has stopped.", _MAKE_ROOM),
    errno.EFBIG: (
        "The recording has reached the largest file this disk or account allows.",
        f"Record to another disk. {_PLAYS}",
    ),
    errno.EROFS: ("The disk has become read-only: the recording has stopped.", f"Check the disk. {_PLAYS}"),
    errno.EIO: ("The disk reports a fault: the recording has stopped.", f"Record to another disk. {_PLAYS}"),
}
_GONE: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTDIR})
_PASSING: Final = _GONE | {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class PassingFault(SystemFault):
    """A disk that is full or away: it may take files again while the recording lasts."""


def disk_fault(error: OSError) -> SystemFault:
    """Return the fault for an error met while recording."""
    code = error.errno or 0
    if code in _GONE:
        title, hint = (
            "The disk or the folder of the recording is gone.",
            "Reconnect the disk or choose another folder.",
        )
    else:
        title, hint = _SENTENCES.get(
            code, ("The recording cannot be written to the disk.", f"Choose another folder. {_PLAYS}")
        )
    kind = PassingFault if code in _PASSING else SystemFault
    return kind(title, hint=hint, detail=_detail(error))


def folder_fault(folder: Path, error: OSError) -> PowerStreamError:
    """Return the fault for a folder that cannot take a recording, met before anything is recorded."""
    code = error.errno or 0
    detail = _detail(error)
    if code in (errno.ENOSPC, errno.EDQUOT):
        return SystemFault(
            f"There is no space left for a recording in {folder}.",
            hint="Free some space or choose another folder.",
            detail=detail,
        )
    if code in _FORBIDDEN:
        return UserError(
            f"The recording folder {folder} cannot be written to.",
            hint="Choose a folder that you may write to.",
            detail=detail,
        )
    if code in (errno.EEXIST, errno.ENOTDIR):
        return UserError(
            f"The recording folder {folder} is not a folder.",
            hint="Choose a folder, not a file.",
            detail=detail,
        )
    return SystemFault(
        f"The recording folder {folder} cannot be used.", hint="Choose another folder.", detail=detail
    )


def _detail(error: OSError) -> str:
    name = errno.errorcode.get(error.errno or 0, "unknown")
    return f"{name}: {error.strerror or error}"
