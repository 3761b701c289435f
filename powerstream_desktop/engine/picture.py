"""Pictures of the program, and the small port behind which every picture source stands.

A ``Picture`` is ready to encode: program size, planar 4:2:0, BT.709 limited range. It is made once per changed picture of
the source, on the source's own thread, and never written to again; the encoder may be given the same one many times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import av
import numpy as np

from powerstream_desktop.engine.ink import Planes

if TYPE_CHECKING:
    from powerstream_desktop.engine.compositor.overlay import Overlay

PIXEL_FORMAT: Final = "yuv420p"
BT709: Final = 1
"""Code point of BT.709 for matrix, transfer and primaries alike (H.273)."""
LIMITED_RANGE: Final = 1

_SAME_SLOT_S: Final = 1e-6
"""Times that differ by less are of one slot."""

BLACK_Y: Final = 16
NEUTRAL_CHROMA: Final = 128


@dataclass(frozen=True, slots=True)
class Inset:
    """Says that a frame is only a part of its picture: all around it the picture is transparent.

    A clock on the whole canvas is mostly nothing, and nothing need not be painted, converted or looked at.

    Attributes:
        x, y: of the frame in the picture, in its pixels.
        width, height: of the picture; the frame lies wholly within.
    """

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture of a source.

    Attributes:
        frame: what to encode; shared, so nobody may change its pixels.
        serial: grows with every picture the source delivered, also when nothing in it moved. Two slots with the same
            serial mean that the source had nothing newer.
        inset: where the frame lies if it is not the whole picture.
        ready: the frame as the compositor draws it where it is neither scaled nor cropped nor faded; ``None`` if the
            compositor is to prepare it, on the program's thread.
        due_s: the time on the program's timeline up to which this is the picture to show: a slot behind that has to show it
            because the next one is late. ``None`` from a source that does not keep the program's pace.
    """

    frame: av.VideoFrame
    serial: int
    inset: Inset | None = None
    ready: Overlay | None = None
    due_s: float | None = None

    def is_late_at(self, time_s: float) -> bool:
        """Tell whether a slot at this time of the program should show a newer one."""
        return self.due_s is not None and self.due_s < time_s - _SAME_SLOT_S

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture, in its own pixels."""
        if self.inset is not None:
            return self.inset.width, self.inset.height
        return self.frame.width, self.frame.height


class PictureSource(Protocol):
    """Where the program's pictures come from. All methods are called from the engine's threads, one at a time."""

    @property
    def label(self) -> str:
        """What it is, in words for people, without secrets."""

    @property
    def delivered(self) -> int:
        """Pictures delivered so far."""

    def open(self) -> None:
        """Open the source and take its first picture; blocks for as long as that needs.

        Raises:
            PowerStreamError: it cannot be opened; title and hint say why.
        """

    def start(self, epoch_s: float, /) -> None:
        """Begin to deliver; ``epoch_s`` is the monotonic time of the program's slot 0."""

    def picture_at(self, time_s: float, /) -> Picture:
        """Return the picture to show at a time of the program; never blocks, never fails once opened."""

    def close(self) -> None:
        """Stop and free everything, and wait for it. Also right for a source that was never opened."""


def planes_of(frame: av.VideoFrame) -> Planes:
    """Return views of the planes of an 8-bit planar frame, without the padding at their right: Y, U, V and alpha if it has one."""
    return tuple(
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]
        for plane in frame.planes
    )


def blank_frame(width: int, height: int) -> av.VideoFrame:
    """Return a new frame with the program's colour tags; its pixels are undefined."""
    frame = av.VideoFrame(width, height, PIXEL_FORMAT)
    frame.colorspace = BT709
    frame.color_range = LIMITED_RANGE
    frame.color_trc = BT709
    frame.color_primaries = BT709
    return frame
