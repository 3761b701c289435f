"""Notices a camera that says it works and shows nothing new (obs#9434; reliability_security.md F32). Pure."""

from __future__ import annotations

from typing import Final

IDLE_S: Final = 2.0
"""Without a picture for so long a camera seems frozen."""
UNCHANGED_S: Final = 5.0
"""So does one whose pictures are the same to the last bit for so long: no sensor is free of noise."""


class FrozenWatch:
    """Tells frozen from live."""

    def __init__(self) -> None:
        self.is_frozen = False

    def look(self, idle_s: float, unchanged_s: float) -> bool:
        """Look at a camera's figures.

        Args:
            idle_s: time since its last picture; 0 for a camera that is not live, which is another matter.
            unchanged_s: time since a picture differed from the one before.

        Returns:
            True when ``is_frozen`` has changed.
        """
        before, self.is_frozen = self.is_frozen, idle_s >= IDLE_S or unchanged_s >= UNCHANGED_S
        return self.is_frozen is not before
