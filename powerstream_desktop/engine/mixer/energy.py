"""The energy of a sound over the last so many milliseconds, whatever the blocks in which it came. Pure."""

from __future__ import annotations

from typing import Final

import numpy as np

from powerstream_desktop.engine.mixer.arrays import Doubles, Singles
from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE

BIN: Final = SAMPLE_RATE // 100
"""Samples (10 ms) summed up together."""


class EnergyBins:
    """Sums of squares of both sides, in bins of 10 ms.

    Args:
        span_ms: the longest that will be asked for.
    """

    def __init__(self, span_ms: int) -> None:
        self._bins = np.zeros((CHANNELS, span_ms // 10))
        self._part = np.zeros(CHANNELS)
        self._filled = 0  # samples in the part that is not a whole bin yet

    def add(self, samples: Singles | Doubles) -> None:
        """Take the next samples."""
        count = samples.shape[1]
        if count == 0:
            return
        squares = np.square(samples, dtype=np.float64)
        first = BIN - self._filled
        if count < first:
            self._part += squares.sum(axis=1)
            self._filled += count
            return
        edges = np.arange(first - BIN, count, BIN)
        edges[0] = 0
        sums = np.add.reduceat(squares, edges, axis=1)
        sums[:, 0] += self._part
        self._filled = (self._filled + count) % BIN
        self._part = sums[:, -1] if self._filled else np.zeros(CHANNELS)
        whole = sums[:, :-1] if self._filled else sums
        self._bins = np.concatenate((self._bins, whole), axis=1)[:, -self._bins.shape[1] :]

    def mean(self, span_ms: int) -> Doubles:
        """Return the mean square of each side over the last ``span_ms``, to the last whole 10 ms."""
        bins = span_ms // 10
        means: Doubles = self._bins[:, -bins:].sum(axis=1) / (bins * BIN)
        return means
