"""Moments of a film in words. Pure."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.desktop.language import figures

US_PER_MS: Final = 1000
US_PER_S: Final = 1_000_000
_CENTISECOND_US: Final = 10_000


def time_code(at_us: int) -> str:
    """Return a moment to the hundredth of a second: 00:34:06.12."""
    at_us = max(0, at_us)
    return f"{figures.duration(at_us // US_PER_S)}.{at_us // _CENTISECOND_US % 100:02}"


def whole_span(start_us: int, end_us: int) -> str:
    """Return a stretch to the second: 00:26:02–00:41:30."""
    return f"{figures.duration(start_us // US_PER_S)}–{figures.duration(end_us // US_PER_S)}"


def short_span(start_us: int, end_us: int) -> str:
    """Return a stretch with no more hours than there are: 52:10–53:01; 52:10 if it is less than a second."""
    start, end = figures.short_duration(start_us // US_PER_S), figures.short_duration(end_us // US_PER_S)
    return start if start == end else f"{start}–{end}"
