"""One drag of the mouse on the preview: from the press to each of its steps. Pure; all in shares of the canvas."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from powerstream_desktop.desktop.studio.scenery.shown import ShownLayer
from powerstream_desktop.desktop.studio.sources.handles import Handle, cropped, resized
from powerstream_desktop.desktop.studio.sources.snapping import (
    Lines,
    Reach,
    Snapped,
    snapped_move,
    snapped_resize,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What is held while dragging.

    Attributes:
        constrains: Shift: moves along one axis only, resizes in the same shape.
        crops: Alt: cuts off instead of resizing.
        is_free: Ctrl: snaps to nothing.
    """

    constrains: bool = False
    crops: bool = False
    is_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a drag has come.

    Attributes:
        layer: as it would be.
        across, down: lines that it snapped to; None for none.
    """

    layer: ShownLayer
    across: float | None = None
    down: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drag:
    """What the mouse took hold of.

    Attributes:
        layer: as it was.
        handle: which of its handles; None for the layer itself.
        x, y: where the mouse went down.
        lines: what can be snapped to.
    """

    layer: ShownLayer
    handle: Handle | None
    x: float
    y: float
    lines: Lines

    def to(self, x: float, y: float, keys: Keys, reach: Reach) -> Step:
        """Return where the drag has come with the mouse here.

        Args:
            x: where the mouse is.
            y: where the mouse is.
            keys: what is held.
            reach: how near a line must be; also tells how long a pixel is along each axis.
        """
        dx, dy = x - self.x, y - self.y
        if self.handle is None:
            return self._moved(dx, dy, keys, reach)
        if keys.crops:
            return Step(layer=cropped(self.layer, self.handle, dx, dy))
        return self._resized(self.handle, dx, dy, keys, reach)

    def _moved(self, dx: float, dy: float, keys: Keys, reach: Reach) -> Step:
        if keys.constrains:
            is_across = abs(dx) / reach.across >= abs(dy) / reach.down
            dx, dy = (dx, 0.0) if is_across else (0.0, dy)
        place = self.layer.place
        snap = Snapped(dx=dx, dy=dy)
        if not keys.is_free:
            snap = snapped_move(place, dx, dy, self.lines, reach)
        if keys.constrains:  # the other axis has not moved, so it is not moved by a line either
            snap = dataclasses.replace(
                snap,
                dx=snap.dx if dx else 0.0,
                dy=snap.dy if dy else 0.0,
                across=snap.across if dx else None,
                down=snap.down if dy else None,
            )
        return self._step(dataclasses.replace(self.layer, place=place.moved(snap.dx, snap.dy)), snap)

    def _resized(self, handle: Handle, dx: float, dy: float, keys: Keys, reach: Reach) -> Step:
        snap = Snapped(dx=dx, dy=dy)
        if not keys.is_free and not keys.constrains:
            snap = snapped_resize(self.layer.place, handle, dx, dy, self.lines, reach)
        place = resized(self.layer.place, handle, snap.dx, snap.dy, keeps_shape=keys.constrains)
        return self._step(dataclasses.replace(self.layer, place=place), snap)

    def _step(self, layer: ShownLayer, snap: Snapped) -> Step:
        return Step(layer=layer, across=snap.across, down=snap.down)
