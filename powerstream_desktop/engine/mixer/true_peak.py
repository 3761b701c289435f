"""Peaks between samples: what a listener's converter makes of the sound can be louder than any sample of it (BS.1770). Pure."""

from __future__ import annotations

from typing import Final

import numpy as np

from powerstream_desktop.engine.mixer.arrays import Singles
from powerstream_desktop.engine.sound import CHANNELS, Samples

_PHASES: Final = 4
TAPS: Final = 12
REACH: Final = TAPS // 2
"""Samples needed before and after each whose peak is wanted."""


def _interpolation() -> Singles:
    """Return the weights of the three places between two samples, one row each: a sinc in a cosine-squared window."""
    places = np.arange(1, _PHASES)[:, np.newaxis] / _PHASES
    distance = np.arange(TAPS) - (REACH - 1) - places
    weights = np.sinc(distance) * np.cos(np.pi / 2 * distance / REACH) ** 2
    normal: Singles = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return normal


_WEIGHTS: Final = _interpolation()


def true_peaks(samples: Samples) -> Singles:
    """Return, for all samples but ``REACH`` at either end, the loudest of both sides at and just beside it."""
    gaps = samples.shape[1] - TAPS + 1
    surroundings = np.empty((TAPS, CHANNELS, gaps), np.float32)
    for tap in range(TAPS):
        surroundings[tap] = samples[:, tap : tap + gaps]
    places = np.abs(_WEIGHTS @ surroundings.reshape(TAPS, -1)).max(axis=0)
    between = places.reshape(CHANNELS, gaps).max(axis=0)
    at = np.abs(samples[:, REACH:-REACH]).max(axis=0)
    peaks: Singles = np.maximum(at, np.maximum(between[:-1], between[1:]))
    return peaks
