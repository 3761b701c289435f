"""A rectangle in shares of the canvas: 0 is its left or top, 1 its right or bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MIN_SIDE: Final = 0.01
"""A layer that is smaller could not be taken hold of again; the engine itself would take a tenth of it."""
MAX_REACH: Final = 10.0
"""Beyond it the engine refuses a layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a layer lies; it may reach beyond the canvas.

    Attributes:
        x, y: of the upper left corner.
        width, height: more than 0.
    """

    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def centre_x(self) -> float:
        """Half way from left to right."""
        return self.x + self.width / 2

    @property
    def centre_y(self) -> float:
        """Half way from top to bottom."""
        return self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> Box:
        """Return it elsewhere, in the same size, and never where the engine would refuse it."""
        return Box(
            x=_within_reach(self.x + dx),
            y=_within_reach(self.y + dy),
            width=self.width,
            height=self.height,
        )

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def is_near(self, other: Box, tolerance: float = 1e-4) -> bool:
        """Tell whether both are the same but for rounding."""
        return all(
            abs(mine - theirs) <= tolerance
            for mine, theirs in zip(
                (self.x, self.y, self.width, self.height),
                (other.x, other.y, other.width, other.height),
                strict=True,
            )
        )


WHOLE: Final = Box()
"""All of the canvas."""


def box_between(left: float, top: float, right: float, bottom: float) -> Box:
    """Return the box with these edges."""
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _within_reach(position: float) -> float:
    return max(-MAX_REACH, min(MAX_REACH, position))
