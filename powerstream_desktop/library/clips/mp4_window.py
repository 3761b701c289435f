"""Where the last part of a growing MP4 lies: its header and whole fragments (ISO/IEC 14496-12, 8.8).

A box is there when its header is (the recorder writes that last), and a fragment when the box with its frames lies within the file.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.mp4_boxes import BOX_HEADER, boxes_in

_HEADER: Final = b"moov"
_FRAGMENT: Final = b"moof"
_MEDIA: Final = b"mdat"
_FORMAT: Final = b"ftyp"
_SIZE_FOLLOWS: Final = 1
_LONG_HEADER_BYTES: Final = 16
_MAX_HEADER_BYTES: Final = 1 << 20
_TIMESCALE_AT: Final = 12
_TRACK_AT: Final = 12


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    position: int
    size: int


def mp4_pieces(file: io.FileIO, last_s: float) -> list[tuple[int, int]]:
    """Return places and sizes of a header and of what follows it; empty if there is nothing to see yet.

    Args:
        file: open.
        last_s: how much of its end is wanted.
    """
    head: list[_Box] = []
    fragments: list[_Box] = []
    end = 0
    for box in _boxes(file):
        if box.kind == _FRAGMENT:
            fragments.append(box)
        elif box.kind == _MEDIA and fragments:
            end = box.position + box.size
        elif box.kind == _HEADER and fragments:
            break  # the index of a recording that has been finished at this moment
        elif box.kind in (_FORMAT, _HEADER):
            head.append(box)
    whole = [box for box in fragments if box.position < end]
    if not whole or not any(box.kind == _HEADER for box in head):
        return []
    ticks_per_s = _tick_rates(_body(file, next(box for box in head if box.kind == _HEADER)))
    newest_s = _begins_s(_body(file, whole[-1]), ticks_per_s)
    first = _first_wanted(file, whole, ticks_per_s, newest_s - last_s)
    return [*((box.position, box.size) for box in head), (first.position, end - first.position)]


def _first_wanted(file: io.FileIO, fragments: list[_Box], ticks_per_s: dict[int, int], from_s: float) -> _Box:
    """Return the last fragment that begins before a moment."""
    low, high = 0, len(fragments)
    while high - low > 1:
        middle = (low + high) // 2
        if _begins_s(_body(file, fragments[middle]), ticks_per_s) <= from_s:
            low = middle
        else:
            high = middle
    return fragments[low]


def _boxes(file: io.FileIO) -> Iterator[_Box]:
    """Yield the boxes that are wholly in the file, and those inside the one that spans all fragments of a finished recording."""
    file_bytes = os.fstat(file.fileno()).st_size
    position = 0
    has_fragments = False
    while position + BOX_HEADER.size <= file_bytes:
        file.seek(position)
        size, kind = BOX_HEADER.unpack(file.read(BOX_HEADER.size) or bytes(BOX_HEADER.size))
        has_fragments = has_fragments or kind == _FRAGMENT
        if kind == _MEDIA and not has_fragments:
            position += _LONG_HEADER_BYTES if size == _SIZE_FOLLOWS else BOX_HEADER.size
            continue
        if size < BOX_HEADER.size or position + size > file_bytes:
            return
        yield _Box(kind, position, size)
        position += size


def _body(file: io.FileIO, box: _Box) -> bytes:
    file.seek(box.position + BOX_HEADER.size)
    return file.read(min(box.size - BOX_HEADER.size, _MAX_HEADER_BYTES)) or b""


def _tick_rates(header: bytes) -> dict[int, int]:
    """Return the ticks per second of each track."""
    rates: dict[int, int] = {}
    for kind, body in boxes_in(header):
        if kind == b"trak":
            parts = dict(boxes_in(body))
            media = dict(boxes_in(parts[b"mdia"]))
            rates[_u32(parts[b"tkhd"], _TRACK_AT)] = _u32(media[b"mdhd"], _TIMESCALE_AT)
    return rates


def _begins_s(fragment: bytes, ticks_per_s: dict[int, int]) -> float:
    """Return when a fragment begins, in seconds of the recording."""
    for kind, body in boxes_in(fragment):
        if kind == b"traf":
            parts = dict(boxes_in(body))
            track = _u32(parts[b"tfhd"], 4)
            return int.from_bytes(parts[b"tfdt"][4:], "big") / max(1, ticks_per_s.get(track, 1))
    return 0.0


def _u32(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 4], "big")
