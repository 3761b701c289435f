"""The last thing the program's sound passes: nothing comes out louder than -1 dBFS true peak. Pure.

It looks 2 ms ahead, so it is closed before the peak is there and needs not clip it; it opens again by 60 dB a second. Sound
that stays below passes bit by bit, only later.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from powerstream_desktop.engine.mixer.arrays import Doubles, Singles
from powerstream_desktop.engine.mixer.levels import factor
from powerstream_desktop.engine.mixer.true_peak import REACH, true_peaks
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, silence

CEILING_DBFS: Final = -1.0
_AIM: Final = factor(CEILING_DBFS - 0.2)
"""A little lower, as four places for each sample miss the very top of a peak, and the gain itself moves."""
_SAFE: Final = _AIM * 0.5
"""No true peak reaches the limit if no sample reaches this."""
_AHEAD: Final = SAMPLE_RATE // 500
_RELEASE_DB: Final = 60.0 / SAMPLE_RATE
LATENCY: Final = _AHEAD + REACH
"""Samples by which the sound leaves later."""


class ProgramLimiter:
    """Holds the program below its ceiling."""

    def __init__(self) -> None:
        # What has not left yet, and before it what the peaks reach back to.
        self._held = silence(LATENCY + REACH)
        self._closed_db = np.zeros(
            2 * _AHEAD
        )  # how far it is to be closed, for the samples before those that come

    @property
    def reduction_db(self) -> float:
        """By how much it is closed now."""
        return float(self._closed_db[-1])

    def process(self, samples: Samples) -> Samples:
        """Return as many samples, ``LATENCY`` later."""
        count = samples.shape[1]
        if count == 0:
            return samples
        held = np.concatenate((self._held, samples), axis=1)
        self._held = held[:, count:]
        leaving = held[:, REACH : REACH + count]
        # The peaks whose surroundings are complete now: from REACH before the new samples to REACH before their end.
        loudest = float(np.abs(held[:, -count - 2 * REACH :]).max())
        if loudest < _SAFE and not self._closed_db.any():
            return leaving
        peaks = true_peaks(held[:, -count - 2 * REACH :])
        if not self._closed_db.any() and float(peaks.max()) <= _AIM:
            return leaving
        closed_db = self._close(peaks)
        gain = (10 ** (-_smooth(closed_db) / 20)).astype(np.float32)
        self._closed_db = closed_db[count:]
        limited: Samples = leaving * gain
        return limited

    def _close(self, peaks: Singles) -> Doubles:
        """Return how far to be closed at each sample: at once at a peak, then opening at a steady pace."""
        wanted_db = 20 * np.log10(np.maximum(peaks.astype(np.float64) / _AIM, 1.0))
        slope = _RELEASE_DB * np.arange(1, len(peaks) + 1)
        opening = np.maximum(np.maximum.accumulate(wanted_db + slope), self._closed_db[-1]) - slope
        return np.concatenate((self._closed_db, np.maximum(opening, 0.0)))


def _smooth(closed_db: Doubles) -> Doubles:
    """Begin to close ``_AHEAD`` samples early, and do it in a slope as long.

    Each sample that comes out is the mean of the highest values around it, each of which holds its own: never too low.
    """
    highest = _highest(closed_db, _AHEAD + 1)
    sums = np.concatenate(([0.0], np.cumsum(highest)))
    return (sums[_AHEAD:] - sums[:-_AHEAD])[1:] / _AHEAD


def _highest(values: Doubles, span: int) -> Doubles:
    """Return the highest of each ``span`` values in a row, by doubling how many are looked at."""
    done = 1
    while done < span:
        step = min(done, span - done)
        values = np.maximum(values[:-step], values[step:])
        done += step
    return values
