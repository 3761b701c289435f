"""The last part of a recording that is still being written, as a file of its own for whoever reads films.

Such a recording is a header followed by fragments, each a box that tells of its frames and one that holds them; where they lie is told
from the beginning of their fragment. So the header and any number of whole fragments in a row are a film themselves, and the hours before
them need not be read. The file is only read, and what is appended to it meanwhile is not looked at: nobody who writes it notices.

A box is there when its header is (the recorder writes that last), and a fragment when the header of the box behind it would begin within
the file.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault, UserError
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
_LEAD_S: Final = 12.0
"""Before what is wanted: any encoder of a broadcast has made a key frame within this time."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    position: int
    size: int


class RecordingWindow(io.RawIOBase):
    """A file to read, made of a growing recording's header and its last fragments.

    Args:
        path: of the recording.
        last_ms: how much of its end is wanted.

    Raises:
        UserError: there is no such recording, or nothing in it yet.
        SystemFault: the disk does not let it be read.
    """

    def __init__(self, path: Path, last_ms: int) -> None:
        super().__init__()
        try:
            self._file = path.open("rb", buffering=0)
        except FileNotFoundError as error:
            raise UserError("The recording has just ended.", hint="Cut the clip from its replay.") from error
        except OSError as error:
            raise _unreadable(error) from error
        try:
            self._pieces = _pieces(self._file, last_ms)
        except OSError as error:
            self._file.close()
            raise _unreadable(error) from error
        except UserError:
            self._file.close()
            raise
        self._size = sum(size for _, size in self._pieces)
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that any place of it can be read."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place."""
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; fewer only at the end, and none behind it."""
        wanted = self._size - self._at if size < 0 else min(size, self._size - self._at)
        parts: list[bytes] = []
        begin = 0
        for position, length in self._pieces:
            inside = self._at - begin
            if wanted > 0 and 0 <= inside < length:
                self._file.seek(position + inside)
                data = self._file.read(min(wanted, length - inside)) or b""
                parts.append(data)
                self._at += len(data)
                wanted -= len(data)
            begin += length
        return b"".join(parts)

    def close(self) -> None:
        """Let the recording go."""
        self._file.close()
        super().close()


def _pieces(file: io.FileIO, last_ms: int) -> list[tuple[int, int]]:
    """Return the places and sizes of what the window shows."""
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
        raise UserError("Nothing has been recorded yet.", hint="Wait a second, then try again.")
    ticks_per_s = _tick_rates(_body(file, next(box for box in head if box.kind == _HEADER)))
    newest_s = _begins_s(_body(file, whole[-1]), ticks_per_s)
    first = _first_wanted(file, whole, ticks_per_s, newest_s - last_ms / 1000 - _LEAD_S)
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


def _unreadable(error: OSError) -> SystemFault:
    return SystemFault(
        "The recording that is being written cannot be read.",
        hint="Check its disk.",
        detail=f"{type(error).__name__}: {error}",
    )
