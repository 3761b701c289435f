"""Where a moment of a film lies on a timeline, and which moment lies at a place. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineScale:
    """The whole film from edge to edge.

    Attributes:
        length_us: of the film; 0 while that is not known: everything lies at the left then.
        width_px: of the timeline, in logical pixels.
    """

    length_us: int
    width_px: float

    def x_of(self, at_us: float) -> float:
        """Return where a moment lies; at an edge if it is beyond it."""
        share = at_us / self.length_us if self.length_us > 0 else 0.0
        return min(max(share, 0.0), 1.0) * self.width_px

    def at(self, x_px: float) -> int:
        """Return the moment at a place, in microseconds; the film's first or last beyond its edges."""
        share = x_px / self.width_px if self.width_px > 0 else 0.0
        return round(min(max(share, 0.0), 1.0) * self.length_us)

    def is_near(self, at_us: float, x_px: float, reach_px: float) -> bool:
        """Return whether a moment lies within reach of a place."""
        return self.length_us > 0 and abs(self.x_of(at_us) - x_px) <= reach_px

    def tile_at(self, x_px: float, tiles: int) -> int:
        """Return which of so many equal tiles lies at a place, from 0."""
        share = x_px / self.width_px if self.width_px > 0 else 0.0
        return min(max(int(share * tiles), 0), tiles - 1)
