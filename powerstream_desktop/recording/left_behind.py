"""What a process that died was recording: finished where it lies, or saved from its damaged file, and given its final name.

Who calls this must know that no process writes to the file any more. The order of the steps is such that a kill between any two of
them is made good by the next call: the damaged original gets out of the way only when the new file has been proven to play.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.recording.disk_faults import disk_fault
from powerstream_desktop.recording.folder import give_name, publish
from powerstream_desktop.recording.naming import finished_name
from powerstream_desktop.recording.options import Container
from powerstream_desktop.recording.playable import played
from powerstream_desktop.recording.recovery import finished_in_place, rebuilt
from powerstream_desktop.recording.snapshot import RecordingPart
from powerstream_desktop.recording.survey import Survey, survey

ORIGINAL_SUFFIX: Final = ".original"
"""Of a damaged file that a new one was made of."""
_MKV: Final = f".{Container.MKV}"


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


def recover_left_behind(unfinished: Path) -> LeftBehind | None:
    """Make the file whole that a dead process was writing, and give it its final name. Blocks as long as the disk does.

    Args:
        unfinished: the file's name while it was being written.

    Returns:
        what was found; ``None`` when there is no file, or the process died before anything that plays was in it. Such a file
        stays where it is.

    Raises:
        SystemFault: the disk does not allow it.
    """
    finished = unfinished.with_name(finished_name(unfinished.name))
    try:
        if unfinished.exists():
            return _made_whole(unfinished, finished)
        original, draft = _original_of(unfinished), _draft_of(unfinished)
        if original.exists() and draft.exists():  # the call before was killed between its last two steps
            return _named(give_name(draft, finished), original=original)
        return _named(finished, was_finished=True)
    except OSError as error:
        raise disk_fault(error) from error


def _made_whole(unfinished: Path, finished: Path) -> LeftBehind | None:
    if unfinished.suffix == _MKV:
        # Its readers find their way through clusters without an index, and pass over damaged ones.
        return _named(publish(unfinished)) if played(unfinished) is not None else None
    with unfinished.open("rb") as file:
        found = survey(file)
    if not found.is_whole and (original := _replaced(unfinished, found)):
        return _named(give_name(_draft_of(unfinished), finished), original=original)
    if found.is_whole and not found.has_index:
        # Without room for the index the fragments play all the same.
        with contextlib.suppress(PowerStreamError, OSError):
            finished_in_place(unfinished, found)
    return _named(publish(unfinished)) if played(unfinished) is not None else None


def _replaced(unfinished: Path, found: Survey) -> Path | None:
    """Make a new file of what a damaged one holds, and move the damaged one aside; ``None`` if there is none.

    Raises:
        SystemFault: the disk refused, and the damaged file does not play without being repaired either.
    """
    try:
        if rebuilt(unfinished, found, _draft_of(unfinished)) is None:
            return None
    except (PowerStreamError, OSError):
        if played(unfinished) is None:
            raise
        return None  # no room for a copy
    return give_name(unfinished, _original_of(unfinished))


def _original_of(unfinished: Path) -> Path:
    return unfinished.with_name(unfinished.name + ORIGINAL_SUFFIX)


def _draft_of(unfinished: Path) -> Path:
    return unfinished.with_name(f".{unfinished.name}.recovering")


def _named(path: Path, *, was_finished: bool = False, original: Path | None = None) -> LeftBehind | None:
    """Return what lies under its final name; ``None`` if nothing that plays does."""
    found = played(path)
    if found is None:
        return None
    part = RecordingPart(path=path, duration_s=found.duration_s, size_bytes=path.stat().st_size)
    return LeftBehind(part=part, was_finished=was_finished, original=original)
