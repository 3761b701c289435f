"""The bin of Linux desktops: freedesktop.org's Trash specification, version 1.0.

A file goes to the bin of its own disk, because moving it must not mean copying gigabytes: to the user's on the home's disk, to one
at the top of any other. Its note, which says where it came from, is written first: a file without a note could not be put back.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import quote

_PRIVATE: Final = 0o700


class FreedesktopBin:
    """The bin of one user.

    Args:
        environ: tells where the user's data is.
        local_now: the time as the clock on the wall shows it.
    """

    def __init__(
        self, environ: Mapping[str, str] = os.environ, local_now: Callable[[], datetime] = datetime.now
    ) -> None:
        self._environ = environ
        self._local_now = local_now

    def take(self, file: Path) -> Path:
        """Move a file into the bin, and return where it lies now.

        Raises:
            OSError: its disk has no bin that this user may use, or does not allow it; the file is where it was.
        """
        file = file.absolute()
        trash, named = self._trash_for(file)
        for folder in (trash, trash / "files", trash / "info"):
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        note = (
            f"[Trash Info]\nPath={quote(os.fsencode(named))}\n"
            f"DeletionDate={self._local_now():%Y-%m-%dT%H:%M:%S}\n"
        )
        for name in _names(file):
            info = trash / "info" / f"{name}.trashinfo"
            try:
                descriptor = os.open(info, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            target = trash / "files" / name
            try:
                with os.fdopen(descriptor, "wb") as out:
                    out.write(note.encode())
                if os.path.lexists(target):
                    raise FileExistsError(target)
                file.rename(target)
            except OSError:
                info.unlink(missing_ok=True)
                raise
            return target
        raise FileExistsError(file)

    def _trash_for(self, file: Path) -> tuple[Path, Path]:
        """Return the bin of a file's disk, and what its note has to call the file."""
        data = self._environ.get("XDG_DATA_HOME", "")
        home = (Path(data) if data.startswith("/") else Path.home() / ".local" / "share") / "Trash"
        device = file.parent.stat().st_dev
        existing = next(path for path in (home, *home.parents) if path.exists())
        if existing.stat().st_dev == device:
            return home, file
        top = file.parent
        while top != top.parent and top.parent.stat().st_dev == device:
            top = top.parent
        return _trash_at(top), file.relative_to(top)


def _trash_at(top: Path) -> Path:
    """Return this user's bin at the top of a disk: below the one that its administrator made, or one of the user's own."""
    user = str(os.getuid())
    shared = top / ".Trash"
    try:
        status = shared.lstat()
    except OSError:
        return top / f".Trash-{user}"
    # One that is a link, or that others may empty for us, is a trap or a mistake: the specification says to leave it.
    if stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX:
        return shared / user
    return top / f".Trash-{user}"


def _names(file: Path) -> Iterator[str]:
    yield file.name
    yield from (f"{file.stem} {number}{file.suffix}" for number in count(2))
