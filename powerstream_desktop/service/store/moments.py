"""Moments as the database holds them: whole milliseconds since 1970, UTC. What is finer is cut off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from powerstream_desktop.common.errors import BugError, UserError

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""Within these years a row's place in time fits 63 bits (``places``)."""

_MS: Final = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Return the milliseconds since 1970.

    Raises:
        UserError: it is before 1970 or after 2199.
        BugError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise BugError("A moment without a time zone reached the database.")
    if not EARLIEST <= moment < LATEST:
        raise UserError("This date cannot be right.", hint="Give a date between 1970 and 2199.")
    return (moment - EARLIEST) // _MS


def nearest_ms(moment: datetime) -> int:
    """Return the milliseconds since 1970 of the nearest moment that the database can hold: for the ends of a list.

    Raises:
        BugError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise BugError("A moment without a time zone reached the database.")
    return to_ms(min(max(moment, EARLIEST), LATEST - _MS))


def from_ms(moment_ms: int) -> datetime:
    """Return the moment, in UTC."""
    return EARLIEST + moment_ms * _MS
