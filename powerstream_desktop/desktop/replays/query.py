"""What is looked for among the replays, and in which order it is listed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum


class Period(Enum):
    """When something was recorded. WEEK and MONTH are the last 7 and 30 days, today among them; RANGE is from one day to another."""

    ANY = "any"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    RANGE = "range"


class Sort(Enum):
    """An order of replays; the value is what the API calls it."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    LONGEST = "longest"
    LARGEST = "largest"


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayQuery:
    """Which replays are listed, and how.

    Attributes:
        words: of title, description or a marker; empty for all.
        station_id: None for all stations.
        status: as the API calls it; None for any.
        first_day, last_day: of ``Period.RANGE``, both of them included; None leaves that end open.
    """

    words: str = ""
    station_id: str | None = None
    status: str | None = None
    period: Period = Period.ANY
    first_day: date | None = None
    last_day: date | None = None
    sort: Sort = Sort.NEWEST

    @property
    def is_narrowed(self) -> bool:
        """More is asked than of which station."""
        return bool(self.words) or self.status is not None or self.period is not Period.ANY

    def bounds(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """Return from when on, and until when, replays were recorded that are meant; in UTC, None for an open end.

        Args:
            now: with the zone that people live in: their days begin at their midnight.
        """
        if self.period is Period.ANY:
            return None, None
        if self.period is Period.RANGE:
            last = None if self.last_day is None else self.last_day + timedelta(days=1)
            return _midnight(self.first_day, now), _midnight(last, now)
        first = now.date() - timedelta(days=_DAYS[self.period] - 1)
        return _midnight(first, now), None


def _midnight(day: date | None, now: datetime) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), now.tzinfo).astimezone(UTC)
