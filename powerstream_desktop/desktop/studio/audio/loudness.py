"""Whether the program is as loud as platforms want it. Pure.

Most of them turn down what is louder than about -14 LUFS, and none turns anything up (EBU R128, broadcasters.md, audio).
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from powerstream_desktop.desktop.studio.audio.readings import NOTHING_LUFS

_SOFT_BELOW_LUFS: Final = -19.0
_LOUD_ABOVE_LUFS: Final = -11.0
_MUCH_TOO_LOUD_ABOVE_LUFS: Final = -7.0


class Loudness(Enum):
    """How loud the program is."""

    NOTHING = "nothing"
    SOFT = "soft"
    GOOD = "good"
    LOUD = "loud"
    MUCH_TOO_LOUD = "much-too-loud"


def loudness_of(short_term_lufs: float) -> Loudness:
    """Return how loud a short-term loudness is."""
    if short_term_lufs <= NOTHING_LUFS:
        return Loudness.NOTHING
    if short_term_lufs < _SOFT_BELOW_LUFS:
        return Loudness.SOFT
    if short_term_lufs <= _LOUD_ABOVE_LUFS:
        return Loudness.GOOD
    return Loudness.LOUD if short_term_lufs <= _MUCH_TOO_LOUD_ABOVE_LUFS else Loudness.MUCH_TOO_LOUD
