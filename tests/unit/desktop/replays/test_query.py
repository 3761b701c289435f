"""What is looked for among the replays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from powerstream_desktop.desktop.replays.query import Period, ReplayQuery

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 0, 30, tzinfo=BERLIN)


def at(day: int, month: int = 11) -> datetime:
    """Return when a day began where people live."""
    return datetime(2026, month, day, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("query", "bounds"),
    [
        (ReplayQuery(), (None, None)),
        (ReplayQuery(period=Period.TODAY), (at(23), None)),
        (ReplayQuery(period=Period.WEEK), (at(17), None)),
        (ReplayQuery(period=Period.MONTH), (at(25, 10), None)),
        (
            ReplayQuery(period=Period.RANGE, first_day=date(2026, 11, 1), last_day=date(2026, 11, 2)),
            (at(1), at(3)),
        ),
        (ReplayQuery(period=Period.RANGE, first_day=date(2026, 11, 1)), (at(1), None)),
        (ReplayQuery(period=Period.RANGE, last_day=date(2026, 11, 2)), (None, at(3))),
    ],
)
def test_days_begin_at_the_midnight_of_those_who_look(
    query: ReplayQuery, bounds: tuple[datetime | None, datetime | None]
) -> None:
    assert query.bounds(NOW) == bounds
    assert {each.tzinfo for each in query.bounds(NOW) if each is not None} <= {UTC}


@pytest.mark.parametrize(
    ("query", "is_narrowed"),
    [
        (ReplayQuery(station_id="st1"), False),
        (ReplayQuery(words="joke"), True),
        (ReplayQuery(status="failed"), True),
        (ReplayQuery(period=Period.TODAY), True),
    ],
)
def test_a_station_alone_does_not_narrow_what_is_looked_for(query: ReplayQuery, is_narrowed: bool) -> None:
    assert query.is_narrowed is is_narrowed
