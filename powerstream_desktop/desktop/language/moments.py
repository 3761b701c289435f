"""Times as people say them, in the language that the window speaks. Pure, but for that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from powerstream_desktop.desktop.language.language import current

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def moment(at: datetime, now: datetime) -> str:
    """Return when something was or will be: today 19:00, yesterday 19:00, 12 Nov 19:00, 12 Nov 2025.

    Args:
        at: the moment, with its time zone.
        now: with a time zone: the one that people live in.
    """
    local = at.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    days = (local.date() - now.date()).days
    if days == 0:
        return QCoreApplication.translate("Moments", "today {time}").format(time=clock)
    if days == -1:
        return QCoreApplication.translate("Moments", "yesterday {time}").format(time=clock)
    if days == 1:
        return QCoreApplication.translate("Moments", "tomorrow {time}").format(time=clock)
    if local.year != now.year:
        return day(local)
    return f"{day(local, with_year=False)} {clock}"


def day(at: datetime, *, with_year: bool = True) -> str:
    """Return a date: 12 Nov 2026, 12 Nov."""
    month = QLocale(current().code).toString(QDate(at.year, at.month, at.day), "MMM").rstrip(".")
    words = QCoreApplication.translate("Moments", "{day} {month}").format(day=at.day, month=month)
    return f"{words} {at.year}" if with_year else words


def ago(at: datetime, now: datetime) -> str:
    """Return how long something is past: just now, 5 minutes ago, 3 days ago; what is longer ago than 30 days by its date."""
    past = now - at
    if past < _MINUTE:
        return QCoreApplication.translate("Moments", "just now")
    if past < _HOUR:
        return QCoreApplication.translate("Moments", "%n minute(s) ago", "", past // _MINUTE)
    if past < _DAY:
        return QCoreApplication.translate("Moments", "%n hour(s) ago", "", past // _HOUR)
    if past <= 30 * _DAY:
        return QCoreApplication.translate("Moments", "%n day(s) ago", "", past // _DAY)
    return day(at.astimezone(now.tzinfo))
