"""The mixer at one moment, for the window."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.engine.mixer.meter import LoudnessReading, MeterReading


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSnapshot:
    """One channel.

    Attributes:
        id: of the channel.
        is_open: it is meant to be heard now.
        meter: what comes out of it, whoever hears it.
        problem: why it has no sound, or not all its filters; empty when all is well.
    """

    id: str
    is_open: bool
    meter: MeterReading
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MixerSnapshot:
    """The mixer.

    Attributes:
        channels: in their order.
        program: what the audience gets.
        loudness: of the same.
        reduction_db: by how much the program's limiter is closed.
        delay_ms: by how much the sound is later than what was captured at the same time; pictures have to wait as long.
    """

    channels: tuple[ChannelSnapshot, ...]
    program: MeterReading
    loudness: LoudnessReading
    reduction_db: float
    delay_ms: float
