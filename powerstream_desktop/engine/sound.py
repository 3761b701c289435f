"""Sounds of the program, and the small port behind which every sound source stands.

Sound is asked for by position: sample ``n`` of the program is heard at ``n / 48000`` seconds of the program's timeline. The
schedule asks, the source answers with exactly as many samples, and a source that is late answers with silence.
"""

from __future__ import annotations

from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from powerstream_desktop.engine.pulse import PULSE_S

Samples: TypeAlias = NDArray[np.float32]
"""Two rows, left and right, of samples from -1 to 1."""

SAMPLE_RATE: Final = 48_000
CHANNELS: Final = 2


class SoundSource(Protocol):
    """Where the program's sound comes from. All methods are called from the engine's threads, one at a time."""

    def open(self) -> None:
        """Open the source; blocks for as long as that needs.

        Raises:
            PowerStreamError: it cannot be opened.
        """

    def start(self) -> None:
        """Begin to deliver."""

    def read(self, position: int, count: int, /) -> Samples:
        """Return ``count`` samples from ``position`` on; never blocks, never fails once opened.

        ``position`` never goes back. What lies before it is forgotten.
        """

    def close(self) -> None:
        """Stop and free everything, and wait for it. Also right for a source that was never opened."""


def silence(count: int) -> Samples:
    """Return ``count`` samples of nothing."""
    return np.zeros((CHANNELS, count), np.float32)


class Silence:
    """No sound."""

    def open(self) -> None:
        """Nothing can fail."""

    def start(self) -> None:
        """Nothing runs on its own."""

    def read(self, _position: int, count: int) -> Samples:
        """Return silence."""
        return silence(count)

    def close(self) -> None:
        """Nothing is held."""


_HUM_HZ: Final = 220
_HUM_LEVEL: Final = 0.008
"""-42 dB: soft enough to live with, there so that a gap can be heard."""
_BEEP_HZ: Final = 880
_BEEP_LEVEL: Final = 0.18
_EDGE_S: Final = 0.003
"""The beep fades in and out over this long, so that it does not click."""


class Tone:
    """A soft hum with a short beep at the start of every full second, in step with the test picture's flash.

    Every sample is a function of its position alone: the phase is continuous across reads, and the same wherever one starts.
    Both frequencies are whole numbers of hertz, so one second holds whole periods and is computed once.
    """

    def __init__(self) -> None:
        time_s = np.arange(SAMPLE_RATE) / SAMPLE_RATE
        beep = np.sin(2 * np.pi * _BEEP_HZ * time_s) * _BEEP_LEVEL * _envelope(time_s)
        hum = np.sin(2 * np.pi * _HUM_HZ * time_s) * _HUM_LEVEL
        self._second = (beep + hum).astype(np.float32)

    def open(self) -> None:
        """Nothing can fail."""

    def start(self) -> None:
        """Nothing runs on its own."""

    def read(self, position: int, count: int) -> Samples:
        """Return the tone at those positions, the same on both channels."""
        places = np.arange(position, position + count) % SAMPLE_RATE
        return np.tile(self._second[places], (CHANNELS, 1))

    def close(self) -> None:
        """Nothing is held."""


def _envelope(time_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rise at 0, fall before ``PULSE_S``, nothing after."""
    rise = np.clip(time_s / _EDGE_S, 0, 1)
    fall = np.clip((PULSE_S - time_s) / _EDGE_S, 0, 1)
    return 0.5 - 0.5 * np.cos(np.pi * np.minimum(rise, fall))
