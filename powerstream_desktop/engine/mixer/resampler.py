"""Sound at a rate that is not quite the program's, read at any place between its samples. Pure.

A windowed sinc in many phases. For each sample that comes out, the 32 that surround its place are weighed with the phase
nearest to it. With 2,048 phases the residue of a 1 kHz sine is below -90 dB.
"""

from __future__ import annotations

import itertools
from typing import Final, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from powerstream_desktop.engine.mixer.arrays import Doubles, Singles
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

TAPS: Final = 32
REACH: Final = TAPS // 2
"""Samples needed before and after the place that is read."""
_PHASE_BITS: Final = 11
_PHASES: Final = 1 << _PHASE_BITS
_KAISER_BETA: Final = 9.0
_FEW_RUNS: Final = 16

Indices: TypeAlias = NDArray[np.int64]


class Resampler:
    """Reads between samples.

    Args:
        rate: of what comes in, in hertz; what lies above the half of 48 kHz is taken out.
    """

    def __init__(self, rate: int) -> None:
        self._phases = _phases(min(1.0, SAMPLE_RATE / rate))

    def read(self, samples: Samples, places: Doubles) -> Samples:
        """Return the sound at evenly spaced places of ``samples``, each at least ``REACH`` from either end."""
        steps = np.rint(places * _PHASES).astype(np.int64)
        first = (steps >> _PHASE_BITS) - (REACH - 1)
        weights = self._phases.take(steps & (_PHASES - 1), axis=0)
        windows = _windows(samples)
        runs = _runs(first)
        if len(runs) > _FEW_RUNS:
            gathered: Samples = np.einsum("cnt,nt->cn", windows[:, first], weights)
            return gathered
        out = np.empty((samples.shape[0], len(places)), np.float32)
        for start, stop in runs:
            begin = int(first[start])
            within = windows[:, begin : begin + stop - start]
            np.einsum("cnt,nt->cn", within, weights[start:stop], out=out[:, start:stop])
        return out


def _runs(first: Indices) -> list[tuple[int, int]]:
    """Return the stretches in which each window begins one sample behind the one before.

    At a rate near ours there are few: a sample is left out, or taken twice, now and then. Such stretches need no copy.
    """
    count = len(first)
    if count == 0:
        return []
    if first[-1] - first[0] == count - 1:  # evenly spaced places do not leave one out and take another twice
        return [(0, count)]
    breaks = np.flatnonzero(first[1:] - first[:-1] != 1) + 1
    return list(itertools.pairwise([0, *breaks.tolist(), count]))


def _windows(samples: Samples) -> Samples:
    """Return a view of the ``TAPS`` samples from each one on."""
    side, step = samples.strides
    shape = (samples.shape[0], max(0, samples.shape[1] - TAPS + 1), TAPS)
    return as_strided(samples, shape, (side, step, step), writeable=False)


def _phases(cutoff: float) -> Singles:
    """Return the weights of each phase, each row adding up to one; ``cutoff`` as a share of half the input's rate."""
    distance = np.arange(TAPS) - (REACH - 1) - np.arange(_PHASES)[:, np.newaxis] / _PHASES
    inside = np.clip(1 - (distance / REACH) ** 2, 0, None)
    weights = np.sinc(distance * cutoff) * np.i0(_KAISER_BETA * np.sqrt(inside))
    normal: Singles = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return normal
