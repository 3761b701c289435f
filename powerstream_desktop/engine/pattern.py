"""The test picture: colour bars, a grey ramp, the program's clock, a block that moves, a square that flashes.

Every picture is drawn for the very time it is shown at, so the clock and the flash are exact (``pulse``).
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.engine.ink import YUV, Planes, Rect, bt709, draw_clock, fill
from powerstream_desktop.engine.picture import Picture, blank_frame, planes_of
from powerstream_desktop.engine.pulse import is_flash

BAR_COLOURS: Final = (
    (191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0), (0, 0, 191),
)  # fmt: skip
"""R'G'B' of the bars from left to right: 75 per cent, as television has them."""

_RAMP_STEPS: Final = 11
_BACKGROUND: Final = bt709(20, 24, 32)
_SQUARE_OFF: Final = bt709(40, 46, 58)
_SQUARE_ON: Final = bt709(255, 255, 255)
_DIGITS: Final = bt709(235, 238, 245)
_BLOCK: Final = bt709(255, 176, 32)

_SWEEP_S: Final = 4.0
"""Time the block takes from the left edge to the right."""


class Pattern:
    """Draws test pictures of one size. Pure but for the frames it makes.

    Args:
        width: in pixels, even.
        height: in pixels, even.
        fps: program rate; the clock counts frames behind its dot.
    """

    def __init__(self, width: int, height: int, fps: int) -> None:
        self._width = width
        self._height = height
        self._fps = fps
        self._still = blank_frame(width, height)
        self._draw_still(planes_of(self._still))

    @property
    def flash_square(self) -> Rect:
        """Where the square lies that turns white in the first tenth of every second."""
        side = self._height // 6
        return Rect(self._width - side - self._width // 20, self._height * 4 // 5, side, side)

    def bar(self, number: int) -> Rect:
        """Where bar ``number`` lies, counted from 0 at the left."""
        left = self._width * number // len(BAR_COLOURS)
        right = self._width * (number + 1) // len(BAR_COLOURS)
        return Rect(left, 0, right - left, self._height * 3 // 5)

    def picture_at(self, time_s: float, serial: int) -> Picture:
        """Draw the picture of one time of the program."""
        frame = blank_frame(self._width, self._height)
        planes = planes_of(frame)
        for plane, still in zip(planes, planes_of(self._still), strict=True):
            plane[:] = still
        self._draw_moving(planes, time_s)
        return Picture(frame, serial)

    def _draw_still(self, planes: Planes) -> None:
        fill(planes, Rect(0, 0, self._width, self._height), _BACKGROUND)
        for number, colour in enumerate(BAR_COLOURS):
            fill(planes, self.bar(number), bt709(*colour))
        top = self._height * 3 // 5
        for step in range(_RAMP_STEPS):
            left = self._width * step // _RAMP_STEPS
            right = self._width * (step + 1) // _RAMP_STEPS
            grey = 255 * step // (_RAMP_STEPS - 1)
            fill(planes, Rect(left, top, right - left, self._height // 12), bt709(grey, grey, grey))

    def _draw_moving(self, planes: Planes, time_s: float) -> None:
        flash: YUV = _SQUARE_ON if is_flash(time_s) else _SQUARE_OFF
        fill(planes, self.flash_square, flash)
        side = self._height // 24
        x = round((time_s % _SWEEP_S) / _SWEEP_S * (self._width - side))
        fill(planes, Rect(x, self._height * 17 // 24, side, side), _BLOCK)
        clock = Rect(self._width // 20, self._height * 5 // 6, self._width * 3 // 5, self._height // 9)
        draw_clock(planes, clock_text(time_s, self._fps), clock, _DIGITS)


def clock_text(time_s: float, fps: int) -> str:
    """Write a time of the program as hours, minutes, seconds, and the number of the frame in its second."""
    frames = round(time_s * fps)
    seconds, frame = divmod(frames, fps)
    return f"{seconds // 3600 % 100:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{frame:02}"
