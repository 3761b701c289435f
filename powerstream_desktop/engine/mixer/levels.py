"""Decibels and factors."""

from __future__ import annotations

import math
from typing import Final

SILENCE_DBFS: Final = -120.0
"""What stands for "nothing at all", as minus infinity cannot be drawn."""
_SILENCE: Final = 10 ** (SILENCE_DBFS / 20)


def factor(db: float) -> float:
    """Return what a level in dB multiplies an amplitude by."""
    return float(10 ** (db / 20))


def dbfs(amplitude: float) -> float:
    """Return the level of an amplitude, 1.0 being 0 dBFS; never below ``SILENCE_DBFS``."""
    return 20 * math.log10(amplitude) if amplitude > _SILENCE else SILENCE_DBFS
