"""The index that makes an ordinary MP4 of a fragmented one: its header once more, with every frame in it.

libavformat could write it (``hybrid_fragmented``), and keeps 74 bytes in memory for each frame until then: 60 MiB after three
hours. Here it is a few bytes for each. What libavformat wrote into the file's header, the codecs' settings above all, is taken
over as it stands.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.mp4_boxes import box, box_header, boxes_in, full_box
from powerstream_desktop.recording.fragments import HEADER, BoxStream, Run, runs_in
from powerstream_desktop.recording.sample_table import SampleTable

_U32: Final = struct.Struct(">I")
_TIMESCALE_AT: Final = 12
"""In the headers of file and track media, behind version and two dates."""
_DURATION_AT: Final = 16
_TRACK_AT: Final = 12
_TRACK_DURATION_AT: Final = 20
_EDIT_BYTES: Final = 12
"""Of an edit: how long, from where, how fast."""
_OPUS_PREROLL: Final = 3840
_DECODER: Final = b"\x04\x80\x80\x80"
"""Begins what tells an ``mp4a`` apart: AAC, MP3, ... (ISO/IEC 14496-1, 7.2.6.6), in the long form that libavformat writes."""
_SOUND_TYPE_AT: Final = 5
_AAC: Final = 0x40
_MAX_U32: Final = 2**32 - 1


class FileIndex:
    """Follows what is written into one file, and makes its index. Used by one thread.

    Args:
        position: in the file of the first byte that will be fed.
    """

    def __init__(self, position: int) -> None:
        self._boxes = BoxStream(position)
        self._header = b""
        self._tables: dict[int, SampleTable] = {}

    @property
    def held_bytes(self) -> int:
        """Bytes that it takes in memory."""
        return len(self._header) + sum(table.held_bytes for table in self._tables.values())

    def feed(self, data: bytes) -> None:
        """Take what was written next."""
        for found in self._boxes.feed(data):
            if found.kind == HEADER:
                self.begin(found.body)
            else:
                self.add(runs_in(found))

    def begin(self, header: bytes) -> None:
        """Take the body of the file's header."""
        self._header = header

    def add(self, runs: Iterable[Run]) -> None:
        """Take the runs of the next fragment."""
        for run in runs:
            self._tables.setdefault(run.track, SampleTable()).add(run)

    @property
    def frame_counts(self) -> Mapping[int, int]:
        """How many frames there are, by the number of their track."""
        return {track: len(table) for track, table in self._tables.items()}

    def finished(self) -> bytes:
        """Return the index; empty if there is no frame."""
        if not self._tables:
            return b""
        parts = list(boxes_in(self._header))
        timescale = next(_u32(body, _TIMESCALE_AT) for kind, body in parts if kind == b"mvhd")
        tracks = [self._track(body, timescale) for kind, body in parts if kind == b"trak"]
        longest = max(track.duration for track in tracks)
        written = iter(tracks)
        pieces: list[bytes] = []
        for kind, body in parts:
            if kind == b"mvhd":
                pieces.append(box(kind, _file_header(body, longest, next_track=len(tracks) + 1)))
            elif kind == b"trak":
                pieces += next(written).pieces
            elif kind != b"mvex":  # says that fragments follow
                pieces.append(box(kind, body))
        return b"".join(_around(HEADER, pieces))

    def _track(self, body: bytes, timescale: int) -> _Track:
        parts = dict(boxes_in(body))
        table = self._tables.get(_u32(parts[b"tkhd"], _TRACK_AT), SampleTable())
        media = dict(boxes_in(parts[b"mdia"]))
        ticks_per_s = _u32(media[b"mdhd"], _TIMESCALE_AT)
        shown_ticks = max(0, table.shown_until - _first_shown(parts.get(b"edts")))
        shown = -(-shown_ticks * timescale // ticks_per_s)
        waited, edits = _edited(parts.get(b"edts"), shown)
        parts[b"tkhd"] = _with_u32(parts[b"tkhd"], _TRACK_DURATION_AT, waited + shown)
        if edits is not None:
            parts[b"edts"] = edits
        written = {kind: [box(kind, part)] for kind, part in parts.items()}
        written[b"mdia"] = _media(media, table)
        return _Track(
            waited + shown, _around(b"trak", [piece for each in written.values() for piece in each])
        )


@dataclass(frozen=True, slots=True)
class _Track:
    """A track of the index, and how long it is in the file's ticks."""

    duration: int
    pieces: list[bytes]


def _file_header(body: bytes, duration: int, *, next_track: int) -> bytes:
    """Return the file's own header; libavformat wrote it before it counted its tracks."""
    return _with_u32(body, _DURATION_AT, duration)[: -_U32.size] + _U32.pack(next_track)


def _first_shown(edits: bytes | None) -> int:
    """Return where in the track's media the picture or sound begins that is shown first, in its ticks: behind B-frames not at 0."""
    if edits is None:
        return 0
    ((_, body),) = boxes_in(edits)
    return _u32(body, 8 + (_u32(body, 4) - 1) * _EDIT_BYTES + 4)


def _edited(edits: bytes | None, shown: int) -> tuple[int, bytes | None]:
    """Return how long a track waits for its first frame, and its edits with the length of what is shown then.

    The last edit is the one that shows the media; libavformat, which did not know the length, left it 0.
    """
    if edits is None:
        return 0, None
    ((kind, body),) = boxes_in(edits)
    count = _u32(body, 4)
    waited = sum(_u32(body, 8 + number * _EDIT_BYTES) for number in range(count - 1))
    return waited, box(kind, _with_u32(body, 8 + (count - 1) * _EDIT_BYTES, shown))


def _media(media: dict[bytes, bytes], table: SampleTable) -> list[bytes]:
    information = dict(boxes_in(media[b"minf"]))
    description = dict(boxes_in(information.pop(b"stbl")))[b"stsd"]
    tables = _around(b"stbl", [box(b"stsd", description), *table.boxes(preroll=_preroll(description))])
    written = {kind: [box(kind, body)] for kind, body in media.items()}
    written[b"mdhd"] = [_media_header(media[b"mdhd"], table.duration)]
    written[b"minf"] = _around(b"minf", [*(box(*part) for part in information.items()), *tables])
    return _around(b"mdia", [piece for each in written.values() for piece in each])


def _media_header(body: bytes, duration: int) -> bytes:
    """Return the header of a track's media; its duration takes 64 bits when 32 are full, after a day of sound."""
    if duration <= _MAX_U32:
        return box(b"mdhd", _with_u32(body, _DURATION_AT, duration))
    version_and_flags, created, modified, timescale, _ = struct.unpack_from(">IIIII", body)
    fields = struct.pack(">QQIQ", created, modified, timescale, duration)
    return full_box(b"mdhd", fields, body[20:], version=1, flags=version_and_flags & 0xFFFFFF)


def _preroll(description: bytes) -> int:
    """Return how long a decoder of this sound must run before what it gives is right, in ticks; 0 for all else.

    Opus asks for 80 ms, at the 48 kHz that its tracks count in. AAC asks for the frame before, however long.
    """
    ((codec, entry),) = boxes_in(description[8:])
    if codec == b"Opus":
        return _OPUS_PREROLL
    is_aac = codec == b"mp4a" and entry[entry.find(_DECODER) + _SOUND_TYPE_AT] == _AAC
    return 1 if is_aac else 0


def _around(kind: bytes, pieces: list[bytes]) -> list[bytes]:
    """Return a box in pieces; joining them at each level would take a day's index several times over."""
    return [box_header(kind, sum(map(len, pieces))), *pieces]


def _u32(body: bytes, at: int) -> int:
    return int(_U32.unpack_from(body, at)[0])


def _with_u32(body: bytes, at: int, value: int) -> bytes:
    return body[:at] + _U32.pack(value) + body[at + 4 :]
