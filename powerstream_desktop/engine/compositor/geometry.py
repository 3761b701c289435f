"""Rectangles on the program's canvas, in whole pixels; even where 4:2:0 chroma needs it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PixelRect:
    """A rectangle in pixels. It may lie partly or wholly outside the canvas."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0:
            raise ValueError(f"a rectangle of {self.width}x{self.height} is none")
        if (self.x | self.y | self.width | self.height) & 1:
            raise ValueError(f"{self} does not lie on the chroma grid")

    def covers(self, width: int, height: int) -> bool:
        """Tell whether it hides a whole canvas of this size."""
        return self.x <= 0 and self.y <= 0 and self.x + self.width >= width and self.y + self.height >= height

    def is_all_of(self, width: int, height: int) -> bool:
        """Tell whether it is exactly a canvas of this size."""
        return (self.x, self.y, self.width, self.height) == (0, 0, width, height)


@dataclass(frozen=True, slots=True)
class Crop:
    """How many pixels of a source are left out at each side; 0 or more."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def __bool__(self) -> bool:
        return bool(self.left or self.top or self.right or self.bottom)


WHOLE = Crop()
