"""The test picture as a source of a scene: drawn at the canvas's size for the very time it is shown at."""

from __future__ import annotations

from powerstream_desktop.engine.pattern import PatternSource
from powerstream_desktop.engine.sources.port import Capabilities


class TestPictureSource(PatternSource):
    """The moving test picture of the program's size and rate."""

    __test__ = False  # for pytest: it is none of its

    def __init__(self, width: int, height: int, fps: int) -> None:
        super().__init__(width, height, fps)
        self._size = (width, height)

    @property
    def capabilities(self) -> Capabilities:
        """It moves and cannot be lost."""
        return Capabilities(width=self._size[0], height=self._size[1])

    def show_at(self, _width: int, _height: int) -> None:
        """It has the canvas's size."""
