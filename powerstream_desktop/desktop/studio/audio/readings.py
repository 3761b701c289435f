"""What the meters say, read from the service's words. Pure.

They come ten times a second and are only looked at: words that are not what they should be are as good as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.client.reading import Words

SILENCE_DBFS: Final = -120.0
"""What stands for nothing at all."""
NOTHING_LUFS: Final = -70.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterReading:
    """One meter: dBFS, left and right.

    Attributes:
        peak_dbfs: rises at once, falls slowly.
        held_dbfs: the highest peak of the last moment.
        rms_dbfs: what it sounds like, over a third of a second.
    """

    peak_dbfs: tuple[float, float]
    held_dbfs: tuple[float, float]
    rms_dbfs: tuple[float, float]


_NOTHING: Final = (SILENCE_DBFS, SILENCE_DBFS)
SILENT: Final = MeterReading(peak_dbfs=_NOTHING, held_dbfs=_NOTHING, rms_dbfs=_NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReading:
    """One channel's meter.

    Attributes:
        is_open: it is meant to be heard now.
        problem: why it has no sound, or not all its filters; empty when all is well.
    """

    meter: MeterReading = SILENT
    is_open: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundReading:
    """All meters.

    Attributes:
        channels: by id.
        short_term_lufs: loudness of what the audience got in the last three seconds.
    """

    channels: Mapping[str, ChannelReading]
    short_term_lufs: float


NO_SOUND: Final = SoundReading(channels={}, short_term_lufs=NOTHING_LUFS)


def read_levels(words: Words | None) -> SoundReading:
    """Return what the service's ``levels`` say; silence for None, and for what cannot be understood."""
    if words is None:
        return NO_SOUND
    try:
        return SoundReading(
            channels={str(each["channel"]): _channel(each) for each in words["channels"]},
            short_term_lufs=float(words["shortTermLufs"]),
        )
    except (KeyError, TypeError, ValueError):
        return NO_SOUND


def _channel(words: Mapping[str, Any]) -> ChannelReading:
    levels = words["levels"]
    return ChannelReading(
        meter=MeterReading(
            peak_dbfs=_sides(levels["peakDbfs"]),
            held_dbfs=_sides(levels["heldDbfs"]),
            rms_dbfs=_sides(levels["rmsDbfs"]),
        ),
        is_open=bool(words["isOpen"]),
        problem=str(words["problem"]),
    )


def _sides(value: Any) -> tuple[float, float]:
    left, right = value
    return float(left), float(right)
