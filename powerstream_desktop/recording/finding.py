"""What was found out about a file that a crash left, by whoever has looked into it: another process, as a rule.

A look reads the file and writes into an empty folder what would make it whole. Who asked for it puts that into effect
(``left_behind``), and needs no libavformat for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

INDEX_NAME: Final = "index"
"""Of the file in the folder that is to be appended."""
NEW_NAME: Final = "recording.mp4"
"""Of the file in the folder that takes the damaged one's place."""


class FileState(StrEnum):
    """How a file was found."""

    PLAYS = "plays"
    """Nothing is to be done about it, or nothing can be."""
    LACKS_INDEX = "lacks_index"
    """It is whole, and plays with the index that the folder holds now."""
    DAMAGED = "damaged"
    """Its whole fragments are in the new file that the folder holds now, which plays."""
    NOTHING = "nothing"
    """Nothing in it plays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How a file was found.

    Attributes:
        duration_s: how long it plays, once it is whole.
        size_bytes: of the file that was looked into.
        skipped_bytes: how much of it is in no whole fragment.
    """

    state: FileState
    duration_s: float = 0.0
    size_bytes: int = 0
    skipped_bytes: int = 0


Look: TypeAlias = Callable[[Path, Path], Finding]
"""Looks into a file, and writes into an empty folder; raises ``PowerStreamError``."""
