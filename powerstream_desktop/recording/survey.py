"""What a recording still holds, whatever happened to its file: the header, the whole fragments, and where they lie.

It is only read, from its beginning on, box by box. Where the boxes make no sense any more the next fragment is looked for, so
that a bad sector costs the fragment it hit and not the rest of the show. The wrapping that makes an ordinary MP4 of the fragments
is looked into and not believed: after a lost write it may span bytes that are not there (reliability_security.md 1.3).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from powerstream_desktop.common.mp4_boxes import BOX_HEADER, boxes_in
from powerstream_desktop.recording.fragments import FRAGMENT, HEADER
from powerstream_desktop.recording.sound_fragments import Fragment, in_order, sound_fragment, tracks_of

_MEDIA: Final = b"mdat"
_PASSED_OVER: Final = frozenset(
    {b"ftyp", b"styp", b"free", b"skip", b"wide", b"sidx", b"mfra", b"udta", b"uuid"}
)
_MAX_HEADER_BYTES: Final = 192 * 1024 * 1024
"""The index of two days."""
_MAX_FRAGMENT_HEADER_BYTES: Final = 4 * 1024 * 1024
_MAX_FRAGMENT_BYTES: Final = 256 * 1024 * 1024
_LONG_SIZE: Final = struct.Struct(">Q")
_SIZE_FOLLOWS: Final = 1
_SEARCHED_BYTES: Final = 1024 * 1024
_FRAGMENT_BEGINS: Final = FRAGMENT + struct.pack(">I", 16) + b"mfhd"
_HEADER_BEGINS: Final = HEADER + struct.pack(">I", 108) + b"mvhd"
_LONGEST_SIGN: Final = max(len(_FRAGMENT_BEGINS), len(_HEADER_BEGINS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a file holds.

    Attributes:
        size_bytes: of the file.
        header: body of the header that the fragments need; ``None`` if there is none: then nothing can be done.
        fragments: those that are whole and go on from one another, in order.
        skipped_bytes: bytes that are neither of these nor boxes without media.
        is_wrapped: the fragments lie in a box that an index is to follow.
        has_index: an index, whole, is the last thing in the file.
    """

    size_bytes: int
    header: bytes | None
    fragments: tuple[Fragment, ...]
    skipped_bytes: int
    is_wrapped: bool
    has_index: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is as the process that wrote it left it, finished or not.

        One that was killed when only the last patch was missing has an index, and no wrapping yet.
        """
        return self.skipped_bytes == 0 and (self.has_index or not self.is_wrapped)

    @property
    def is_finished(self) -> bool:
        """Whether it is whole, and an ordinary MP4."""
        return self.is_whole and self.is_wrapped


def survey(file: BinaryIO) -> Survey:
    """Look through a file. Blocks as long as the disk takes to find some kilobytes of it for each half second of the show.

    Raises:
        OSError: the disk refused.
    """
    return _Surveyor(file).survey()


class _Surveyor:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, io.SEEK_END)
        self._header: bytes | None = None
        self._ticks_per_s: dict[int, int] = {}
        self._skipped = 0
        self._is_wrapped = False
        self._has_index = False

    def survey(self) -> Survey:
        """Look through the file, once."""
        found: list[Fragment] = list(self._fragments())
        kept = tuple(in_order(found, self._ticks_per_s))
        contradicting = sum(each.size for each in found) - sum(each.size for each in kept)
        return Survey(
            size_bytes=self._size,
            header=self._header,
            fragments=kept,
            skipped_bytes=self._skipped + contradicting,
            is_wrapped=self._is_wrapped,
            has_index=self._has_index,
        )

    def _fragments(self) -> Iterator[Fragment]:
        at = 0
        while at < self._size:
            kind, header_bytes, size = self._box_at(at)
            if kind == _MEDIA and self._wraps(at + header_bytes):
                self._is_wrapped = True
                at += header_bytes
                continue
            fragment = self._fragment_at(at, size) if kind == FRAGMENT else None
            if fragment is not None:
                yield fragment
                at += fragment.size
            elif self._is_passed_over(at, kind, size):
                at += size
            else:
                at = self._next_sense(at)

    def _is_passed_over(self, at: int, kind: bytes, size: int) -> bool:
        """Whether a whole box stands here that needs no further look; takes the header and the index as they come."""
        if not BOX_HEADER.size <= size <= self._size - at:
            return False
        if kind == HEADER:
            return self._take_header(at, size)
        self._has_index = self._has_index and kind in _PASSED_OVER
        return kind in _PASSED_OVER

    def _take_header(self, at: int, size: int) -> bool:
        if size > _MAX_HEADER_BYTES:
            return False
        body = self._read(at + BOX_HEADER.size, size - BOX_HEADER.size)
        tracks = tracks_of(body)
        if not tracks:
            return False
        if self._header is None and any(kind == b"mvex" for kind, _ in boxes_in(body)):
            self._header, self._ticks_per_s = body, tracks
        else:
            self._has_index = True
        return True

    def _fragment_at(self, at: int, size: int) -> Fragment | None:
        self._has_index = False
        if self._header is None or not BOX_HEADER.size < size <= _MAX_FRAGMENT_HEADER_BYTES:
            return None
        kind, header_bytes, media_bytes = self._box_at(at + size)
        if kind != _MEDIA or header_bytes != BOX_HEADER.size or size + media_bytes > _MAX_FRAGMENT_BYTES:
            return None
        if media_bytes < BOX_HEADER.size or at + size + media_bytes > self._size:
            return None
        body = self._read(at + BOX_HEADER.size, size - BOX_HEADER.size)
        return sound_fragment(at, body, media_bytes - BOX_HEADER.size, self._ticks_per_s)

    def _wraps(self, at: int) -> bool:
        """Whether what lies here, in a box of media, is a recording."""
        return self._box_at(at)[0] in {HEADER, FRAGMENT} and self._read(at + 4, _LONGEST_SIGN).startswith(
            (_FRAGMENT_BEGINS, _HEADER_BEGINS)
        )

    def _next_sense(self, at: int) -> int:
        """Return where the next fragment or header seems to begin, behind bytes that make no sense; the file's size if none does."""
        found = self._found_from(at + 1)
        self._has_index = False
        if found == self._size and not any(self._read(at, BOX_HEADER.size)):
            return found  # a write that did not finish: nothing in it ever counted
        self._skipped += found - at
        return found

    def _found_from(self, at: int) -> int:
        while at < self._size:
            chunk = self._read(at, _SEARCHED_BYTES + _LONGEST_SIGN)
            places = [
                place for sign in (_FRAGMENT_BEGINS, _HEADER_BEGINS) if (place := chunk.find(sign, 4)) >= 0
            ]
            if places:
                return at + min(places) - 4
            at += _SEARCHED_BYTES - 4
        return self._size

    def _box_at(self, at: int) -> tuple[bytes, int, int]:
        """Return kind, size of the header and size of the whole box; no kind where none fits any more."""
        head = self._read(at, BOX_HEADER.size + _LONG_SIZE.size)
        if len(head) < BOX_HEADER.size:
            return b"", 0, 0
        size, kind = BOX_HEADER.unpack_from(head)
        if size != _SIZE_FOLLOWS:
            return kind, BOX_HEADER.size, size
        if len(head) < BOX_HEADER.size + _LONG_SIZE.size:
            return b"", 0, 0
        return kind, len(head), _LONG_SIZE.unpack_from(head, BOX_HEADER.size)[0]

    def _read(self, at: int, count: int) -> bytes:
        self._file.seek(at)
        return self._file.read(count)
