"""How a meter moves between two readings: up at once, down smoothly. Pure: readings and ``now`` in, what is drawn out.

Readings come ten times a second and have the engine's own ballistics already. What is drawn thirty times a second falls from one
to the next, and never below what was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from powerstream_desktop.desktop.studio.audio.readings import SILENT, MeterReading

FALL_DB_PER_S: Final = 40.0
"""Somewhat faster than the engine's own 23.5, so that what is drawn has arrived when the next reading comes."""
CLIPPED_DBFS: Final = -0.1
CLIP_SHOWN_S: Final = 3.0
"""For so long a meter says that its sound was cut off: long enough to be seen by somebody who looks elsewhere."""

_Sides: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterPicture:
    """What a meter shows at one moment; dBFS, left and right."""

    peak_dbfs: _Sides
    held_dbfs: _Sides
    rms_dbfs: _Sides
    is_clipping: bool


class Ballistics:
    """One meter. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._reading = SILENT
        self._peak_from = SILENT.peak_dbfs
        self._rms_from = SILENT.rms_dbfs
        self._heard_at_s = float("-inf")
        self._clipped_at_s = float("-inf")

    def hear(self, reading: MeterReading, now: float) -> None:
        """Take the newest reading."""
        shown = self.picture(now)
        self._reading = reading
        self._peak_from = _higher(shown.peak_dbfs, reading.peak_dbfs)
        self._rms_from = _higher(shown.rms_dbfs, reading.rms_dbfs)
        self._heard_at_s = now
        if max(reading.peak_dbfs) >= CLIPPED_DBFS:
            self._clipped_at_s = now

    def picture(self, now: float) -> MeterPicture:
        """Return what is to be drawn."""
        reading = self._reading
        return MeterPicture(
            peak_dbfs=_higher(self._fallen(self._peak_from, now), reading.peak_dbfs),
            held_dbfs=reading.held_dbfs,
            rms_dbfs=_higher(self._fallen(self._rms_from, now), reading.rms_dbfs),
            is_clipping=now - self._clipped_at_s < CLIP_SHOWN_S,
        )

    def is_moving(self, now: float) -> bool:
        """Return whether it will show something else later, though nothing new is heard."""
        picture = self.picture(now)
        return (
            picture.is_clipping
            or picture.peak_dbfs != self._reading.peak_dbfs
            or picture.rms_dbfs != self._reading.rms_dbfs
        )

    def _fallen(self, sides: _Sides, now: float) -> _Sides:
        by_db = FALL_DB_PER_S * max(0.0, now - self._heard_at_s)
        return sides[0] - by_db, sides[1] - by_db


def _higher(first: _Sides, second: _Sides) -> _Sides:
    return max(first[0], second[0]), max(first[1], second[1])
