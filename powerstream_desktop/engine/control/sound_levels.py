"""The mixer's snapshot in the words of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from powerstream_desktop.engine.control.desk_reports import ChannelLevels, Levels, SoundLevels

if TYPE_CHECKING:
    from powerstream_desktop.engine.mixer.meter import MeterReading
    from powerstream_desktop.engine.mixer.snapshot import MixerSnapshot

_DIGITS = 1
"""A tenth of a decibel: more cannot be seen, and would only be written."""


def sound_levels(snapshot: MixerSnapshot) -> SoundLevels:
    """Return the report of a snapshot."""
    return SoundLevels(
        channels=tuple(
            ChannelLevels(
                channel=channel.id,
                is_open=channel.is_open,
                levels=_levels(channel.meter),
                problem=channel.problem,
            )
            for channel in snapshot.channels
        ),
        program=_levels(snapshot.program),
        momentary_lufs=round(snapshot.loudness.momentary_lufs, _DIGITS),
        short_term_lufs=round(snapshot.loudness.short_term_lufs, _DIGITS),
        reduction_db=round(snapshot.reduction_db, _DIGITS),
        delay_ms=round(snapshot.delay_ms, _DIGITS),
    )


def _levels(meter: MeterReading) -> Levels:
    return Levels(
        peak_dbfs=_rounded(meter.peak_dbfs),
        held_dbfs=_rounded(meter.held_dbfs),
        rms_dbfs=_rounded(meter.rms_dbfs),
    )


def _rounded(sides: tuple[float, float]) -> tuple[float, float]:
    left, right = sides
    return round(left, _DIGITS), round(right, _DIGITS)
