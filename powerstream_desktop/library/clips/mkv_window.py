"""Where the last part of a growing Matroska file lies: its head and whole clusters (EBML, RFC 8794; clusters, RFC 9559 10)."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAGIC: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT: Final = 0x18538067
_CLUSTER: Final = 0x1F43B675
_CHECKSUM: Final = 0xBF
_TIMESTAMP: Final = 0xE7
_LONGEST_HEAD: Final = 16
"""Of an element: what it is, and its size."""
_MS_PER_S: Final = 1000
"""Times are milliseconds, as the recorder writes them."""


@dataclass(frozen=True, slots=True)
class _Element:
    kind: int
    position: int
    body_at: int
    size: int

    @property
    def end(self) -> int:
        return self.body_at + self.size


def mkv_pieces(file: io.FileIO, last_s: float) -> list[tuple[int, int]]:
    """Return places and sizes of a head and of what follows it; empty if there is nothing to see yet.

    Args:
        file: open.
        last_s: how much of its end is wanted.
    """
    clusters = [each for each in _elements(file) if each.kind == _CLUSTER]
    if not clusters:
        return []
    from_s = _begins_s(file, clusters[-1]) - last_s
    low, high = 0, len(clusters)
    while high - low > 1:
        middle = (low + high) // 2
        if _begins_s(file, clusters[middle]) <= from_s:
            low = middle
        else:
            high = middle
    first = clusters[low].position
    return [(0, clusters[0].position), (first, clusters[-1].end - first)]


def _elements(file: io.FileIO) -> Iterator[_Element]:
    """Yield what is wholly in the file: the head's parts, and the clusters."""
    file_bytes = os.fstat(file.fileno()).st_size
    position = 0
    while (found := _element(file, position)) is not None:
        if found.kind == _SEGMENT:  # all that follows stands in it
            position = found.body_at
            continue
        if found.end > file_bytes:
            return
        yield found
        position = found.end


def _element(file: io.FileIO, position: int) -> _Element | None:
    """Return what begins at a place; ``None`` if nothing does."""
    file.seek(position)
    head = file.read(_LONGEST_HEAD) or b""
    kind_bytes = _length(head, 0)
    size_bytes = _length(head, kind_bytes)
    if not kind_bytes or not size_bytes or kind_bytes + size_bytes > len(head):
        return None
    kind = int.from_bytes(head[:kind_bytes], "big")
    marked = int.from_bytes(head[kind_bytes : kind_bytes + size_bytes], "big")
    size = marked - (1 << 7 * size_bytes)
    return _Element(kind, position, position + kind_bytes + size_bytes, size)


def _begins_s(file: io.FileIO, cluster: _Element) -> float:
    """Return when a cluster begins: that stands at its beginning, perhaps behind a checksum."""
    inner = _element(file, cluster.body_at)
    if inner is not None and inner.kind == _CHECKSUM:
        inner = _element(file, inner.end)
    if inner is None or inner.kind != _TIMESTAMP:
        return 0.0
    file.seek(inner.body_at)
    return int.from_bytes(file.read(inner.size) or b"", "big") / _MS_PER_S


def _length(head: bytes, position: int) -> int:
    """Return how long the number at a place is: its first bit that is set tells; 0 if there is none."""
    first = head[position] if len(head) > position else 0
    return 9 - first.bit_length() if first else 0
