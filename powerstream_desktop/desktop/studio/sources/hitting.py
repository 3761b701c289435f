"""What lies under the mouse. Pure; all in shares of the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.scenery.shown import ShownLayer
from powerstream_desktop.desktop.studio.sources.handles import Handle
from powerstream_desktop.desktop.studio.sources.snapping import Reach


def layer_at(layers: Sequence[ShownLayer], x: float, y: float, *, selected: str = "") -> ShownLayer | None:
    """Return the layer that a press takes: the selected one if it is there, else the foremost; never one that is locked or hidden.

    Args:
        layers: from back to front.
        x: where.
        y: where.
        selected: id of the selected layer, which so stays in hand below another one.
    """
    here = [layer for layer in layers if layer.visible and not layer.locked and layer.place.holds(x, y)]
    chosen = next((layer for layer in here if layer.id == selected), None)
    return chosen or (here[-1] if here else None)


def handle_at(box: Box, x: float, y: float, reach: Reach) -> Handle | None:
    """Return the handle within reach of a point; the nearest if there are several, as on a small layer."""
    near = [
        (distance, handle) for handle in Handle if (distance := _distance(handle.of(box), (x, y), reach)) <= 1
    ]
    return min(near, key=lambda each: each[0])[1] if near else None


def _distance(handle: tuple[float, float], point: tuple[float, float], reach: Reach) -> float:
    return max(abs(handle[0] - point[0]) / reach.across, abs(handle[1] - point[1]) / reach.down)
