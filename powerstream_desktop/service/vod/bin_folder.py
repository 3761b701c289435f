"""The folder ``.bin`` beside removed replays: their files rest there until nobody can take the removal back any more.

A rename within one disk costs nothing, however long the replay is, and neither can it fail half-way. Every call blocks as the
disk does.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.free_name import rename_to_free
from powerstream_desktop.library.sidecar import sidecar_path
from powerstream_desktop.service.system_bin.system_bin import SystemBin

FOLDER: Final = ".bin"


def lay_aside(file: Path, token: str) -> None:
    """Move a replay's file and what lies beside it into the bin; a file that is gone is none to move.

    Raises:
        SystemFault: the disk does not allow it, or another program holds the file; nothing was moved.
    """
    place = _place(file, token)
    try:
        if not os.path.lexists(file):
            return
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.rename(place / file.name)
    except OSError as error:
        _remove_if_empty(place)
        raise _fault("The file of the replay cannot be moved to the bin.", error) from error
    _move_if_it_can_be(sidecar_path(file), place / sidecar_path(file).name)


def was_never_laid_aside(file: Path, token: str) -> bool:
    """Tell whether a file is at its place, and not in the bin: who was to move it, or had moved it back, died before that was noted."""
    return file.is_file() and not os.path.lexists(_place(file, token) / file.name)


def take_back(file: Path, token: str) -> Path:
    """Move a replay's file back, and return where it lies now: under another name if its own was taken meanwhile.

    Raises:
        SystemFault: the disk does not allow it; the file is still in the bin.
    """
    place = _place(file, token)
    try:
        if not (place / file.name).exists():
            return file
        free = next(path for path in _names(file) if not os.path.lexists(path))
        (place / file.name).rename(free)
    except OSError as error:
        raise _fault("The file of the replay cannot be taken out of the bin.", error) from error
    _move_if_it_can_be(place / sidecar_path(file).name, sidecar_path(free))
    _remove_if_empty(place)
    return free


def let_go(file: Path, token: str, system: SystemBin) -> None:
    """Move a replay's file from here into the system's bin, where its owner finds it; what lies beside it is not wanted any more.

    Raises:
        SystemFault: the system has no bin for it. It stays where it is: nothing is ever deleted for good here.
    """
    place = _place(file, token)
    try:
        if (place / file.name).exists():
            _hand_over(place / file.name, file, system)
        (place / sidecar_path(file).name).unlink(missing_ok=True)
        _remove_if_empty(place)
    except OSError as error:
        raise _fault("A removed replay cannot be moved into the system's bin.", error) from error


def _hand_over(binned: Path, file: Path, system: SystemBin) -> None:
    """Have the system's bin take a file from where it lay, so that it is put back there and not into a folder that nobody sees.

    Whoever is cut short in between leaves it in its place, which ``was_never_laid_aside`` knows.

    Raises:
        OSError: the system has no bin for it; it is in ours again.
    """
    try:
        rename_to_free(binned, file)
    except OSError:  # another file has its name by now, or something holds it
        system.take(binned)
        return
    try:
        system.take(file)
    except OSError:
        rename_to_free(file, binned)
        raise


def _place(file: Path, token: str) -> Path:
    return file.parent / FOLDER / token


def _move_if_it_can_be(path: Path, target: Path) -> None:
    """Move what lies beside a file; the file is where it belongs already, and this is written anew when something is said of it."""
    with contextlib.suppress(OSError):
        path.replace(target)


def _remove_if_empty(place: Path) -> None:
    for folder in (place, place.parent):
        try:
            folder.rmdir()
        except OSError:
            return  # somebody's file is in it, or it is gone


def _names(file: Path) -> Iterator[Path]:
    yield file
    yield from (file.with_name(f"{file.stem} ({number}){file.suffix}") for number in count(2))


def _fault(title: str, error: OSError) -> SystemFault:
    return SystemFault(
        title,
        hint="Close what plays it, and check the disk.",
        detail=f"{type(error).__name__}: {error.strerror or error}",
    )
