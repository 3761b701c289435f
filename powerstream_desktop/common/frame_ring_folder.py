"""The folder in which frame rings lie: which are there, and how they are removed."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import Final

from powerstream_desktop.common.frame_ring_file import RING_SUFFIX, Word, open_ring_file, ring_path

if sys.platform != "win32":
    import fcntl

_ANY_RING: Final = re.compile(rf"(?P<name>.+)\.(?P<generation>\d{{1,9}}){re.escape(RING_SUFFIX)}")


def generations(folder: Path, name: str) -> list[int]:
    """Return the numbers of a ring's generations that lie in the folder, in no order."""
    pattern = re.compile(rf"{re.escape(name)}\.(\d{{1,9}}){re.escape(RING_SUFFIX)}")
    try:
        found = os.listdir(folder)  # noqa: PTH208 - a name is all that is looked at, thirty times a second
    except OSError:
        return []
    return [int(match[1]) for entry in found if (match := pattern.fullmatch(entry))]


def remove_ring_files(folder: Path, name: str, *, below: int | None = None) -> None:
    """Remove a ring's files, or only those of generations before ``below``.

    Windows refuses to remove what somebody has mapped; such a file stays until the next removal.
    """
    for generation in generations(folder, name):
        if below is None or generation < below:
            with contextlib.suppress(OSError):
                ring_path(folder, name, generation).unlink()


def remove_abandoned_rings(folder: Path) -> None:
    """Remove the rings of writers that died without removing them, whatever their names.

    A file that is not finished is left alone: its writer may be at it this moment.
    """
    try:
        found = os.listdir(folder)  # noqa: PTH208 - a name is all that is looked at
    except OSError:
        return
    for entry in found:
        if match := _ANY_RING.fullmatch(entry):
            with contextlib.suppress(OSError):
                _remove_if_abandoned(folder, match["name"], int(match["generation"]))


def _remove_if_abandoned(folder: Path, name: str, generation: int) -> None:
    """Remove a finished file to which nobody writes any more.

    Raises:
        OSError: somebody does, or it cannot be removed.
    """
    ring = open_ring_file(folder, name, generation)
    if ring is None:
        return
    try:
        if sys.platform != "win32":  # there, what somebody has mapped cannot be removed in the first place
            descriptor = os.open(ring.path, os.O_RDWR)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                ring[Word.SUPERSEDED] = 1  # whoever still reads it goes over to the next writer
            finally:
                os.close(descriptor)
    finally:
        ring.close()
    ring.path.unlink()
