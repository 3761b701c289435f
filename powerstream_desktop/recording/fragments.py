"""What stands in a fragmented MP4, read from its bytes on their way to the disk (ISO/IEC 14496-12, 8.8).

Kept is the header of the file, once, and of each fragment what its header says of the frames: when, how long, how large, where.
The media itself is passed over. Only what libavformat writes is understood: sizes of 32 bits, and places told from the beginning
of a fragment.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.mp4_boxes import BOX_HEADER, boxes_in

HEADER: Final = b"moov"
FRAGMENT: Final = b"moof"
_KEPT: Final = frozenset({HEADER, FRAGMENT})

_HAS_DESCRIPTION: Final = 0x02
_HAS_DEFAULT_DURATION: Final = 0x08
_HAS_DEFAULT_SIZE: Final = 0x10
_HAS_DEFAULT_FLAGS: Final = 0x20
_HAS_OFFSET: Final = 0x001
_HAS_FIRST_FLAGS: Final = 0x004
_DURATION: Final = 0x100
_SIZE: Final = 0x200
_FLAGS: Final = 0x400
_DELAY: Final = 0x800
_COLUMNS: Final = (_DURATION, _SIZE, _FLAGS, _DELAY)
"""What each frame may say for itself, in this order."""
_IS_NO_KEY: Final = 0x0001_0000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Frames of one track that stand behind one another in the file.

    Attributes:
        track: the track's number in the file.
        time: decoding time of the first one, in the track's ticks.
        position: of its first byte in the file.
        durations: in ticks.
        sizes: in bytes.
        delays: from decoding to presentation, in ticks; ``None`` where all are shown as they are decoded.
        keys: 1 for a frame at which decoding may start, else 0.
    """

    track: int
    time: int
    position: int
    durations: Sequence[int]
    sizes: Sequence[int]
    delays: Sequence[int] | None
    keys: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBox:
    """A box of the file.

    Attributes:
        kind: its four letters.
        body: without them and its size.
        position: of its first byte in the file.
    """

    kind: bytes
    body: bytes
    position: int


class BoxStream:
    """Cuts the file's bytes, in pieces of any size, into its boxes.

    Args:
        position: of the first byte in the file.
    """

    def __init__(self, position: int) -> None:
        self._box_at = position
        self._begun = bytearray()  # a box that is kept, or the header of any, as far as it has come
        self._passed_over = 0  # bytes still to come of a box that is not kept

    def feed(self, data: bytes) -> list[FileBox]:
        """Take the next bytes; return the boxes that are kept and now complete."""
        complete = []
        at = 0
        while at < len(data):
            if self._passed_over:
                step = min(self._passed_over, len(data) - at)
                self._passed_over -= step
            else:
                step = min(self._missing_bytes(), len(data) - at)
                self._begun += data[at : at + step]
                complete += self._completed()
            at += step
        return complete

    def _missing_bytes(self) -> int:
        """Return what is missing of the header, or of the box that is kept."""
        if len(self._begun) < BOX_HEADER.size:
            return BOX_HEADER.size - len(self._begun)
        return int(BOX_HEADER.unpack_from(self._begun)[0]) - len(self._begun)

    def _completed(self) -> list[FileBox]:
        if len(self._begun) < BOX_HEADER.size:
            return []
        size, kind = BOX_HEADER.unpack_from(self._begun)
        if kind in _KEPT and len(self._begun) < size:
            return []
        found = FileBox(kind=kind, body=bytes(self._begun[BOX_HEADER.size :]), position=self._box_at)
        self._passed_over = size - len(self._begun)
        self._begun.clear()
        self._box_at += size
        return [found] if kind in _KEPT else []


def runs_in(fragment: FileBox) -> Iterator[Run]:
    """Yield the runs of a fragment."""
    for kind, body in boxes_in(fragment.body):
        if kind == b"traf":
            yield from _runs_of_track(body, fragment.position)


def _runs_of_track(body: bytes, fragment_at: int) -> Iterator[Run]:
    parts = list(boxes_in(body))
    defaults = next(_Defaults.of(part) for kind, part in parts if kind == b"tfhd")
    time = next(_time_of(part) for kind, part in parts if kind == b"tfdt")
    for kind, part in parts:
        if kind == b"trun":
            run = _run(part, defaults, time, fragment_at)
            time += sum(run.durations)
            yield run


@dataclass(frozen=True, slots=True, kw_only=True)
class _Defaults:
    """What holds for the frames of a track in a fragment that do not say it themselves."""

    track: int
    duration: int
    size: int
    flags: int

    @classmethod
    def of(cls, body: bytes) -> _Defaults:
        flags, track = struct.unpack_from(">II", body)
        fields = iter(_numbers(body[8:]))
        if flags & _HAS_DESCRIPTION:
            next(fields)
        duration, size, frame_flags = (
            next(fields) if flags & has else 0
            for has in (_HAS_DEFAULT_DURATION, _HAS_DEFAULT_SIZE, _HAS_DEFAULT_FLAGS)
        )
        return cls(track=track, duration=duration, size=size, flags=frame_flags)


def _time_of(body: bytes) -> int:
    return int.from_bytes(body[4:], "big")


def _run(body: bytes, defaults: _Defaults, time: int, fragment_at: int) -> Run:
    flags, count = struct.unpack_from(">II", body)
    (offset,) = struct.unpack_from(">i", body, 8) if flags & _HAS_OFFSET else (0,)
    rows = _numbers(body[12 if flags & _HAS_OFFSET else 8 :])
    first_flags = rows.pop(0) if flags & _HAS_FIRST_FLAGS else None
    present = [column for column in _COLUMNS if flags & column]
    columns = {column: rows[index :: len(present)] for index, column in enumerate(present)}
    frame_flags = columns.get(_FLAGS) or array("I", [defaults.flags]) * count
    if first_flags is not None and count:
        frame_flags[0] = first_flags
    return Run(
        track=defaults.track,
        time=time,
        position=fragment_at + offset,
        durations=columns.get(_DURATION) or array("I", [defaults.duration]) * count,
        sizes=columns.get(_SIZE) or array("I", [defaults.size]) * count,
        delays=columns.get(_DELAY),
        keys=[0 if each & _IS_NO_KEY else 1 for each in frame_flags],
    )


def _numbers(body: bytes) -> array[int]:
    numbers = array("I", body)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
