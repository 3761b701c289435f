"""Chapters in a finished recording: its markers, where any player shows them.

The index is written anew, with the chapters in it, and the media is not touched. The new index goes behind the file's end, or into
the room of one that was given up before; when it is durable, the one before is given up by the four letters of its name. Until that
instant players find the old one, from then on the new one, and whatever a crash makes of those four letters is the name of no box
at all: every reader passes over it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.common.mp4_boxes import BOX_HEADER, box, boxes_in, full_box
from powerstream_desktop.recording.disk_faults import disk_fault
from powerstream_desktop.recording.existing_file import kept_age, open_existing
from powerstream_desktop.recording.safe_file import SafeFile

MAX_CHAPTERS: Final = 255
"""Their number is one byte."""

_INDEX: Final = b"moov"
_GIVEN_UP: Final = b"free"
_FRAGMENTS_FOLLOW: Final = b"mvex"
_ABOUT: Final = b"udta"
_CHAPTERS: Final = b"chpl"
_TICKS_PER_MS: Final = 10_000
_MAX_TITLE_BYTES: Final = 255
_MAX_INDEX_BYTES: Final = 192 * 1024 * 1024
_MAX_BOXES: Final = 500_000
_ROOM: Final = 16 * 1024
"""Left in a new index, so that a later one fits into its place."""
_LONG_SIZE: Final = struct.Struct(">Q")
_SIZE_FOLLOWS: Final = 1


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    position: int
    size: int


def write_chapters(file: Path, chapters: Iterable[tuple[int, str]]) -> None:
    """Give a finished MP4 these chapters in place of those it has. Blocks as long as the disk does.

    Nobody else may write to the file meanwhile; who plays it is not disturbed. It grows by the size of its index, once or twice.

    Args:
        file: the MP4.
        chapters: where each begins, in milliseconds, and its title; in any order. Of more than 255 the first ones count.

    Raises:
        UserError: it is no finished MP4.
        SystemFault: the disk refused; the file plays as it did.
    """
    try:
        with file.open("rb") as source:
            boxes = _boxes_of(source)
            current = next((each for each in boxes if each.kind == _INDEX), None)
            if current is None or current.size > _MAX_INDEX_BYTES:
                raise _no_finished_mp4(file, "no index")
            source.seek(current.position + BOX_HEADER.size)
            before = source.read(current.size - BOX_HEADER.size)
        if any(kind == _FRAGMENTS_FOLLOW for kind, _ in boxes_in(before)):
            raise _no_finished_mp4(file, "fragments")
        parts = _parts_with(before, _ordered(chapters))
        if parts == [part for part in boxes_in(before) if part[0] != _GIVEN_UP]:
            return
        with kept_age(file):
            _write(file, boxes, current, parts)
    except (ValueError, struct.error) as error:
        raise _no_finished_mp4(file, str(error)) from error
    except OSError as error:
        raise disk_fault(error) from error


def _write(file: Path, boxes: Sequence[_Box], current: _Box, parts: Sequence[tuple[bytes, bytes]]) -> None:
    target = open_existing(file)
    try:
        _replace(target, boxes, current, parts)
    except PowerStreamError:
        target.abandon()
        raise
    target.close()


def _replace(
    target: SafeFile, boxes: Sequence[_Box], current: _Box, parts: Sequence[tuple[bytes, bytes]]
) -> None:
    body = b"".join(box(*part) for part in parts)
    needed = BOX_HEADER.size + len(body)
    rooms = (each for each in boxes if each.kind == _GIVEN_UP)
    room = next((each for each in rooms if _can_be_filled(each.size - needed)), None)
    if room is None:
        target.append(box(_INDEX, body, box(_GIVEN_UP, bytes(_ROOM))))
    else:
        target.patch(room.position + BOX_HEADER.size, body + _filling(room.size - needed))
        target.patch(room.position + 4, _INDEX)
    target.patch(current.position + 4, _GIVEN_UP)


def _can_be_filled(rest: int) -> bool:
    return rest == 0 or rest >= BOX_HEADER.size


def _filling(rest: int) -> bytes:
    return box(_GIVEN_UP, bytes(rest - BOX_HEADER.size)) if rest else b""


def _parts_with(index: bytes, chapters: Sequence[tuple[int, str]]) -> list[tuple[bytes, bytes]]:
    """Return the boxes of an index with these chapters and no others."""
    parts = [part for part in boxes_in(index) if part[0] != _GIVEN_UP]
    about = next((body for kind, body in parts if kind == _ABOUT), b"")
    told = [box(*part) for part in boxes_in(about) if part[0] != _CHAPTERS]
    if chapters:
        told.append(_chapters_box(chapters))
    others = [part for part in parts if part[0] != _ABOUT]
    return [*others, (_ABOUT, b"".join(told))] if told else others


def _chapters_box(chapters: Sequence[tuple[int, str]]) -> bytes:
    """Return the chapters as Nero's programs were the first to write them: a time in units of 100 ns and a short title for each."""
    rows = [
        struct.pack(">QB", at_ms * _TICKS_PER_MS, len(title)) + title
        for at_ms, title in ((at_ms, _shortened(title)) for at_ms, title in chapters)
    ]
    return full_box(_CHAPTERS, bytes(4), bytes([len(rows)]), *rows, version=1)


def _ordered(chapters: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted((max(0, at_ms), title) for at_ms, title in chapters)[:MAX_CHAPTERS]


def _shortened(title: str) -> bytes:
    return title.encode(errors="replace")[:_MAX_TITLE_BYTES].decode(errors="ignore").encode()


def _boxes_of(source: BinaryIO) -> list[_Box]:
    """Return the file's boxes.

    Raises:
        ValueError: they do not fill it.
    """
    size = source.seek(0, 2)
    boxes: list[_Box] = []
    at = 0
    while at < size:
        source.seek(at)
        head = source.read(BOX_HEADER.size + _LONG_SIZE.size)
        box_bytes, kind = BOX_HEADER.unpack_from(head)
        if box_bytes == _SIZE_FOLLOWS:
            (box_bytes,) = _LONG_SIZE.unpack_from(head, BOX_HEADER.size)
        if box_bytes < BOX_HEADER.size or at + box_bytes > size or len(boxes) >= _MAX_BOXES:
            raise ValueError(f"the box at {at} does not fit")
        boxes.append(_Box(kind, at, box_bytes))
        at += box_bytes
    return boxes


def _no_finished_mp4(file: Path, why: str) -> UserError:
    return UserError(
        f"{file.name} cannot be given chapters.",
        hint="Only a finished MP4 takes them.",
        detail=why,
    )
