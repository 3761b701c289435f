"""How loud people find a sound: momentary and short-term loudness after EBU R128 (BS.1770 K-weighting). Pure.

The weighting is a recursive filter, which numpy cannot run sample by sample in time. So it is run in blocks: what a block puts
out is one matrix times its samples, plus another times the filter's state at its begin. Both are made once.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from powerstream_desktop.engine.mixer.arrays import Doubles
from powerstream_desktop.engine.mixer.energy import EnergyBins
from powerstream_desktop.engine.sound import CHANNELS, Samples

MOMENTARY_MS: Final = 400
SHORT_TERM_MS: Final = 3000
SILENCE_LUFS: Final = -70.0
"""The absolute gate of R128: what is softer is no programme."""

_OFFSET_LU: Final = -0.691
"""So that a 997 Hz sine of full scale on one side measures -3.01 LUFS."""
# BS.1770-4, tables 1 and 2, for 48 kHz: the head's shelf, then the high-pass.
_SHELF: Final = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (-1.69065929318241, 0.73248077421585),
)
_HIGH_PASS: Final = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
_BLOCK: Final = 80
_STATES: Final = 4


def _step(state: Doubles, sample: float) -> tuple[float, Doubles]:
    """Run both filters over one sample (transposed direct form II)."""
    (b0, b1, b2), (a1, a2) = _SHELF
    shelf = b0 * sample + state[0]
    s0, s1 = b1 * sample - a1 * shelf + state[1], b2 * sample - a2 * shelf
    (c0, c1, c2), (d1, d2) = _HIGH_PASS
    out = c0 * shelf + state[2]
    s2, s3 = c1 * shelf - d1 * out + state[3], c2 * shelf - d2 * out
    return out, np.array([s0, s1, s2, s3])


class _Blocks:
    """The filter as matrices, found by asking the filter itself: it is linear."""

    def __init__(self) -> None:
        impulse = np.empty(_BLOCK)
        states_after = np.empty((_STATES, _BLOCK))  # of an impulse so many samples ago
        state = np.zeros(_STATES)
        for place in range(_BLOCK):
            impulse[place], state = _step(state, 1.0 if place == 0 else 0.0)
            states_after[:, place] = state
        self.of_state = np.empty((_STATES, _BLOCK))  # what a state at the begin adds to each sample
        self.powers = np.empty(
            (_BLOCK + 1, _STATES, _STATES)
        )  # what becomes of a state after so many samples
        self.powers[0] = np.eye(_STATES)
        for number in range(_STATES):
            state = np.eye(_STATES)[number]
            for place in range(_BLOCK):
                self.of_state[number, place], state = _step(state, 0.0)
                self.powers[place + 1, :, number] = state
        ahead = np.arange(_BLOCK) - np.arange(_BLOCK)[:, np.newaxis]
        self.of_samples = np.where(
            ahead >= 0, impulse[np.abs(ahead)], 0.0
        )  # what a sample adds to it and later ones
        self.into_state = np.ascontiguousarray(states_after.T[::-1])


_BLOCKS: Final = _Blocks()


class KWeighting:
    """The K-weighted sound of both sides."""

    def __init__(self) -> None:
        self._state = np.zeros((_STATES, CHANNELS))

    def apply(self, samples: Samples) -> Doubles:
        """Return as many weighted samples."""
        count = samples.shape[1]
        whole = count - count % _BLOCK
        out = np.empty((CHANNELS, count))
        if whole:
            out[:, :whole] = self._run(samples[:, :whole].astype(np.float64), _BLOCK)
        if whole < count:
            out[:, whole:] = self._run(samples[:, whole:].astype(np.float64), count - whole)
        return out

    def _run(self, samples: Doubles, length: int) -> Doubles:
        # Those of the left side, then those of the right.
        blocks = np.ascontiguousarray(samples).reshape(-1, length)
        number = len(blocks) // CHANNELS
        inflow = (blocks @ _BLOCKS.into_state[-length:]).reshape(CHANNELS, number, _STATES).transpose(1, 2, 0)
        power = _BLOCKS.powers[length]
        states = np.empty((number, _STATES, CHANNELS))
        for place in range(number):
            states[place] = self._state
            self._state = power @ self._state + inflow[place]
        from_states = states.transpose(2, 0, 1).reshape(-1, _STATES) @ _BLOCKS.of_state[:, :length]
        weighted: Doubles = blocks @ _BLOCKS.of_samples[:length, :length] + from_states
        return weighted.reshape(CHANNELS, -1)


class Loudness:
    """Measures the last three seconds."""

    def __init__(self) -> None:
        self._weighting = KWeighting()
        self._energy = EnergyBins(SHORT_TERM_MS)

    def add(self, samples: Samples) -> None:
        """Take the next samples."""
        self._energy.add(self._weighting.apply(samples))

    @property
    def momentary_lufs(self) -> float:
        """Of the last 400 ms."""
        return self._over(MOMENTARY_MS)

    @property
    def short_term_lufs(self) -> float:
        """Of the last three seconds."""
        return self._over(SHORT_TERM_MS)

    def _over(self, span_ms: int) -> float:
        energy = float(self._energy.mean(span_ms).sum())
        return max(SILENCE_LUFS, _OFFSET_LU + 10 * math.log10(energy)) if energy > 0 else SILENCE_LUFS
