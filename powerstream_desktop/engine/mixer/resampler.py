"""Sound at a rate that is not quite the program's, read at any place between its samples. Pure.

A windowed sinc in many phases. For each sample that comes out, the 32 that surround its place are weighed with the phase
nearest to it. With 2,048 phases the residue of a 1 kHz sine is below -90 dB.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from powerstream_desktop.engine.mixer.arrays import Doubles, Singles
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

TAPS: Final = 32
REACH: Final = TAPS // 2
"""Samples needed before and after the place that is read."""
_PHASES: Final = 2048
_KAISER_BETA: Final = 9.0


class Resampler:
    """Reads between samples.

    Args:
        rate: of what comes in, in hertz; what lies above the half of 48 kHz is taken out.
    """

    def __init__(self, rate: int) -> None:
        self._phases = _phases(min(1.0, SAMPLE_RATE / rate))

    def read(self, samples: Samples, places: Doubles) -> Samples:
        """Return the sound at places of ``samples``, each at least ``REACH`` from either end."""
        steps = np.rint(places * _PHASES).astype(np.int64)
        whole, phase = np.divmod(steps, _PHASES)
        windows = sliding_window_view(samples, TAPS, axis=1)[:, whole - REACH + 1]
        out: Samples = np.einsum("cnt,nt->cn", windows, self._phases[phase])
        return out


def _phases(cutoff: float) -> Singles:
    """Return the weights of each phase, each row adding up to one; ``cutoff`` as a share of half the input's rate."""
    distance = np.arange(TAPS) - (REACH - 1) - np.arange(_PHASES)[:, np.newaxis] / _PHASES
    inside = np.clip(1 - (distance / REACH) ** 2, 0, None)
    weights = np.sinc(distance * cutoff) * np.i0(_KAISER_BETA * np.sqrt(inside))
    normal: Singles = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return normal
