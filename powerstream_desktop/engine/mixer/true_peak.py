"""Peaks between samples: what a listener's converter makes of the sound can be louder than any sample of it (BS.1770). Pure."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from powerstream_desktop.engine.sound import Samples

_PHASES: Final = 4
TAPS: Final = 12
REACH: Final = TAPS // 2
"""Samples needed before and after each whose peak is wanted."""


def _interpolation() -> NDArray[np.float32]:
    """Return the weights of the three places between two samples, one column each: a Hann-windowed sinc."""
    places = np.arange(1, _PHASES) / _PHASES
    distance = np.arange(TAPS)[:, np.newaxis] - (REACH - 1) - places
    weights = np.sinc(distance) * np.cos(np.pi / 2 * distance / REACH) ** 2
    normal: NDArray[np.float32] = (weights / weights.sum(axis=0)).astype(np.float32)
    return normal


_WEIGHTS: Final = _interpolation()


def true_peaks(samples: Samples) -> NDArray[np.float32]:
    """Return, for all samples but ``REACH`` at either end, the loudest of both sides at and just beside it."""
    between = np.abs(sliding_window_view(samples, TAPS, axis=1) @ _WEIGHTS).max(axis=(0, 2))
    at = np.abs(samples[:, REACH:-REACH]).max(axis=0)
    peaks: NDArray[np.float32] = np.maximum(at, np.maximum(between[:-1], between[1:]))
    return peaks
