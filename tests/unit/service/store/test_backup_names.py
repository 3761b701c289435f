"""Which backups are due and which are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.service.store.backup_names import KEPT_DAYS, KEPT_WEEKS, Backup, is_due, surplus
from tests.unit.service.store.rows import NOW


def daily(days_ago: float) -> Backup:
    return Backup(made_at=NOW - timedelta(days=days_ago))


def kept(backups: list[Backup]) -> list[Backup]:
    gone = surplus(backups)
    return [backup for backup in backups if backup not in gone]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - has one
    st.none() | st.integers(1, 9999),
)
def test_a_backup_is_known_by_its_name(made_at: datetime, before: int | None) -> None:
    backup = Backup(made_at=made_at.replace(microsecond=0), before=before)
    assert Backup.named(backup.name) == backup


@pytest.mark.parametrize(
    "name",
    [
        "daily-20260504T123000Z.db.draft",
        "daily-20261304T123000Z.db",
        "other.db",
        "before-1-20260504T123000Z.db",
    ],
)
def test_any_other_file_is_no_backup(name: str) -> None:
    assert Backup.named(name) is None


def test_a_backup_is_due_once_a_day() -> None:
    assert is_due([], NOW)
    assert is_due([daily(1)], NOW)
    assert not is_due([daily(1), daily(0)], NOW)
    assert not is_due([daily(0)], NOW + timedelta(hours=11))
    assert is_due([daily(0)], NOW + timedelta(hours=12))
    assert is_due([Backup(made_at=NOW, before=3)], NOW)


def test_of_a_year_of_days_seven_and_four_weeks_are_kept() -> None:
    backups = [daily(days_ago) for days_ago in range(365)]
    left = kept(backups)
    assert left[:KEPT_DAYS] == backups[:KEPT_DAYS]
    weeks = [backup.made_at.isocalendar()[:2] for backup in left[KEPT_DAYS:]]
    assert len(weeks) == len(set(weeks)) == KEPT_WEEKS
    assert left[-1].made_at > NOW - timedelta(days=KEPT_DAYS + 7 * KEPT_WEEKS)


def test_a_computer_that_is_rarely_used_keeps_its_last_backups_however_old() -> None:
    backups = [daily(100), daily(300), daily(301)]
    assert kept(backups) == backups


def test_those_before_the_last_three_migrations_are_kept() -> None:
    backups = [Backup(made_at=NOW - timedelta(days=9 - number), before=number) for number in range(1, 7)]
    assert {backup.before for backup in kept(backups)} == {4, 5, 6}


@given(st.lists(st.integers(0, 60 * 24 * 60).map(lambda minutes: daily(minutes / 1440)), unique=True))
def test_the_newest_is_always_kept_and_what_is_kept_stays_kept(backups: list[Backup]) -> None:
    left = kept(backups)
    assert surplus(left) == frozenset()
    if backups:
        assert max(backups, key=lambda backup: backup.made_at) in left
