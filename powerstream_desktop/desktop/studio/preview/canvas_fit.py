"""Where the canvas lies in a widget, and what a point of the one is in the other. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.sources.snapping import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasFit:
    """The canvas's rectangle in a widget, in its logical pixels.

    Attributes:
        width, height: more than 0.
    """

    left: float
    top: float
    width: float
    height: float

    def share_of(self, x: float, y: float) -> tuple[float, float]:
        """Return a widget's point in shares of the canvas."""
        return (x - self.left) / self.width, (y - self.top) / self.height

    def point_of(self, x: float, y: float) -> tuple[float, float]:
        """Return a canvas's point in the widget."""
        return self.left + x * self.width, self.top + y * self.height

    def pixels_of(self, box: Box) -> tuple[float, float, float, float]:
        """Return a box in the widget: left, top, width, height."""
        left, top = self.point_of(box.x, box.y)
        return left, top, box.width * self.width, box.height * self.height

    def reach(self, pixels: float) -> Reach:
        """Return so many pixels of the widget in shares of the canvas."""
        return Reach(across=pixels / self.width, down=pixels / self.height)


def canvas_in(width: float, height: float, aspect: float) -> CanvasFit:
    """Return the largest canvas of this shape in the middle of a widget.

    Args:
        width: of the widget.
        height: of the widget.
        aspect: the canvas's width divided by its height.
    """
    width, height = max(width, 1.0), max(height, 1.0)
    across = min(width, height * aspect)
    down = across / aspect
    return CanvasFit(left=(width - across) / 2, top=(height - down) / 2, width=across, height=down)


def portrait_share(landscape_aspect: float, portrait_aspect: float) -> float:
    """Return which share of the landscape picture's width the portrait's window takes, as the engine cuts it."""
    return min(1.0, portrait_aspect / landscape_aspect)


def portrait_box(position: float, share: float) -> Box:
    """Return where the portrait's window lies.

    Args:
        position: 0 (left) to 1 (right).
        share: of the landscape picture's width.
    """
    return Box(x=(1 - share) * position, y=0.0, width=share, height=1.0)


def portrait_position(left: float, share: float) -> float:
    """Return the position of the window whose left edge lies there, 0 to 1."""
    return max(0.0, min(1.0, left / (1 - share))) if share < 1 else 0.5
