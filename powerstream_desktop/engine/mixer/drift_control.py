"""How fast to read from a buffer so that it neither runs empty nor full, though nobody knows how fast it is filled. Pure.

What counts is the lowest level of four seconds: blocks come in lumps, and the sound is late by what is always left over. The
error alone decides (a proportional controller with a time constant of 10 s): a clock that is 200 ppm off is met with a level
2 ms off, and the pitch never moves by more than 2 per mille, which nobody hears.
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.engine.sound import SAMPLE_RATE

MARGIN_S: Final = 0.015
"""What should be left over at the worst moment."""
MAX_MARGIN_S: Final = 0.060
_GROWTH: Final = 1.5
_SHRINK: Final = 0.995
"""In each window without a pause: after five calm minutes a busy moment is forgotten, and the sound in step again."""
WINDOW: Final = 4 * SAMPLE_RATE
"""Samples; long enough to see blocks of 100 ms come at every moment of a slot."""
_TIME_CONSTANT_S: Final = 10.0
_CALM: Final = 0.7
"""The share of a new finding that is believed: the lowest level is partly chance."""
MAX_BEND: Final = 0.002
JUMP_S: Final = 0.040
"""What is farther off than this is not bent but cut."""


class DriftControl:
    """Decides the rate at which a buffer is read."""

    def __init__(self) -> None:
        self.bend = 0.0
        """By what share more is read than asked for."""
        self.margin_s = MARGIN_S
        self._lowest_s: float | None = None
        self._seen = 0

    def begin(self) -> None:
        """The buffer is full enough again to be read; what was seen before does not count."""
        self._lowest_s, self._seen = None, 0

    def starved(self) -> None:
        """The buffer ran empty though the device goes on: keep more in it from then on."""
        self.margin_s = min(MAX_MARGIN_S, self.margin_s * _GROWTH)

    def left_over(self, left_s: float, count: int) -> float:
        """Tell what a read left in the buffer.

        Args:
            left_s: seconds.
            count: samples that were read.

        Returns:
            Seconds to throw away now; nearly always 0.
        """
        self._lowest_s = left_s if self._lowest_s is None else min(self._lowest_s, left_s)
        self._seen += count
        if self._seen < WINDOW:
            return 0.0
        error_s = self._lowest_s - self.margin_s
        self.begin()
        self.margin_s = max(MARGIN_S, self.margin_s * _SHRINK)
        if error_s > JUMP_S:
            return error_s - JUMP_S / 2  # the rest is bent: four seconds have not seen all that can be late
        wanted = max(-MAX_BEND, min(MAX_BEND, error_s / _TIME_CONSTANT_S))
        self.bend += _CALM * (wanted - self.bend)
        return 0.0
