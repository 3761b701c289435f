"""Notices a microphone that is open and gives nothing, while somebody is on air and believes to be heard. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from powerstream_desktop.desktop.studio.audio.readings import ChannelReading

SILENT_DBFS: Final = -60.0
SILENT_AFTER_S: Final = 10.0
"""As the engine's own watch has it, whose notice says what to do."""


class SilenceWatch:
    """Watches all microphones. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._soft_since_s: dict[str, float] = {}

    def look(
        self, microphones: Collection[str], readings: Mapping[str, ChannelReading], now: float
    ) -> frozenset[str]:
        """Return the ids of the microphones from which nothing was heard for ten seconds.

        Args:
            microphones: ids of all that count; none while nobody is on air.
            readings: the newest, by channel.
            now: when.
        """
        soft = {each for each in microphones if _is_soft(readings.get(each))}
        self._soft_since_s = {each: self._soft_since_s.get(each, now) for each in soft}
        return frozenset(
            each for each, since_s in self._soft_since_s.items() if now - since_s >= SILENT_AFTER_S
        )


def _is_soft(reading: ChannelReading | None) -> bool:
    return reading is not None and reading.is_open and max(reading.meter.peak_dbfs) < SILENT_DBFS
