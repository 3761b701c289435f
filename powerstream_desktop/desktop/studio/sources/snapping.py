"""Snapping: an edge or the middle of a layer that comes near a line of the canvas or of another layer is put on it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.sources.handles import Handle


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What can be snapped to, in shares of the canvas.

    Attributes:
        across: positions from left to right.
        down: positions from top to bottom.
    """

    across: tuple[float, ...]
    down: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How near is near: a few pixels of the window, in shares of the canvas."""

    across: float
    down: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapped:
    """How far to drag, and the lines that were found.

    Attributes:
        dx, dy: the way, corrected.
        across, down: positions of the lines; None where none was near.
    """

    dx: float
    dy: float
    across: float | None = None
    down: float | None = None


def lines_of(others: Iterable[Box]) -> Lines:
    """Return edges and middles of the canvas and of these boxes."""
    boxes = (Box(), *others)
    return Lines(
        across=tuple(line for box in boxes for line in (box.x, box.centre_x, box.right)),
        down=tuple(line for box in boxes for line in (box.y, box.centre_y, box.bottom)),
    )


def snapped_move(box: Box, dx: float, dy: float, lines: Lines, reach: Reach) -> Snapped:
    """Return how far a box is moved when it is moved so far."""
    return _snapped(
        dx,
        dy,
        (box.x, box.centre_x, box.right),
        (box.y, box.centre_y, box.bottom),
        lines,
        reach,
    )


def snapped_resize(box: Box, handle: Handle, dx: float, dy: float, lines: Lines, reach: Reach) -> Snapped:
    """Return how far a handle is dragged when it is dragged so far; only the sides that follow it snap."""
    x, y = handle.of(box)
    return _snapped(dx, dy, (x,) if handle.across else (), (y,) if handle.down else (), lines, reach)


def _snapped(
    dx: float, dy: float, xs: Sequence[float], ys: Sequence[float], lines: Lines, reach: Reach
) -> Snapped:
    by_x, across = _nearest([x + dx for x in xs], lines.across, reach.across)
    by_y, down = _nearest([y + dy for y in ys], lines.down, reach.down)
    return Snapped(dx=dx + by_x, dy=dy + by_y, across=across, down=down)


def _nearest(positions: Iterable[float], lines: Sequence[float], reach: float) -> tuple[float, float | None]:
    """Return how far it is to the nearest line, and where that lies; 0 and None when none is within reach."""
    near = [(line - position, line) for position in positions for line in lines]
    way, line = min(near, key=lambda each: abs(each[0]), default=(0.0, 0.0))
    return (way, line) if near and abs(way) <= reach else (0.0, None)
