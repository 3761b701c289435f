"""Reading and copying whole films: in pieces, so that neither memory nor the disk's other users suffer. Block as the disk does."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault

_PIECE_BYTES: Final = 4 * 1024 * 1024
_MOST_NAMES: Final = 1000


def sha256_of(file: Path) -> str:
    """Return the hash of a file's content in 64 hexadecimal digits; OSError if it cannot be read."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copy_film(file: Path, folder: Path) -> Path:
    """Copy a file into a folder, which is made when it is missing, under its own name or the next free one; return where it lies.

    Raises:
        SystemFault: it does not fit, or a disk refuses; then nothing is left behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".import-", suffix=file.suffix, dir=folder)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as target, file.open("rb") as source:
                while piece := source.read(_PIECE_BYTES):
                    target.write(piece)
                target.flush()
                os.fsync(descriptor)
            return _named(draft, folder, file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise SystemFault(
            f"{file.name} could not be copied to the recordings.",
            hint="Make room on the disk, and try again.",
            detail=repr(error),
        ) from error


def remove_copy(copy: Path) -> None:
    """Remove a copy that nobody wants; one that cannot be removed stays."""
    with contextlib.suppress(OSError):
        copy.unlink()


def _named(draft: Path, folder: Path, file: Path) -> Path:
    """Give a finished copy a name that nobody has; no file is ever overwritten."""
    for number in range(1, _MOST_NAMES):
        wanted = folder / (file.name if number == 1 else f"{file.stem} ({number}){file.suffix}")
        try:
            wanted.open("xb").close()
        except FileExistsError:
            continue
        draft.replace(wanted)
        return wanted
    raise FileExistsError(file.name)
