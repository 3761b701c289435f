"""The last seconds of a sound, to be read again later. Pure."""

from __future__ import annotations

from typing import Final

import numpy as np

from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE, Samples, silence

MAX_BLOCK: Final = 2 * SAMPLE_RATE
"""Most samples of one write: what the program makes up after a stall."""


class DelayLine:
    """A ring of samples; what was never written is silent.

    Args:
        max_delay: samples; the longest delay that can be read.
    """

    def __init__(self, max_delay: int) -> None:
        self._size = max_delay + MAX_BLOCK
        self._ring = np.zeros((CHANNELS, self._size), np.float32)
        self._end = 0  # place in the ring where the next sample goes

    def write(self, samples: Samples) -> None:
        """Append at most ``MAX_BLOCK`` samples."""
        count = samples.shape[1]
        first = min(count, self._size - self._end)
        self._ring[:, self._end : self._end + first] = samples[:, :first]
        self._ring[:, : count - first] = samples[:, first:]
        self._end = (self._end + count) % self._size

    def read(self, delay: int, count: int) -> Samples:
        """Return ``count`` samples of which the last was followed by ``delay`` others."""
        out = silence(count)
        start = (self._end - delay - count) % self._size
        first = min(count, self._size - start)
        out[:, :first] = self._ring[:, start : start + first]
        out[:, first:] = self._ring[:, : count - first]
        return out
