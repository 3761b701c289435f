"""What a recording that runs can be told."""

from __future__ import annotations

from enum import StrEnum


class RecordingOrder(StrEnum):
    """Each is obeyed at the next key frame."""

    SPLIT = "split"
    """Begin a new file."""
    PAUSE = "pause"
    """Leave out what follows; the file ends."""
    RESUME = "resume"
    """Record again, in a new file."""
