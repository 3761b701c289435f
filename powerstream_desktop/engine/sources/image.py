"""An image file as a capture: read when it is opened, and again when it changes on the disk or is shown at another size."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from powerstream_desktop.engine.scene.sources import ImageContent
from powerstream_desktop.engine.sources.image_file import read_image
from powerstream_desktop.engine.sources.port import Capabilities, CaptureSink
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.qt_images import frame_of_image

if TYPE_CHECKING:
    import av


class ImageCapture:
    """Shows an image. To be held without an end: what is on the air stays there while its file is away or half written.

    Args:
        content: which file.
        host: for Qt's fonts.
    """

    def __init__(self, content: ImageContent, host: QtHost) -> None:
        self._path = content.path
        self._host = host
        self._shown = (0, 0)  # written by the engine's thread, read by the source's; replaced whole
        self._sink: CaptureSink | None = None
        self._read_at: tuple[object, ...] = ()
        self._frame: av.VideoFrame | None = None

    @property
    def label(self) -> str:
        """The file, for people."""
        return f"image {self._path.name}"

    @property
    def capabilities(self) -> Capabilities:
        """A drawing is made for its place."""
        return Capabilities(takes_its_place=self._is_drawn)

    def open(self, sink: CaptureSink) -> None:
        """Read the file."""
        self._host.need()
        self._sink = sink
        self._read_at = ()
        self.check()

    def start(self, _epoch_s: float) -> None:
        """Nothing runs on its own."""

    def show_at(self, width: int, height: int) -> None:
        """Draw an SVG for this size from the next check on."""
        self._shown = (width, height)

    def check(self) -> None:
        """Read the file if it is another than the one that was read."""
        shown = self._shown if self._is_drawn else (0, 0)
        state = (*_state_of(self._path), *shown)
        if state == self._read_at or self._sink is None:
            return
        image = read_image(self._path, shown_width=shown[0], shown_height=shown[1])
        self._frame = frame = frame_of_image(image)
        self._read_at = state
        self._sink.take(frame)

    def close(self) -> None:
        """Nothing is held open."""
        self._sink = None

    @property
    def _is_drawn(self) -> bool:
        return self._path.suffix.lower() == ".svg"


def _state_of(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is replaced or written to; nothing for one that is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116 - one call for all three figures
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_size, status.st_ino)
