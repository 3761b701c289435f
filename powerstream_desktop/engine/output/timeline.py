"""Where pictures and sound stand on an output's timeline, in milliseconds. Pure."""

from __future__ import annotations

import math
from typing import Final

from powerstream_desktop.engine.encoders.catalogue import B_PICTURES
from powerstream_desktop.engine.sound import SAMPLE_RATE

PRIMING: Final = 1024
"""Samples by which AAC's first frame begins before the first sample."""


class OutputTimeline:
    """Places what was encoded. Decoding times of pictures always grow, also where one encoder follows another.

    Args:
        fps: slots a second.
        reorders: encoders may decode pictures in another order than they are shown.
    """

    def __init__(self, *, fps: int, reorders: bool) -> None:
        self._fps = fps
        ahead_s = B_PICTURES / fps if reorders else 0.0
        self.start_ms = math.ceil(1000 * max(ahead_s, PRIMING / SAMPLE_RATE))
        """The constant between the program's time and the one on the wire."""
        self._last_dts_ms = -1
        self._last_sound_ms = -1

    def place_picture(self, dts_slot: int, pts_slot: int) -> tuple[int, int]:
        """Return decoding and presentation time.

        An encoder that reorders may follow one that does not, and its first pictures then want to be decoded before the last
        ones of its predecessor. They are moved behind those, as close as can be; when they are shown does not change.
        """
        pts_ms = self._slot_ms(pts_slot)
        dts_ms = max(self._slot_ms(dts_slot), self._last_dts_ms + 1)
        self._last_dts_ms = dts_ms
        return dts_ms, max(dts_ms, pts_ms)

    def place_sound(self, position: int) -> int:
        """Return the time of an AAC frame by the position of its first sample; never before that of the frame before."""
        time_ms = self.start_ms + round(position * 1000 / SAMPLE_RATE)
        self._last_sound_ms = max(time_ms, self._last_sound_ms)
        return self._last_sound_ms

    def _slot_ms(self, slot: int) -> int:
        return self.start_ms + round(slot * 1000 / self._fps)
