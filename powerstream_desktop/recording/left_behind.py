"""What a process that died was recording: finished where it lies, or saved from its damaged file, and given its final name.

Who calls this must know that no process writes to the file any more. The order of the steps is such that a kill between any two of
them is made good by the next call: the damaged original gets out of the way only when the new file has been proven to play. Loads no
libav: who looks into the file does (``finding``).
"""

from __future__ import annotations

import contextlib
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import BugError, SystemFault
from powerstream_desktop.recording.ballast import remove_left_behind
from powerstream_desktop.recording.disk_faults import disk_fault
from powerstream_desktop.recording.existing_file import kept_age, open_existing, set_age
from powerstream_desktop.recording.finding import INDEX_NAME, NEW_NAME, FileState, Finding, Look
from powerstream_desktop.recording.folder import give_name
from powerstream_desktop.recording.hybrid_file import media_header
from powerstream_desktop.recording.naming import finished_name
from powerstream_desktop.recording.snapshot import RecordingPart

ORIGINAL_SUFFIX: Final = ".original"
"""Of a damaged file that a new one was made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """A recording whose process died.

    Attributes:
        part: the file under its final name.
        was_finished: the process had finished it before, so that it lacks nothing.
        original: the damaged file, as it was found, if a new one had to be made; nobody removes it.
    """

    part: RecordingPart
    was_finished: bool
    original: Path | None = None


def recover_left_behind(unfinished: Path, look: Look) -> LeftBehind | None:
    """Make the file whole that a dead process was writing, and give it its final name. Blocks as long as the disk does.

    Args:
        unfinished: the file's name while it was being written.
        look: looks into it.

    Returns:
        what was found; ``None`` when there is no file, or the process died before anything that plays was in it. Such a file
        stays where it is.

    Raises:
        PowerStreamError: the disk does not allow it, or the look failed; the file is where it was.
    """
    remove_left_behind(unfinished.parent)  # its end may need the room
    finished = unfinished.with_name(finished_name(unfinished.name))
    folder = unfinished.with_name(f".{unfinished.name}.recovering")
    try:
        path = next((each for each in (unfinished, finished) if each.exists()), None)
        if path is None:
            original = _interrupted(unfinished, finished, folder)
            return None if original is None else _saved(folder, original, finished, look)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            return _made_whole(path, finished, folder, look(path, folder))
        finally:
            # A new file in it is worth keeping if only its name is missing.
            if path.exists() or not (folder / NEW_NAME).exists():
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise disk_fault(error) from error


def _made_whole(path: Path, finished: Path, folder: Path, found: Finding) -> LeftBehind | None:
    if found.state is FileState.NOTHING:
        return None
    if found.state is FileState.DAMAGED:
        set_age(_require_file(folder / NEW_NAME), path.stat())
        original = give_name(path, _original_of(path))
        return _left_behind(give_name(folder / NEW_NAME, finished), found, original=original)
    if found.state is FileState.LACKS_INDEX:
        # Without room for the index the fragments play all the same.
        with contextlib.suppress(SystemFault, OSError), kept_age(path):
            _append_index(path, folder / INDEX_NAME, found.size_bytes)
    named = path if path == finished else give_name(path, finished)
    return _left_behind(named, found, was_finished=path == finished and found.state is FileState.PLAYS)


def _interrupted(unfinished: Path, finished: Path, folder: Path) -> Path | None:
    """Return the damaged original if the call before was killed when only the new file's name was missing."""
    originals = (_original_of(each) for each in (unfinished, finished))
    return next((each for each in originals if each.exists() and (folder / NEW_NAME).exists()), None)


def _saved(folder: Path, original: Path, finished: Path, look: Look) -> LeftBehind | None:
    named = give_name(folder / NEW_NAME, finished)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        return _left_behind(named, look(named, folder), original=original)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _append_index(path: Path, index: Path, size_bytes: int) -> None:
    """Do what a recorder does at its end: append the index, and when it is durable, make it count.

    Raises:
        SystemFault: the disk refused; the file plays as it did.
        OSError: it cannot be opened.
    """
    boxes = _require_file(index).read_bytes()
    target = open_existing(path)
    try:
        if target.size != size_bytes:
            raise BugError("Somebody still writes to a recording that was taken for left behind.")
        target.append(boxes)
        target.patch(*media_header(size_bytes))
        target.close()
    finally:
        target.abandon()


def _require_file(path: Path) -> Path:
    """Return the path of what a look has made, if it is a file: the process that made it has read damaged data."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise BugError("A look into a recording has made something else than a file.")
    return path


def _original_of(path: Path) -> Path:
    return path.with_name(path.name + ORIGINAL_SUFFIX)


def _left_behind(
    path: Path, found: Finding, *, was_finished: bool = False, original: Path | None = None
) -> LeftBehind:
    part = RecordingPart(path=path, duration_s=found.duration_s, size_bytes=path.stat().st_size)
    return LeftBehind(part=part, was_finished=was_finished, original=original)
