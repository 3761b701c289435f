"""The file of a frame ring: its words, its slots, how it is made and opened.

All words are 64 bits wide, aligned, and read and written one at a time, which no processor tears. Only both ends of the
same program on the same machine ever read it, so the byte order is the machine's.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import sys
import threading
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frame_layout import MAX_PLANES, ColourMatrix, FrameLayout, PixelFormat

if sys.platform != "win32":
    import fcntl

SLOTS: Final = 3
PAGE_BYTES: Final = 4096

_MAGIC: Final = 0x31474E4952535001
"""Written last: a file without it is not finished."""
_SLOT_WORDS: Final = 16
_FILL_BYTES: Final = 1024 * 1024
RING_SUFFIX: Final = ".ring"


class Word(IntEnum):
    """The words of the whole ring."""

    MAGIC = 0
    CAPACITY = 1
    NEWEST = 2
    HEARTBEAT_NS = 3
    WATCHED_UNTIL_NS = 4
    SUPERSEDED = 5


class _SlotWord(IntEnum):
    """The words of one slot, counted from its own first."""

    MARK = 0
    STAMP_NS = 1
    FORMAT = 2
    WIDTH = 3
    HEIGHT = 4
    MATRIX = 5
    FULL_RANGE = 6
    STRIDES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotHeader:
    """What a slot says of its picture."""

    stamp_ns: int
    layout: FrameLayout


class RingFile:
    """One generation, mapped into this process.

    Args:
        mapping: of the whole file.
        path: where it lies.
        generation: its number.
        capacity: bytes of each slot.
    """

    def __init__(self, mapping: mmap.mmap, path: Path, generation: int, capacity: int) -> None:
        self._mapping = mapping
        self._view = memoryview(mapping)
        self._words = self._view[:PAGE_BYTES].cast("q")
        self.path = path
        self.generation = generation
        self.capacity = capacity

    def __getitem__(self, word: Word) -> int:
        return self._words[word]

    def __setitem__(self, word: Word, value: int) -> None:
        self._words[word] = value

    def mark(self, slot: int) -> int:
        """Return a slot's mark: odd while it is written, else twice the number of its picture."""
        return self._words[_first_word(slot) + _SlotWord.MARK]

    def set_mark(self, slot: int, mark: int) -> None:
        """Set a slot's mark."""
        self._words[_first_word(slot) + _SlotWord.MARK] = mark

    def pixels(self, slot: int, size_bytes: int) -> memoryview:
        """Return the first ``size_bytes`` of a slot."""
        start = PAGE_BYTES + slot * self.capacity
        return self._view[start : start + size_bytes]

    def write_header(self, slot: int, header: SlotHeader) -> None:
        """Say what lies in a slot."""
        layout, first = header.layout, _first_word(slot)
        values = (
            header.stamp_ns,
            layout.pixel_format,
            layout.width,
            layout.height,
            layout.matrix,
            int(layout.full_range),
            *layout.strides,
            *(0,) * (MAX_PLANES - len(layout.strides)),
        )
        for word, value in enumerate(values, first + _SlotWord.STAMP_NS):
            self._words[word] = value

    def read_header(self, slot: int) -> SlotHeader | None:
        """Return what a slot says of its picture; ``None`` if that is no picture, as when it is just being written."""
        first = _first_word(slot)
        stamp_ns, pixel_format, width, height, matrix, full_range, *strides = (
            self._words[word]
            for word in range(first + _SlotWord.STAMP_NS, first + _SlotWord.STRIDES + MAX_PLANES)
        )
        try:
            layout = FrameLayout(
                width=width,
                height=height,
                pixel_format=PixelFormat(pixel_format),
                matrix=ColourMatrix(matrix),
                full_range=bool(full_range),
                strides=tuple(stride for stride in strides if stride),
            )
        except ValueError:
            return None
        return SlotHeader(stamp_ns=stamp_ns, layout=layout)

    def close(self) -> None:
        """Unmap it; whoever still holds a view of its pixels keeps the mapping until that is gone, too."""
        self._words.release()
        with contextlib.suppress(BufferError):
            self._view.release()
            self._mapping.close()


def create_ring_file(folder: Path, name: str, generation: int, size_bytes: int) -> RingFile:
    """Make the file of one generation, readable by this user only.

    Its blocks are written at once: a full disk shows here, and not as a deadly signal when a picture is stored.

    Args:
        folder: where.
        name: of the ring.
        generation: number; there must be no such file.
        size_bytes: of the largest picture that has to fit.

    Raises:
        SystemFault: it cannot be made.
    """
    path = ring_path(folder, name, generation)
    capacity = -(-size_bytes // PAGE_BYTES) * PAGE_BYTES
    total = PAGE_BYTES + SLOTS * capacity
    # Windows keeps what is short-lived in memory as long as it can.
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_SHORT_LIVED", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
        try:
            _hold(descriptor)
            _fill(descriptor, total)
            mapping = mmap.mmap(descriptor, total, access=mmap.ACCESS_WRITE)
        finally:
            os.close(descriptor)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise SystemFault(
            f"There is no room for pictures in the folder {folder}.",
            hint=f"Free {total // 1_000_000 + 1} MB there.",
            detail=repr(error),
        ) from error
    made = RingFile(mapping, path, generation, capacity)
    made[Word.CAPACITY] = capacity
    fence()
    made[Word.MAGIC] = _MAGIC
    return made


def open_ring_file(folder: Path, name: str, generation: int) -> RingFile | None:
    """Map a generation; ``None`` when it is gone, not finished, or not what it should be."""
    path = ring_path(folder, name, generation)
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            total = os.fstat(descriptor).st_size
            mapping = mmap.mmap(descriptor, total, access=mmap.ACCESS_WRITE)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    if total >= PAGE_BYTES:
        words = memoryview(mapping)[:PAGE_BYTES].cast("q")
        magic, capacity = words[Word.MAGIC], words[Word.CAPACITY]
        words.release()
        if magic == _MAGIC and total == PAGE_BYTES + SLOTS * capacity:
            return RingFile(mapping, path, generation, capacity)
    mapping.close()
    return None


def fence() -> None:
    """Keep what stands before this call from being mixed with what stands behind it, as seen by other processors.

    x86 keeps stores in order, and loads; ARM does neither. Letting a lock go is a store that everything before it precedes,
    taking one is a load that everything behind it follows, and ARM keeps these two in order: twice makes a full fence.
    """
    for _ in range(2):
        with _fence_lock:
            pass


_fence_lock = threading.Lock()


def _first_word(slot: int) -> int:
    return _SLOT_WORDS * (slot + 1)


def ring_path(folder: Path, name: str, generation: int) -> Path:
    """Return where a generation of a ring lies."""
    return folder / f"{name}.{generation}{RING_SUFFIX}"


def _hold(descriptor: int) -> None:
    """Mark a file as one that is being written, until its mapping is closed or its process ends, however it ends.

    The mapping holds a duplicate of the descriptor, and a lock of this kind is that of all duplicates. Windows needs no such
    mark. Where files cannot be locked, nobody will find the mark missing, either.
    """
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _fill(descriptor: int, size_bytes: int) -> None:
    zeros = bytes(_FILL_BYTES)
    left = size_bytes
    while left:
        left -= os.write(descriptor, zeros[: min(left, _FILL_BYTES)])
