"""Numbers as people read them, in the language that the window speaks. Pure, but for that.

Thousands are parted by a narrow blank in every language, for "6.012" is six to some and six thousand to others; the decimal sign
is the language's own. Between number and unit stands a blank that does not break.
"""

from __future__ import annotations

import math
from typing import Final

from powerstream_desktop.desktop.language.language import current

NARROW_BLANK: Final = "\u202f"
FIXED_BLANK: Final = "\u00a0"
MINUS: Final = "\u2212"
NOTHING: Final = "\u2014"
"""What stands where there is no figure."""

_SIZES: Final = ("B", "kB", "MB", "GB", "TB", "PB")


def count(number: int) -> str:
    """Return a whole number: 6 012."""
    return f"{abs(number):,}".replace(",", NARROW_BLANK) if number >= 0 else MINUS + count(-number)


def decimal(number: float, digits: int = 1) -> str:
    """Return a number with so many digits behind the decimal sign: 4.1, −12.4."""
    text = f"{abs(number):.{digits}f}"
    sign = MINUS if number < 0 and float(text) else ""
    return sign + text.replace(".", current().decimal_sign)


def bitrate(kbps: float) -> str:
    """Return the bitrate of one stream: 6 012 kbit/s."""
    return f"{count(round(kbps))}{FIXED_BLANK}kbit/s"


def total_bitrate(kbps: float) -> str:
    """Return what many streams need together: 18.4 Mbit/s."""
    return f"{decimal(kbps / 1000)}{FIXED_BLANK}Mbit/s"


def size(number_of_bytes: int) -> str:
    """Return how large a file is, in powers of 1000 as disks are sold: 4.1 GB, 640 MB, 12 kB."""
    value, unit = float(number_of_bytes), 0
    while value >= 999.5 and unit < len(_SIZES) - 1:
        value, unit = value / 1000, unit + 1
    digits = 1 if unit >= 3 and value < 100 else 0
    return f"{decimal(value, digits)}{FIXED_BLANK}{_SIZES[unit]}"


def percent(share: float, digits: int = 1) -> str:
    """Return a share of 1: 0.2 %."""
    return f"{decimal(share * 100, digits)}{FIXED_BLANK}%"


def decibels(value_db: float) -> str:
    """Return a level or gain: −12.4 dB; −∞ dB for nothing at all."""
    if math.isinf(value_db):
        return f"{MINUS if value_db < 0 else ''}∞{FIXED_BLANK}dB"
    return f"{decimal(value_db)}{FIXED_BLANK}dB"


def seconds(number: float, digits: int = 0) -> str:
    """Return a time in seconds: 4 s, 2.3 s."""
    return f"{decimal(number, digits)}{FIXED_BLANK}s"


def minutes(number: int) -> str:
    """Return a time in minutes: 12 min."""
    return f"{count(number)}{FIXED_BLANK}min"


def duration(seconds: float) -> str:
    """Return how long something has lasted: 01:23:45; hours go on beyond 99."""
    whole = max(0, math.floor(seconds))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def short_duration(seconds: float) -> str:
    """Return how long a film lasts: 4:05, 1:23:45."""
    whole = max(0, math.floor(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
