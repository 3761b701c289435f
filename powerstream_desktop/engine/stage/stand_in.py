"""What is shown of a source that is not open."""

from __future__ import annotations

from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.sources.held import DEFAULT_SIZE, NOT_THERE
from powerstream_desktop.engine.sources.placeholder import placeholder
from powerstream_desktop.engine.stage.needs import Size


class StandIn:
    """A placeholder that names the source, and no path and no address. On the program's thread only."""

    def __init__(self) -> None:
        self._picture: Picture | None = None
        self._name = ""

    def picture(self, name: str, size: Size | None) -> Picture:
        """Return it for a source of this name; drawn in the size, once for each name."""
        if self._picture is None or self._name != name:
            width, height = size or DEFAULT_SIZE
            serial = 0 if self._picture is None else self._picture.serial - 1  # none of the adapter's
            self._picture = Picture(placeholder(width, height, name, NOT_THERE), serial)
            self._name = name
        return self._picture
