"""What the owner of a recording may order while it runs."""

from __future__ import annotations

from enum import StrEnum


class RecordingOrder(StrEnum):
    """Takes effect at the next key frame behind everything that was offered before."""

    SPLIT = "split"
    """Begin a new file."""
    PAUSE = "pause"
    """End the file, and leave out what comes."""
    RESUME = "resume"
    """Begin a new file, and leave out nothing more."""
