"""A long column of whole numbers in little memory."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator
from typing import Final

_TYPE: Final = "I"
_BLOCK: Final = 4096
"""Numbers that are packed together: about two minutes of a picture's, too little to matter and enough to pack well."""
_FASTEST: Final = 1


class PackedColumn:
    """Numbers from 0 to 2**32 - 1, in the order they were added.

    A show of three hours has 800,000 frames, of which the index needs three numbers each. Most of them repeat: packed, they take
    a byte or two instead of four.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open = array(_TYPE)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        for block in self.blocks():
            yield from block

    @property
    def held_bytes(self) -> int:
        """Bytes that the numbers take in memory."""
        return sum(map(len, self._packed)) + len(self._open) * self._open.itemsize

    def extend(self, numbers: Iterable[int]) -> None:
        """Add numbers."""
        before = len(self._open)
        self._open.extend(numbers)
        self._count += len(self._open) - before
        if len(self._open) >= _BLOCK:
            self._packed.append(zlib.compress(self._open.tobytes(), _FASTEST))
            self._open = array(_TYPE)

    def blocks(self) -> Iterator[array[int]]:
        """Yield the numbers, some thousands at a time."""
        for packed in self._packed:
            block = array(_TYPE)
            block.frombytes(zlib.decompress(packed))
            yield block
        yield self._open
