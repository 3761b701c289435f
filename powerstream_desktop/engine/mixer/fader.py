"""Gain, mute, width and balance in one: a 2x2 matrix that glides to where it is wanted. Pure."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from powerstream_desktop.engine.mixer.settings import Width
from powerstream_desktop.engine.sound import CHANNELS, Samples, silence

Matrix: TypeAlias = NDArray[np.float32]
"""Row by row, how much of the left and of the right input a side gets."""

IDENTITY: Matrix = np.eye(CHANNELS, dtype=np.float32)


CLOSED: Matrix = np.zeros_like(IDENTITY)


def mix_matrix(gain: float, width: Width, balance: float) -> Matrix:
    """Return the matrix of a channel.

    Args:
        gain: a factor.
        width: stereo or mono.
        balance: -1 to 1; the side away from it gets softer, the other one stays as it is.
    """
    sides = np.array([[min(1.0, 1.0 - balance)], [min(1.0, 1.0 + balance)]], np.float32)
    spread = IDENTITY if width is Width.STEREO else np.full((CHANNELS, CHANNELS), 0.5, np.float32)
    matrix: Matrix = np.float32(gain) * sides * spread
    return matrix


class Fader:
    """Applies a matrix; a new one is reached in a straight line, from wherever the old one was, so nothing clicks."""

    def __init__(self, matrix: Matrix) -> None:
        self._from = matrix
        self._length = self._done = 0
        self._to = _Fixed(matrix)

    @property
    def is_closed(self) -> bool:
        """Nothing passes, and nothing is about to."""
        return self._done >= self._length and self._to.is_closed

    def move(self, matrix: Matrix, length: int) -> None:
        """Glide to a matrix within so many samples; no effect if it is the one wanted already."""
        if np.array_equal(matrix, self._to.matrix):
            return
        progress = np.float32(self._done / self._length) if self._length else np.float32(1)
        self._from = self._from + progress * (self._to.matrix - self._from)
        self._to, self._length, self._done = _Fixed(matrix), length, 0

    def apply(self, samples: Samples) -> Samples:
        """Return the samples as they come out; the input is not written to, but may be what is returned."""
        left = self._length - self._done
        if left <= 0:
            return self._to.apply(samples)
        gliding = min(left, samples.shape[1])
        steps = np.arange(self._done + 1, self._done + gliding + 1, dtype=np.float32) / np.float32(
            self._length
        )
        self._done += gliding
        out = np.empty_like(samples)
        head = samples[:, :gliding]
        out[:, :gliding] = self._from @ head + steps * ((self._to.matrix - self._from) @ head)
        out[:, gliding:] = self._to.apply(samples[:, gliding:])
        return out


class _Fixed:
    """A matrix that stays, applied in the cheapest way."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.is_closed = not matrix.any()
        self._is_identity = np.array_equal(matrix, IDENTITY)
        self._sides = np.diagonal(matrix)[:, np.newaxis]
        self._is_diagonal = matrix[0, 1] == 0 and matrix[1, 0] == 0

    def apply(self, samples: Samples) -> Samples:
        if self._is_identity:
            return samples
        if self.is_closed:
            return silence(samples.shape[1])
        mixed: Samples = samples * self._sides if self._is_diagonal else self.matrix @ samples
        return mixed
