"""How far sound and picture are apart in what came out at the end: measured on flashes and beeps, not on time stamps.

The test picture flashes a square, and the tone beeps, in the first tenth of every full second; the program meant both for
the same instant. A screen that shows such a flash will do as well.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

PERIOD_S = 1.0
PERIOD_TOLERANCE_S = 0.1
COLUMNS, ROWS = 32, 18
MIN_CONTRAST = 60
"""Luma steps between flash and no flash, of 255."""
MIN_LOUDNESS = 0.01
QUIET_BEFORE_S = 0.3
ENVELOPE_S = 0.001

Floats = NDArray[np.float64]


def pulse_offsets_ms(recording: Path) -> list[float]:
    """Return for each flash how much later its beep comes, in milliseconds; negative when the sound is early.

    Flashes before the first beep and after the last one are left out.
    """
    flashes, beeps = _flash_times_s(recording), _beep_times_s(recording)
    assert beeps, f"no beep once a second in {recording.name}"
    assert flashes, f"no flash once a second in {recording.name}"
    inside = [at for at in flashes if beeps[0] - PERIOD_S / 2 < at < beeps[-1] + PERIOD_S / 2]
    return [min((beep - at for beep in beeps), key=abs) * 1000 for at in inside]


def _flash_times_s(recording: Path) -> list[float]:
    """Find the part of the picture that brightens once a second, and when it does."""
    times, grids = [], []
    with av.open(str(recording)) as container:
        for frame in container.decode(video=0):
            times.append(float(frame.time or 0.0))
            grids.append(frame.reformat(COLUMNS, ROWS, "gray").to_ndarray())
    brightness = np.asarray(grids, np.float64).reshape(len(times), COLUMNS * ROWS)
    low, high = brightness.min(axis=0), brightness.max(axis=0)
    for block in np.argsort(low - high):
        if high[block] - low[block] < MIN_CONTRAST:
            break
        bright = brightness[:, block] > (low[block] + high[block]) / 2
        rises = [times[number + 1] for number in np.flatnonzero(~bright[:-1] & bright[1:])]
        if _comes_once_a_period(rises):
            return rises
    return []


def _beep_times_s(recording: Path) -> list[float]:
    """Find when sound begins after a pause."""
    blocks: list[tuple[float, Floats]] = []
    with av.open(str(recording)) as container:
        for frame in container.decode(audio=0):
            assert frame.format.name == "fltp", "made for AAC and the like, which decode to planar floats"
            size = round(frame.sample_rate * ENVELOPE_S)
            samples = np.abs(frame.to_ndarray()).max(axis=0)
            whole = samples[: len(samples) // size * size]
            blocks.append((float(frame.time or 0.0), whole.reshape(-1, size).max(axis=1)))
    times = np.concatenate([start + ENVELOPE_S * np.arange(len(loudness)) for start, loudness in blocks])
    loudness = np.concatenate([loudness for _, loudness in blocks])
    if loudness.max() < MIN_LOUDNESS:
        return []
    loud = times[loudness > 0.3 * loudness.max()]
    begins = [float(at) for before, at in pairwise(loud) if at - before > QUIET_BEFORE_S]
    return begins if _comes_once_a_period(begins) else []


def _comes_once_a_period(times_s: list[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(times_s)]
    return bool(steps) and all(abs(step - PERIOD_S) < PERIOD_TOLERANCE_S for step in steps)
