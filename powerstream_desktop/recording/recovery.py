"""Makes whole what a crash or a bad disk left of a recording, and proves that it plays before it gets a name.

Two cases (reliability_security.md 1.5.9):

* A file that only lacks its end is finished where it lies: the index is made from the headers of its fragments, the file is opened
  and decoded as it will be, and then the index is appended just as a recorder does it. No byte of it is lost, it takes no room for a copy,
  and a kill at any instant leaves it as playable as it was.
* Anything else is damaged. Its whole fragments go into a new file; the damaged one is never written to.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.mp4_boxes import box
from powerstream_desktop.recording.existing_file import OverlaidFile, open_existing
from powerstream_desktop.recording.folder import give_name
from powerstream_desktop.recording.fragments import HEADER
from powerstream_desktop.recording.hybrid_file import BEGIN, HybridFile, media_header
from powerstream_desktop.recording.index import FileIndex
from powerstream_desktop.recording.naming import finished_name
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


def recover(path: Path) -> Recovered | None:
    """Make a new file beside a damaged one, of everything in it that is whole; the damaged one is only read.

    Blocks as long as the disk does. Damaged files are opened with libavformat: where they may come from elsewhere, in a process that may die.

    Args:
        path: the file. Nobody writes to it any more.

    Returns:
        the file that plays: ``path`` itself if nothing is wrong with it; ``None`` if nothing in it plays.

    Raises:
        UserError: there is no such file.
        SystemFault: the disk does not allow it.
    """
    try:
        with path.open("rb") as file:
            found = survey(file)
        if found.header is None or (found.is_whole and found.has_index):
            return _as_it_is(path)
        stem = finished_name(path.name).removesuffix(path.suffix)
        draft = path.with_name(f".{stem}.recovering")
        new = rebuilt(path, found, draft)
        if new is None:
            return _as_it_is(path)
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path.name}.", hint="Check its name.") from error
    except OSError as error:
        detail = f"{type(error).__name__}: {error.strerror or error}"
        raise SystemFault(
            f"{path.name} cannot be recovered.", hint="Check its disk.", detail=detail
        ) from error
    named = give_name(draft, path.with_name(f"{stem} recovered.mp4"))
    return Recovered(
        path=named,
        duration_s=new.duration_s,
        size_bytes=named.stat().st_size,
        skipped_bytes=found.skipped_bytes,
        is_new=True,
    )


def finished_in_place(path: Path, found: Survey) -> Playable | None:
    """Append the index that a recording lacks, once it is sure that it plays with it.

    Args:
        path: the file, as it was left behind.
        found: what is in it; whole, and without an index.

    Returns:
        what it is now; ``None`` if it would not play: then it is as it was.

    Raises:
        SystemFault: the disk refused; the file plays as it did.
        OSError: it cannot be opened.
    """
    index = _index_of(found)
    if index is None:
        return None
    boxes = index.finished()
    patch = media_header(found.size_bytes)
    with path.open("rb") as file:
        if file.read(len(BEGIN)) != BEGIN:
            return None
        is_right = _as_counted(played(OverlaidFile(file, patch, boxes)), index, found)
    if is_right is None:
        return None
    target = open_existing(path)
    try:
        target.append(boxes)
        target.patch(*patch)
    except PowerStreamError:
        target.abandon()
        raise
    target.close()
    return is_right


def rebuilt(path: Path, found: Survey, draft: Path) -> Playable | None:
    """Write the whole fragments of a file into a new one, and finish it.

    Args:
        path: the damaged file.
        found: what is in it.
        draft: where the new file goes; what lies there is of an attempt that was killed.

    Returns:
        what the new file is; ``None`` if it does not play: then there is none.

    Raises:
        SystemFault: the disk refused; there is no new file.
        OSError: the damaged one cannot be read; there is no new file.
    """
    index = _index_of(found)
    if index is None or found.header is None:
        return None
    draft.unlink(missing_ok=True)
    target = SafeFile(OSFile(draft))
    try:
        with path.open("rb") as source:
            _copy(source, found, found.header, target)
        target.close()
        new = _as_counted(played(draft), index, found)
    except BaseException:
        target.abandon()
        draft.unlink(missing_ok=True)
        raise
    if new is None:
        draft.unlink(missing_ok=True)
    return new


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


def _as_it_is(path: Path) -> Recovered | None:
    found = played(path)
    if found is None:
        return None
    size_bytes = path.stat().st_size
    return Recovered(
        path=path, duration_s=found.duration_s, size_bytes=size_bytes, skipped_bytes=0, is_new=False
    )
