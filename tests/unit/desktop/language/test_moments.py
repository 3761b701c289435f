"""Times as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from powerstream_desktop.desktop.language.moments import ago, day, moment
from tests.unit.desktop.language.speaking import speaking

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 21, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "english", "german"),
    [
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), "today 19:00", "heute 19:00"),
        (datetime(2026, 11, 22, 18, 0, tzinfo=UTC), "yesterday 19:00", "gestern 19:00"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "tomorrow 00:30", "morgen 00:30"),
        (datetime(2026, 11, 12, 18, 0, tzinfo=UTC), "12 Nov 19:00", "12. Nov 19:00"),
        (datetime(2025, 5, 2, 18, 0, tzinfo=UTC), "2 May 2025", "2. Mai 2025"),
    ],
)
def test_a_moment_is_told_from_the_day_that_people_live_in(at: datetime, english: str, german: str) -> None:
    with speaking("en"):
        assert moment(at, NOW) == english
    with speaking("de"):
        assert moment(at, NOW) == german


@pytest.mark.parametrize(
    ("past", "english", "german"),
    [
        (timedelta(seconds=-5), "just now", "gerade eben"),
        (timedelta(seconds=59), "just now", "gerade eben"),
        (timedelta(seconds=61), "1 minute ago", "vor 1 Minute"),
        (timedelta(minutes=59), "59 minutes ago", "vor 59 Minuten"),
        (timedelta(minutes=60), "1 hour ago", "vor 1 Stunde"),
        (timedelta(hours=23), "23 hours ago", "vor 23 Stunden"),
        (timedelta(days=1), "1 day ago", "vor 1 Tag"),
        (timedelta(days=3), "3 days ago", "vor 3 Tagen"),
        (timedelta(days=40), "14 Oct 2026", "14. Okt 2026"),
    ],
)
def test_how_long_ago_something_was(past: timedelta, english: str, german: str) -> None:
    with speaking("en"):
        assert ago(NOW - past, NOW) == english
    with speaking("de"):
        assert ago(NOW - past, NOW) == german


def test_a_day_is_told_with_its_year() -> None:
    with speaking("en"):
        assert day(NOW) == "23 Nov 2026"
