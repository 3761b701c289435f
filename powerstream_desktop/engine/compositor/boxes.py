"""Rectangles of an overlay that are drawn in one go: few and large, as each costs some microseconds beside its pixels. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_CALL_COST: Final = 20.0
"""Microseconds of drawing nothing: some calls of numpy."""
_COVER_COST: Final = 0.0006
"""Microseconds to lay a pixel over another one, with what comes along in the caches."""
_COPY_COST: Final = 0.0001
_MOST_PIXELS: Final = 65_536
"""What is laid over in one go stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Box:
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right``, the last of each not included.

    Attributes:
        is_opaque: it hides what lies below everywhere, so it is copied.
    """

    top: int
    bottom: int
    left: int
    right: int
    is_opaque: bool

    @property
    def pixels(self) -> int:
        """Its area."""
        return (self.bottom - self.top) * (self.right - self.left)

    @property
    def cost(self) -> float:
        """Microseconds to draw it, roughly."""
        return _CALL_COST + self.pixels * (_COPY_COST if self.is_opaque else _COVER_COST)

    def with_next(self, below: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.top, below.top),
            max(self.bottom, below.bottom),
            min(self.left, below.left),
            max(self.right, below.right),
            self.is_opaque and below.is_opaque and (self.left, self.right) == (below.left, below.right),
        )


def joined(boxes: Iterable[Box]) -> list[Box]:
    """Join boxes with the next ones below wherever that makes drawing cheaper.

    Args:
        boxes: from top to bottom, none beside another.
    """
    result: list[Box] = []
    for box in boxes:
        both = result[-1].with_next(box) if result else box
        if result and both.pixels <= _MOST_PIXELS and both.cost <= result[-1].cost + box.cost:
            result[-1] = both
        else:
            result.append(box)
    return result
