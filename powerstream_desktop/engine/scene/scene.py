"""A scene: layers from back to front, each a source in its place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.scene.sources import check_id, check_name

MIN_SHARE = 0.001
"""Of a side: what is smaller cannot be seen, and its scale could not be reckoned."""


class Fit(StrEnum):
    """How a source of another shape fills its layer's place."""

    WHOLE = "whole"
    """All of it is seen, centred; what is left of the place stays empty."""
    FILL = "fill"
    """The place is filled; what does not fit is cut off evenly."""
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a layer lies, in shares of the canvas's width and height, so that a scene survives another canvas size.

    It may reach beyond the canvas.

    Attributes:
        x, y: of the upper left corner, -10 to 10.
        width, height: 0.001 to 10.
    """

    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def __post_init__(self) -> None:
        if not all(math.isfinite(each) for each in (self.x, self.y, self.width, self.height)):
            raise UserError("A layer's place is not a number.")
        if not (
            MIN_SHARE <= self.width <= 10
            and MIN_SHARE <= self.height <= 10
            and abs(self.x) <= 10
            and abs(self.y) <= 10
        ):
            raise UserError("A layer cannot lie there.", hint="Move it back to the picture.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CropShares:
    """What is left out at each side, in shares of the source's width and height; a thousandth at least is left.

    Attributes:
        left, top, right, bottom: 0 to less than 1.
    """

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    def __post_init__(self) -> None:
        sides = (self.left, self.top, self.right, self.bottom)
        if (
            not all(0 <= side < 1 for side in sides)
            or self.left + self.right > 1 - MIN_SHARE
            or self.top + self.bottom > 1 - MIN_SHARE
        ):
            raise UserError("A crop must leave something of the picture.")


FULL = Place()
UNCROPPED = CropShares()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One source in one place.

    A source that is lost shows a placeholder there. A camera that has given no picture yet is not drawn, unless its scene shows
    nothing else: who has no camera goes live with the rest of the scene.

    Attributes:
        id: made once, unique in the studio, never shown.
        source: id of the source.
        place: where it lies.
        crop: what is left out of the source.
        fit: how a source of another shape fills the place: ``whole`` with empty edges, ``fill`` with cut edges, ``stretch``.
        opacity: 0 to 1.
        visible: it is drawn.
        locked: the user wants it left alone; it can be neither moved nor removed until it is unlocked.
    """

    id: str
    source: str
    place: Place = FULL
    crop: CropShares = UNCROPPED
    fit: Fit = Fit.WHOLE
    opacity: float = 1.0
    visible: bool = True
    locked: bool = False

    def __post_init__(self) -> None:
        check_id(self.id)
        if not 0 <= self.opacity <= 1:
            raise UserError("An opacity lies between 0 and 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is seen at one time.

    Attributes:
        id: made once, never shown.
        name: what the user calls it, 1 to 80 characters.
        layers: from back to front.
        portrait: the layers of the portrait rendition; ``None`` takes a window of the landscape picture.
    """

    id: str
    name: str
    layers: tuple[Layer, ...] = ()
    portrait: tuple[Layer, ...] | None = None

    def __post_init__(self) -> None:
        check_id(self.id)
        check_name(self.name, "scene")
