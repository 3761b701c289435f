"""Whether what is given to a file is in it: judged by the file, not by what we think of it (reliability_security.md 1.5.8).

A disk can take writes and keep nothing, and another program can remove, move or cut the file while we write. Pure: what the
operating system says of the file comes as facts. Time is that of the media given, so that a computer that slept does not look like a file
that stands still; and as the clocks of an encoder may leap, several looks in a row must find the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

STANDSTILL_MS: Final = 5_000
STANDSTILL_LOOKS: Final = 5
"""One a second, of a computer that is awake."""
FIRST_GROWTH_MS: Final = 15_000
"""Until the first fragment: a track's first frame may wait ten seconds for its second one (``muxer``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the operating system says of a file that is being written.

    Attributes:
        size_bytes: its size.
        is_there: whether its name still stands for it.
    """

    size_bytes: int
    is_there: bool


class Truth(Enum):
    """What the facts mean."""

    GROWING = auto()
    STANDING = auto()
    """Media is given, and the file does not grow."""
    LOST = auto()
    """The file was removed, moved or cut by somebody else."""


class TruthWatch:
    """Follows one file."""

    def __init__(self) -> None:
        self._size_bytes: int | None = None
        self._grown_at_ms = 0
        self._looks_without_growth = 0
        self._patience_ms = FIRST_GROWTH_MS

    @property
    def has_grown(self) -> bool:
        """Whether the file has grown since the first look at it."""
        return self._patience_ms == STANDSTILL_MS

    def look(self, facts: FileFacts, *, written_bytes: int, given_ms: int) -> Truth:
        """Return what a look at the file says.

        Args:
            facts: what the operating system says.
            written_bytes: how much the file must have by what we wrote.
            given_ms: length of the media given to the file.
        """
        if not facts.is_there or facts.size_bytes < written_bytes:
            return Truth.LOST
        self._looks_without_growth += 1
        if self._size_bytes is None:
            self._size_bytes = facts.size_bytes
        elif facts.size_bytes > self._size_bytes:
            self._size_bytes, self._grown_at_ms = facts.size_bytes, given_ms
            self._patience_ms = STANDSTILL_MS
            self._looks_without_growth = 0
        has_time_passed = given_ms - self._grown_at_ms >= self._patience_ms
        return (
            Truth.STANDING
            if has_time_passed and self._looks_without_growth >= STANDSTILL_LOOKS
            else Truth.GROWING
        )
