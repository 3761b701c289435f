"""Taking hold of a layer: its eight handles, moving, resizing and cropping it. Pure; all in shares of the canvas."""

from __future__ import annotations

import dataclasses
from enum import Enum

from powerstream_desktop.desktop.studio.scenery.box import MAX_REACH, MIN_SIDE, Box, box_between
from powerstream_desktop.desktop.studio.scenery.shown import CropShares, ShownLayer

MIN_LEFT = 0.02
"""So much of a source's width and height a crop leaves at least."""


class Handle(Enum):
    """Where a layer can be taken hold of: the sides that follow the mouse, across (-1 left, 1 right) and down (-1 top, 1 bottom)."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    @property
    def across(self) -> int:
        """The side that follows the mouse's way across; 0 for none."""
        return self.value[0]

    @property
    def down(self) -> int:
        """The side that follows the mouse's way down; 0 for none."""
        return self.value[1]

    def of(self, box: Box) -> tuple[float, float]:
        """Return where it lies on a box."""
        return box.centre_x + self.across * box.width / 2, box.centre_y + self.down * box.height / 2


def resized(box: Box, handle: Handle, dx: float, dy: float, *, keeps_shape: bool = False) -> Box:
    """Return a box whose handle was dragged; the sides opposite to it stay where they are.

    Args:
        box: as it was when the mouse went down.
        handle: which.
        dx: how far to the right.
        dy: how far down.
        keeps_shape: width and height keep their relation; a side then grows evenly to both of its ends.
    """
    width = _side(box.width + handle.across * dx)
    height = _side(box.height + handle.down * dy)
    if keeps_shape:
        scale = _common_scale(handle, width / box.width, height / box.height)
        scale = max(scale, MIN_SIDE / box.width, MIN_SIDE / box.height)
        scale = min(scale, MAX_REACH / box.width, MAX_REACH / box.height)
        width, height = box.width * scale, box.height * scale
    return Box(
        x=_start(box.x, box.width, width, handle.across, keeps_shape),
        y=_start(box.y, box.height, height, handle.down, keeps_shape),
        width=width,
        height=height,
    )


def cropped(layer: ShownLayer, handle: Handle, dx: float, dy: float) -> ShownLayer:
    """Return a layer of which more or less is cut off at a handle's sides; what is left stays where it was on the canvas."""
    left, right, x_from, x_to = _crop_along(
        layer.crop.left, layer.crop.right, layer.place.x, layer.place.right, handle.across, dx
    )
    top, bottom, y_from, y_to = _crop_along(
        layer.crop.top, layer.crop.bottom, layer.place.y, layer.place.bottom, handle.down, dy
    )
    return dataclasses.replace(
        layer,
        place=box_between(x_from, y_from, x_to, y_to),
        crop=CropShares(left=left, top=top, right=right, bottom=bottom),
    )


def _crop_along(
    before: float, behind: float, start: float, end: float, side: int, way: float
) -> tuple[float, float, float, float]:
    """Return what is cut off before and behind, and the new edges, along one axis."""
    per_share = (1 - before - behind) / (end - start)
    least, slack = MIN_SIDE, (end - start)
    if side < 0:
        way = max(-before / per_share, min(way, slack - least, (1 - behind - MIN_LEFT - before) / per_share))
        return max(0.0, before + way * per_share), behind, start + way, end
    if side > 0:
        way = min(behind / per_share, max(way, least - slack, -(1 - before - MIN_LEFT - behind) / per_share))
        return before, max(0.0, behind - way * per_share), start, end + way
    return before, behind, start, end


def _common_scale(handle: Handle, across: float, down: float) -> float:
    if not handle.across:
        return down
    if not handle.down:
        return across
    return across if abs(across - 1) >= abs(down - 1) else down


def _start(start: float, before: float, after: float, side: int, keeps_shape: bool) -> float:
    if side < 0:
        return start + before - after
    if side == 0 and keeps_shape:
        return start + (before - after) / 2
    return start


def _side(length: float) -> float:
    return max(MIN_SIDE, min(MAX_REACH, length))
