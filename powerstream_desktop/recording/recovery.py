"""Finds out what would make a file whole that a crash or a bad disk left, and proves that it plays then. The file is only read.

Two cases (reliability_security.md 1.5.9):

* A file that only lacks its end needs the index. It is made from the headers of the fragments, and the file is opened and decoded
  as it will be with it: no byte of it is lost, and it takes no room for a copy.
* Anything else is damaged. Its whole fragments go into a new file.

Damaged files are opened with libavformat: where they may have come to harm elsewhere, in a process that may die (``recovery_work``).
"""

from __future__ import annotations

import shutil
import struct
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from powerstream_desktop.common.errors import BugError, PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.frozen_json import to_json
from powerstream_desktop.common.media_task import MediaTask
from powerstream_desktop.common.mp4_boxes import box
from powerstream_desktop.recording.existing_file import OverlaidFile
from powerstream_desktop.recording.finding import INDEX_NAME, NEW_NAME, FileState, Finding, Look
from powerstream_desktop.recording.folder import give_name
from powerstream_desktop.recording.fragments import HEADER
from powerstream_desktop.recording.hybrid_file import BEGIN, HybridFile, media_header
from powerstream_desktop.recording.index import FileIndex
from powerstream_desktop.recording.naming import finished_name
from powerstream_desktop.recording.options import Container
from powerstream_desktop.recording.playable import Playable, played
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.safe_file import SafeFile
from powerstream_desktop.recording.sound_fragments import tracks_of
from powerstream_desktop.recording.survey import Survey, survey

_INDEX_ERRORS: Final = (struct.error, KeyError, ValueError, IndexError, StopIteration, ArithmeticError)
"""What making an index ends in of a header that parses, but says what cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A file that plays.

    Attributes:
        path: the new file, or the one that was to be recovered if nothing is wrong with it.
        duration_s: its length.
        size_bytes: its size.
        skipped_bytes: bytes of the damaged file that are in no whole fragment; 0 if nothing was wrong.
        is_new: whether it is a new file.
    """

    path: Path
    duration_s: float
    size_bytes: int
    skipped_bytes: int
    is_new: bool


def recover(path: Path, look: Look | None = None) -> Recovered | None:
    """Make a new file beside a damaged one, of everything in it that is whole; the damaged one is only read.

    Blocks as long as the disk does.

    Args:
        path: the file. One that is still being written is recovered as far as it has come.
        look: looks into it and makes a new file; None for this process doing so itself.

    Returns:
        the file that plays: ``path`` itself if nothing is wrong with it; ``None`` if nothing in it plays.

    Raises:
        UserError: there is no such file.
        SystemFault: the disk does not allow it.
    """
    stem = finished_name(path.name).removesuffix(path.suffix)
    folder = path.with_name(f".{stem}.recovering")
    named = path
    try:
        path.stat()  # who looks into it says less of one that is not there
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        found = (look or partial(look_into, into_new_file=True))(path, folder)
        if found.state is FileState.DAMAGED:
            named = give_name(folder / NEW_NAME, path.with_name(f"{stem} recovered.mp4"))
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path.name}.", hint="Check its name.") from error
    except OSError as error:
        raise _cannot_be_recovered(path, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if found.state is FileState.NOTHING:
        return None
    return Recovered(
        path=named,
        duration_s=found.duration_s,
        size_bytes=named.stat().st_size,
        skipped_bytes=found.skipped_bytes,
        is_new=named != path,
    )


def recovery_work(task: MediaTask) -> dict[str, object]:
    """Look into a file in a process that may die of it; ``intoNewFile`` in the request as with ``look_into``.

    Raises:
        SystemFault: it cannot be read, or there is no room for what would make it whole.
    """
    if task.folder is None:
        raise BugError("Recovering a recording needs a folder.")
    try:
        is_new_wanted = bool(task.request.get("intoNewFile"))
        found: dict[str, object] = to_json(look_into(task.file, task.folder, into_new_file=is_new_wanted))
    except OSError as error:
        raise _cannot_be_recovered(task.file, error) from error
    return found


def look_into(path: Path, folder: Path, *, into_new_file: bool = False) -> Finding:
    """Find out how a file is, and write into an empty folder what would make it whole.

    Args:
        path: the file.
        folder: on the same disk.
        into_new_file: make a new file even if an index is all that is missing.

    Raises:
        SystemFault: there is no room for what would make it whole, and it does not play without.
        OSError: the file or the folder cannot be read.
    """
    if path.suffix == f".{Container.MKV}":
        # Its readers find their way through clusters without an index, and pass over damaged ones.
        return _as_it_is(played(path), path.stat().st_size)
    with path.open("rb") as file:
        found = survey(file)
    is_well = found.header is None or found.is_finished
    playable = None
    if not is_well and found.is_whole and not into_new_file:
        state, playable = FileState.LACKS_INDEX, _with_index(path, found, folder / INDEX_NAME)
    elif not is_well:
        state, playable = FileState.DAMAGED, _rebuilt(path, found, folder / NEW_NAME)
    if playable is None:
        return _as_it_is(played(path), found.size_bytes)
    return Finding(
        state=state,
        duration_s=playable.duration_s,
        size_bytes=found.size_bytes,
        skipped_bytes=found.skipped_bytes,
    )


def _as_it_is(file: Playable | None, size_bytes: int) -> Finding:
    if file is None:
        return Finding(state=FileState.NOTHING, size_bytes=size_bytes)
    return Finding(state=FileState.PLAYS, duration_s=file.duration_s, size_bytes=size_bytes)


def _with_index(path: Path, found: Survey, target: Path) -> Playable | None:
    """Write the index that a file lacks, if it plays with it."""
    index = _index_of(found)
    if index is None:
        return None
    boxes = index.finished()
    with path.open("rb") as file:
        if file.read(len(BEGIN)) != BEGIN:
            return None
        overlaid = OverlaidFile(file, media_header(found.size_bytes), boxes)
        playable = _as_counted(played(overlaid), index, found)
    if playable is not None:
        target.write_bytes(boxes)
    return playable


def _rebuilt(path: Path, found: Survey, target: Path) -> Playable | None:
    """Write the whole fragments of a file into a new one and finish it; ``None`` if that does not play, or there is no room for it."""
    index = _index_of(found)
    if index is None or found.header is None:
        return None
    try:
        file = SafeFile(OSFile(target))
        try:
            with path.open("rb") as source:
                _copy(source, found, found.header, file)
            file.close()
        finally:
            file.abandon()
    except (PowerStreamError, OSError):
        target.unlink(missing_ok=True)
        if played(path) is None:
            raise
        return None
    return _as_counted(played(target), index, found)


def _copy(source: BinaryIO, found: Survey, header: bytes, target: SafeFile) -> None:
    hybrid = HybridFile(target)
    hybrid.write(box(b"ftyp") + box(HEADER, header))
    for fragment in found.fragments:
        source.seek(fragment.position)
        hybrid.write(source.read(fragment.size))
    hybrid.finish()


def _index_of(found: Survey) -> FileIndex | None:
    """Return the index of what was found; ``None`` if none can be made of it."""
    if found.header is None or not found.fragments:
        return None
    index = FileIndex(0)
    index.begin(found.header)
    try:
        for fragment in found.fragments:
            index.add(fragment.runs)
        is_made = bool(index.finished())
    except _INDEX_ERRORS:
        return None
    return index if is_made else None


def _as_counted(file: Playable | None, index: FileIndex, found: Survey) -> Playable | None:
    """Return the file if it has as many frames as were found."""
    counts = index.frame_counts
    wanted = tuple(counts.get(track, 0) for track in tracks_of(found.header or b""))
    return file if file is not None and file.frame_counts == wanted else None


def _cannot_be_recovered(path: Path, error: OSError) -> SystemFault:
    detail = f"{type(error).__name__}: {error.strerror or error}"
    return SystemFault(f"{path.name} cannot be recovered.", hint="Check its disk.", detail=detail)
