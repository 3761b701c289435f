"""What a text says at a moment: fixed words, a clock, or what is left until a wall time. Pure."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final, TypeAlias

from powerstream_desktop.engine.scene.sources import TextContent, TextKind

LocalTime: TypeAlias = Callable[[float], time.struct_time]
"""As ``time.localtime``."""

DEFAULT_CLOCK: Final = "%H:%M:%S"
_MOST_CHARACTERS: Final = 4096


def words_at(content: TextContent, wall_s: float, local_time: LocalTime = time.localtime) -> str:
    """Return what to write.

    Args:
        content: the text.
        wall_s: Unix seconds.
        local_time: turns them into the time of this place.
    """
    match content.kind:
        case TextKind.CLOCK:
            return _clock(content.text or DEFAULT_CLOCK, local_time(wall_s))[:_MOST_CHARACTERS]
        case TextKind.COUNTDOWN:
            return f"{content.text}{_remaining(content.countdown_to_s - wall_s)}"[:_MOST_CHARACTERS]
    return content.text[:_MOST_CHARACTERS]


def _clock(pattern: str, moment: time.struct_time) -> str:
    try:
        return time.strftime(pattern, moment)
    except (ValueError, UnicodeError):  # a format that this system's library does not know
        return pattern


def _remaining(left_s: float) -> str:
    """Write whole seconds as they run out: one more than what has passed, and ``00:00`` from the end on."""
    seconds = max(0, math.ceil(left_s - 1e-6))
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"
