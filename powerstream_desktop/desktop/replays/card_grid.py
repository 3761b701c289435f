"""Where cards of one size stand in a grid. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGrid:
    """A grid, row after row from left to right; sizes in pixels, gaps included.

    Attributes:
        columns: one at least.
        width_px, height_px: of each card.
    """

    columns: int = 1
    width_px: int = 1
    height_px: int = 1

    def place_of(self, number: int) -> QRect:
        """Return where a card stands."""
        line, column = divmod(number, self.columns)
        return QRect(column * self.width_px, line * self.height_px, self.width_px, self.height_px)

    def number_at(self, point: QPoint, count: int) -> int | None:
        """Return which of so many cards is at a point."""
        column, line = point.x() // self.width_px, point.y() // self.height_px
        if not 0 <= column < self.columns or line < 0:
            return None
        number = line * self.columns + column
        return number if number < count else None

    def seen_between(self, top_px: int, bottom_px: int, count: int) -> range:
        """Return which of so many cards have something between two heights, both included."""
        first = max(0, top_px // self.height_px) * self.columns
        last = (bottom_px // self.height_px + 1) * self.columns
        return range(min(first, count), max(0, min(last, count)))

    def whole_px(self, count: int) -> int:
        """Return how high so many cards are together."""
        return -(-count // self.columns) * self.height_px

    def step_from(self, number: int, step: int, count: int) -> int:
        """Return which of so many cards a step leads to: the last where the line below is shorter, itself where there is no line."""
        wanted = number + step
        if 0 <= wanted < count:
            return wanted
        if abs(step) <= self.columns:
            is_on_last_line = number // self.columns == (count - 1) // self.columns
            return count - 1 if step == self.columns and not is_on_last_line else number
        return number % self.columns if step < 0 else count - 1
