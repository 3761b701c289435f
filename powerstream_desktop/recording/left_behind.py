"""What a process that died was recording: measured, and given its final name.

Such a file is whole up to its last fragment and plays as it is (``safe_file``), so nothing in it is written anew. Who calls
this must know that no process writes to the file any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av

from powerstream_desktop.recording.disk_faults import disk_fault
from powerstream_desktop.recording.folder import publish
from powerstream_desktop.recording.naming import FINISHED_SUFFIX, UNFINISHED_SUFFIX
from powerstream_desktop.recording.snapshot import RecordingPart


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """A recording whose process died.

    Attributes:
        part: the file under its final name.
        was_finished: the process had finished it before, so that it lacks nothing.
    """

    part: RecordingPart
    was_finished: bool


def recover_left_behind(unfinished: Path) -> LeftBehind | None:
    """Give the file that a dead process was writing its final name. Blocks as long as the disk does.

    Args:
        unfinished: the file's name while it was being written.

    Returns:
        what was found; ``None`` when there is no file, or the process died before anything that plays was in it. Such a file
        stays where it is.

    Raises:
        SystemFault: the disk does not allow it.
    """
    finished = unfinished.with_name(unfinished.name.removesuffix(UNFINISHED_SUFFIX) + FINISHED_SUFFIX)
    was_finished = not unfinished.exists()
    found = finished if was_finished else unfinished
    try:
        duration_s = _duration_s(found)
        if duration_s is None:
            return None
        path = found if was_finished else publish(unfinished)
        size_bytes = path.stat().st_size
    except OSError as error:
        raise disk_fault(error) from error
    part = RecordingPart(path=path, duration_s=duration_s, size_bytes=size_bytes)
    return LeftBehind(part=part, was_finished=was_finished)


def _duration_s(path: Path) -> float | None:
    """Return the length of a file; ``None`` if there is none, or nothing in it plays."""
    try:
        with av.open(path.absolute(), "r") as container:
            duration_us = container.duration
    except av.FFmpegError:
        return None
    return duration_us / av.time_base if duration_us else None
