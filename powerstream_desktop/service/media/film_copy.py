"""Reading and copying whole films: in pieces, so that neither memory nor the disk's other users suffer. Block as the disk does."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.recording.folder import give_name

_PIECE_BYTES: Final = 4 * 1024 * 1024
_DRAFT: Final = ".import-"
_LEFT_BEHIND_S: Final = 24 * 3600
"""A draft to which nobody has written for so long is nobody's."""


def sha256_of(file: Path) -> str:
    """Return the hash of a file's content in 64 hexadecimal digits; OSError if it cannot be read."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copy_film(file: Path, folder: Path, is_wanted: Callable[[], bool]) -> Path:
    """Copy a file into a folder, which is made when it is missing, under its own name or the next free one; return where it lies.

    Args:
        file: the film.
        folder: where its copy shall lie.
        is_wanted: asked again and again; the copy is given up when it is not wanted any more.

    Raises:
        SystemFault: it does not fit, a disk refuses, or it was given up; then nothing is left behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_left_behind(folder)
        descriptor, name = tempfile.mkstemp(prefix=_DRAFT, suffix=file.suffix, dir=folder)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as target, file.open("rb") as source:
                while piece := source.read(_PIECE_BYTES):
                    if not is_wanted():
                        raise SystemFault("PowerStream is ending.", hint="Try again after its next start.")
                    target.write(piece)
                target.flush()
                os.fsync(descriptor)
            return give_name(draft, folder / file.name)
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


def _remove_left_behind(folder: Path) -> None:
    """Remove the drafts of services that were killed."""
    oldest_s = time.time() - _LEFT_BEHIND_S
    with contextlib.suppress(OSError):
        for draft in folder.glob(f"{_DRAFT}*"):
            if draft.is_file() and not draft.is_symlink() and draft.stat().st_mtime < oldest_s:
                draft.unlink()
