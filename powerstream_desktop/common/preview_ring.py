"""The window's end of the preview: takes the newest picture of the program from the engine's ring (DESIGN 2).

It survives the engine: while there is none, nothing is taken; the ring of the next one is found by itself, and so is a new
file after a change of size. A picture that the engine wrote over while it was copied is never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.frame_layout import FrameLayout
from powerstream_desktop.common.frame_ring import FrameRingReader, TakenFrame

WATCH_S: Final = 5.0
"""For so long after the last ``take`` pictures are made for us."""
ALIVE_S: Final = 3.0
"""An engine gives a sign of life each second while it is watched."""
_RING: Final = "preview"


def preview_path(runtime_folder: Path) -> Path:
    """Return what names the preview's ring in a runtime folder; the files themselves carry a number behind it."""
    return runtime_folder / _RING


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPicture:
    """A copy of one picture of the program.

    Attributes:
        layout: its size and where its rows lie: blue, green and red.
        pixels: the rows' bytes.
    """

    layout: FrameLayout
    pixels: bytes


class PreviewReader:
    """Takes pictures. Used by one thread; never waits.

    Args:
        path: as the engine reports it.
        clock: monotonic seconds.
    """

    def __init__(self, path: Path, *, clock: Clock = monotonic) -> None:
        self._ring = FrameRingReader(path.parent, path.name)
        self._clock = clock

    @property
    def torn(self) -> int:
        """Copies that the engine wrote over meanwhile, and that were taken again."""
        return self._ring.torn

    @property
    def is_alive(self) -> bool:
        """The engine has given a sign of life of late, as of the last ``take``."""
        heartbeat_s = self._ring.heartbeat_s
        return heartbeat_s is not None and self._clock() - heartbeat_s < ALIVE_S

    def take(self) -> TakenFrame[PreviewPicture] | None:
        """Return the newest picture if it was not taken before; say that we go on watching."""
        taken = self._ring.take(_copied)
        self._ring.watch(self._clock() + WATCH_S)
        return taken

    def close(self) -> None:
        """Stop watching."""
        self._ring.close()


def _copied(layout: FrameLayout, pixels: memoryview) -> PreviewPicture:
    return PreviewPicture(layout=layout, pixels=bytes(pixels))
