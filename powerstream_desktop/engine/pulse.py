"""The pulse that the test picture and the tone share: a flash and a beep in the first tenth of every full second.

Both are computed from the program's time alone, so the distance between them anywhere downstream is the error that was made
on the way there.
"""

from __future__ import annotations

from typing import Final

PULSE_S: Final = 0.1
"""Length of flash and beep."""

_ROUNDING_S: Final = 1e-6


def is_flash(time_s: float) -> bool:
    """Tell whether the test picture shows its white square at a time of the program."""
    return time_s % 1.0 < PULSE_S - _ROUNDING_S
