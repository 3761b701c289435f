"""A worker's progress in shared memory: the count of cases and the input under way.

It outlives the worker: when a parser hangs or takes the process down, the campaign finds the guilty input here.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import Self

from tests.fuzz.harness import MAX_INPUT_BYTES

_HEAD = struct.Struct("=QI")
_SIZE = _HEAD.size + MAX_INPUT_BYTES


class Progress:
    """Written by one worker, read by its campaign; ``path`` is made when it is missing."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_SIZE))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _SIZE)
        self._cases = self.cases

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._memory.close()

    def begin(self, data: bytes) -> None:
        """A case begins."""
        self._cases += 1
        self._memory[_HEAD.size : _HEAD.size + len(data)] = data
        _HEAD.pack_into(self._memory, 0, self._cases, len(data))

    @property
    def cases(self) -> int:
        """How many cases have begun."""
        cases: int = _HEAD.unpack_from(self._memory)[0]
        return cases

    @property
    def current(self) -> bytes:
        """The input of the newest case."""
        size = _HEAD.unpack_from(self._memory)[1]
        return self._memory[_HEAD.size : _HEAD.size + size]
