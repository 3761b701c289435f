"""What a meter shows. Time is what was measured: a meter that is given no samples stands still. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from powerstream_desktop.engine.mixer.energy import EnergyBins
from powerstream_desktop.engine.mixer.levels import SILENCE_DBFS, dbfs
from powerstream_desktop.engine.mixer.loudness import Loudness
from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE, Samples

HOLD: Final = SAMPLE_RATE * 3 // 2
"""Samples (1.5 s) for which the highest peak stays."""
FALL_DB_PER_S: Final = 23.53
"""IEC 60268-10 type I, which people know from other mixers."""
RMS_MS: Final = 300

Sides: TypeAlias = tuple[float, float]
"""Left and right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterReading:
    """Levels in dBFS, left and right; ``SILENCE_DBFS`` is nothing.

    Attributes:
        peak_dbfs: rises at once, falls slowly.
        held_dbfs: the highest peak of the last 1.5 s, which then falls.
        rms_dbfs: over the last 300 ms; a sine of full scale has -3.01.
    """

    peak_dbfs: Sides
    held_dbfs: Sides
    rms_dbfs: Sides


SILENT: Final = MeterReading(
    peak_dbfs=(SILENCE_DBFS, SILENCE_DBFS),
    held_dbfs=(SILENCE_DBFS, SILENCE_DBFS),
    rms_dbfs=(SILENCE_DBFS, SILENCE_DBFS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoudnessReading:
    """Loudness after EBU R128, in LUFS; -70 is nothing.

    Attributes:
        momentary_lufs: over the last 400 ms.
        short_term_lufs: over the last 3 s.
    """

    momentary_lufs: float
    short_term_lufs: float


class Meter:
    """Measures one stereo sound."""

    def __init__(self) -> None:
        self._peak_db = [SILENCE_DBFS] * CHANNELS
        self._held_db = [SILENCE_DBFS] * CHANNELS
        self._held_for = [0] * CHANNELS
        self._energy = EnergyBins(RMS_MS)

    def add(self, samples: Samples) -> None:
        """Take the next samples."""
        count = samples.shape[1]
        if count == 0:
            return
        fall_db = FALL_DB_PER_S * count / SAMPLE_RATE
        for side, amplitude in enumerate(np.maximum(samples.max(axis=1), -samples.min(axis=1))):
            now_db = dbfs(float(amplitude))
            self._peak_db[side] = max(now_db, self._peak_db[side] - fall_db, SILENCE_DBFS)
            self._hold(side, now_db, count, fall_db)
        self._energy.add(samples)

    def read(self) -> MeterReading:
        """Return what it shows now."""
        rms = np.sqrt(self._energy.mean(RMS_MS))
        return MeterReading(
            peak_dbfs=(self._peak_db[0], self._peak_db[1]),
            held_dbfs=(self._held_db[0], self._held_db[1]),
            rms_dbfs=(dbfs(float(rms[0])), dbfs(float(rms[1]))),
        )

    def _hold(self, side: int, now_db: float, count: int, fall_db: float) -> None:
        self._held_for[side] += count
        if now_db >= self._held_db[side]:
            self._held_db[side], self._held_for[side] = now_db, 0
        elif self._held_for[side] > HOLD:
            self._held_db[side] = max(now_db, self._held_db[side] - fall_db, SILENCE_DBFS)


def read_loudness(loudness: Loudness) -> LoudnessReading:
    """Return what a loudness meter shows now."""
    return LoudnessReading(momentary_lufs=loudness.momentary_lufs, short_term_lufs=loudness.short_term_lufs)
