"""What the owner of a recording may order while it runs."""

from __future__ import annotations

from enum import Enum, auto


class RecordingOrder(Enum):
    """Takes effect at the next key frame behind everything that was offered before."""

    SPLIT = auto()
    """Begin a new file."""
    PAUSE = auto()
    """End the file, and leave out what comes."""
    RESUME = auto()
    """Begin a new file, and leave out nothing more."""
