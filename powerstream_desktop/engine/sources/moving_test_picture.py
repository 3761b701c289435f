"""The test picture as a source of a scene: drawn at the canvas's size for the very time it is shown at. It has no thread."""

from __future__ import annotations

from powerstream_desktop.engine.pattern import Pattern
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.sources.port import Capabilities


class TestPictureSource:
    """The moving test picture.

    Args:
        width, height: of the canvas in pixels, even.
        fps: of the program.
    """

    __test__ = False  # for pytest: it is none of its

    def __init__(self, width: int, height: int, fps: int) -> None:
        self._size = (width, height)
        self._pattern = Pattern(width, height, fps)
        self.delivered = 0

    @property
    def label(self) -> str:
        """What it is, for people."""
        return "test picture"

    @property
    def capabilities(self) -> Capabilities:
        """It moves and cannot be lost."""
        return Capabilities(width=self._size[0], height=self._size[1])

    def open(self) -> None:
        """Nothing can fail."""

    def start(self, _epoch_s: float) -> None:
        """Nothing runs on its own."""

    def show_at(self, _width: int, _height: int) -> None:
        """It has the canvas's size."""

    def picture_at(self, time_s: float) -> Picture:
        """Draw the picture of that time."""
        self.delivered += 1
        return self._pattern.picture_at(time_s, self.delivered)

    def close(self) -> None:
        """Nothing is held."""
