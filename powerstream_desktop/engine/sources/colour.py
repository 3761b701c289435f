"""One colour as a source: a tile of 16 by 16 pixels, which the compositor stretches over its place once."""

from __future__ import annotations

from typing import Final

import av
import numpy as np

from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.scene.sources import ColourContent
from powerstream_desktop.engine.sources.port import Capabilities

SIDE: Final = 16


class ColourSource:
    """A colour, transparent if it has alpha."""

    def __init__(self, content: ColourContent) -> None:
        self._content = content
        self._picture = Picture(_tile(content), 1)
        self.delivered = 1

    @property
    def label(self) -> str:
        """The colour as on the web."""
        colour = self._content.colour
        return f"colour #{colour.red:02x}{colour.green:02x}{colour.blue:02x}"

    @property
    def capabilities(self) -> Capabilities:
        """It has no size of its own."""
        return Capabilities(takes_its_place=True)

    def open(self) -> None:
        """Nothing can fail."""

    def start(self, _epoch_s: float) -> None:
        """Nothing runs on its own."""

    def show_at(self, _width: int, _height: int) -> None:
        """It fills any place."""

    def picture_at(self, _time_s: float) -> Picture:
        """Return always the same tile."""
        return self._picture

    def close(self) -> None:
        """Nothing is held."""


def _tile(content: ColourContent) -> av.VideoFrame:
    colour = content.colour
    levels = [colour.red, colour.green, colour.blue, colour.alpha]
    if colour.alpha == 255:
        return av.VideoFrame.from_ndarray(np.full((SIDE, SIDE, 3), levels[:3], np.uint8), format="rgb24")
    return av.VideoFrame.from_ndarray(np.full((SIDE, SIDE, 4), levels, np.uint8), format="rgba")
