"""Reads fuzz input as a script: each byte is a choice. What a mutator changes in it changes a step of a whole session."""

from __future__ import annotations

import struct

MAX_STEPS = 150
"""Of one script; what is behind them is not looked at."""

MAX_PIECES = 600
"""Reads of one session that may be smaller than a message; behind them whole messages come."""


def piece_size(wanted: int, length: int, *, reads: int) -> int:
    """Return the size of the pieces that a message is cut into when ``reads`` pieces have been read; 0 wants it whole."""
    left = MAX_PIECES - reads
    return length if not wanted or left <= 0 else max(wanted, -(-length // left))


class Script:
    """The choices of one input, in order; zeros behind its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0
        self._steps_left = MAX_STEPS

    def goes_on(self) -> bool:
        """Begin another step, unless the input or the patience is at its end."""
        self._steps_left -= 1
        return self._position < len(self._data) and self._steps_left >= 0

    def byte(self) -> int:
        """0 to 255."""
        return self.block(1)[0]

    def choice(self, count: int) -> int:
        """0 to ``count`` - 1."""
        return self.byte() % count

    def number(self) -> int:
        """An unsigned 32-bit number."""
        number: int = struct.unpack(">I", self.block(4))[0]
        return number

    def block(self, size: int) -> bytes:
        """So many bytes as they are."""
        start = self._position
        self._position += size
        return self._data[start : self._position].ljust(size, b"\0")
