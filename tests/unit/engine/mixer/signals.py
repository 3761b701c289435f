"""Sounds to test with, and what to ask of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from powerstream_desktop.engine.mixer.arrays import Doubles, Singles
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

SLOT = SAMPLE_RATE // 30


def sine(seconds: float, *, hz: float = 997.0, amplitude: float = 0.5, rate: int = SAMPLE_RATE) -> Samples:
    """Return a sine, the same on both sides."""
    one = amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return np.tile(one.astype(np.float32), (2, 1))


def noise(seconds: float, *, amplitude: float = 0.1, seed: int = 1) -> Samples:
    """Return white noise, different on both sides."""
    values = np.random.default_rng(seed).standard_normal((2, round(seconds * SAMPLE_RATE)))
    return (amplitude * values).astype(np.float32)


def rms_db(samples: Samples | Singles | Doubles) -> float:
    """Return the level of all of it; a sine of full scale has -3.01."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64))))


def roughness(samples: Samples) -> float:
    """Return the greatest second difference: a click has one as high as its jump, a sine one below its level times w squared."""
    return float(np.abs(np.diff(samples.astype(np.float64), 2, axis=1)).max())


def sine_roughness(hz: float, amplitude: float) -> float:
    """Return the roughness of an undisturbed sine."""
    return float(amplitude * (2 * np.pi * hz / SAMPLE_RATE) ** 2)


def residue_db(one: Singles, hz: float) -> float:
    """Return how loud all is that is not a sine near ``hz``, against that sine."""
    values = one.astype(np.float64)
    time_s = np.arange(len(values)) / SAMPLE_RATE
    power = float(np.mean(values**2))
    best = power
    for offset in np.linspace(-0.002, 0.002, 81):
        angle = 2 * np.pi * hz * (1 + offset) * time_s
        still = np.stack([np.sin(angle), np.cos(angle)], axis=1)
        basis = np.hstack(
            [still, still * (time_s - time_s.mean())[:, np.newaxis]]
        )  # and a frequency a little off
        weights = np.linalg.lstsq(basis, values, rcond=None)[0]
        best = min(best, float(np.mean((values - basis @ weights) ** 2)))
    return float(10 * np.log10(best / power))


class Recording:
    """A sound source that plays given samples from position 0 on, and silence after them."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self.is_open = False
        self.is_started = False

    def open(self) -> None:
        self.is_open = True

    def start(self) -> None:
        self.is_started = True

    def read(self, position: int, count: int) -> Samples:
        out = np.zeros((2, count), np.float32)
        piece = self.samples[:, position : position + count]
        out[:, : piece.shape[1]] = piece
        return out

    def close(self) -> None:
        self.is_open = False


def cut(total: int, sizes: Sequence[int]) -> list[int]:
    """Return sizes, again and again, until they add up to ``total``."""
    pieces: list[int] = []
    while total:
        pieces.append(min(total, sizes[len(pieces) % len(sizes)]))
        total -= pieces[-1]
    return pieces
