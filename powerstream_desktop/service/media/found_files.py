"""Which files an import means: those that were named, and the films in folders that were named. Pure but for looks at the disk."""

from __future__ import annotations

import itertools
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.stored_film import is_stored_film
from powerstream_desktop.library.containers import HEAD_BYTES, TAKEN, container_of, foreign_kind
from powerstream_desktop.library.folder_scan import VIDEO_SUFFIXES
from powerstream_desktop.recording.naming import is_unfinished

MOST_FILES: Final = 10_000
_MOST_FOLDERS: Final = 5_000
_TEMPORARY: Final = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - where films do not stay


class NotImportedError(UserError):
    """A file is not taken.

    Args:
        code: why, for scripts.
    """

    def __init__(self, code: str, title: str, *, hint: str = "") -> None:
        super().__init__(title, hint=hint)
        self.code = code


def already_there(file: Path) -> NotImportedError:
    """Explain that the library has a film already."""
    return NotImportedError(
        "already-there", f"{file.name} is in the library already.", hint="Look for it by its length."
    )


def unreadable(file: Path) -> NotImportedError:
    """Explain that a film cannot be read."""
    return NotImportedError(
        "unreadable", f"{file.name} may not be read.", hint="Change its permissions, or copy it."
    )


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that are meant, each once; blocks for as long as the disk needs to list folders.

    A folder is searched with those in it, for files that are called like videos; who names a file means it, whatever it is called. Hidden files, links to elsewhere, what is just being recorded and copies in a store are passed over.
    """
    meant = itertools.chain.from_iterable(
        _films_below(path) if _is_folder(path) else (path,) for path in paths
    )
    found: dict[Path, None] = {}
    for file in meant:
        found[file] = None
        if len(found) >= MOST_FILES:
            break
    return tuple(found)


def check_film(file: Path) -> tuple[int, int]:
    """Make sure that a file can be a film; blocks as the disk does.

    Returns:
        Its size in bytes and its time of change, by which a later look tells whether somebody writes to it.

    Raises:
        NotImportedError: it cannot.
    """
    if is_unfinished(file.name):
        raise NotImportedError(
            "being-recorded",
            f"{file.name} is being recorded.",
            hint="It comes into the library by itself when it is finished.",
        )
    if is_stored_film(file):
        raise NotImportedError(
            "in-a-store",
            f"{file.name} is a copy in a cloud store.",
            hint="Choose that folder as the store in the settings of the cloud: its replays come by themselves.",
        )
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotImportedError("no-file", f"{file.name} is not a file.", hint="Choose a video.")
        with file.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except FileNotFoundError:
        raise NotImportedError(
            "no-file", f"There is no file {file.name}.", hint="Look whether it was moved."
        ) from None
    except OSError:
        raise unreadable(file) from None
    if container_of(head) is None:
        kind = foreign_kind(head)
        says = f"{file.name} is empty." if not head else f"{file.name} is {kind}, not a video."
        raise NotImportedError("no-video", says, hint=f"{TAKEN} are taken.")
    return status.st_size, status.st_mtime_ns


def lies_in_passing(file: Path) -> bool:
    """Return whether a file lies where it will be cleared away: a film from there is copied, any other stays where it is."""
    places = {Path(tempfile.gettempdir()).resolve(), *(Path(place) for place in _TEMPORARY)}
    return any(file.is_relative_to(place) for place in places)


def _is_folder(path: Path) -> bool:
    """Return whether that is a folder; what cannot be looked at is none, and is refused as a file."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _films_below(folder: Path) -> Iterator[Path]:
    """Yield the films in a folder, by name, and in those in it."""
    for here, folders, files in itertools.islice(os.walk(folder, followlinks=False), _MOST_FOLDERS):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(here, name)
            is_film = file.suffix.lower() in VIDEO_SUFFIXES and not name.startswith(".")
            if is_film and not is_unfinished(name) and not file.is_symlink() and not is_stored_film(file):
                yield file
