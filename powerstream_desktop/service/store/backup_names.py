"""Which backups there are and which are kept: pure rules over names (reliability_security.md 5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

KEPT_DAYS: Final = 7
KEPT_WEEKS: Final = 4
KEPT_MIGRATIONS: Final = 3

_TIME: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"(?:daily|before-(\d{4}))-(\d{8}T\d{6}Z)\.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy of the database, as its name tells.

    Attributes:
        made_at: UTC, whole seconds.
        before: the number of the migration it was made for; None for the copy of a day.
    """

    made_at: datetime
    before: int | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        kind = "daily" if self.before is None else f"before-{self.before:04}"
        return f"{kind}-{self.made_at.astimezone(UTC):{_TIME}}.db"

    @classmethod
    def named(cls, name: str) -> Backup | None:
        """Return the backup of that name; None for any other file."""
        match = _NAME.fullmatch(name)
        if match is None:
            return None
        try:
            made_at = datetime.strptime(match[2], _TIME).replace(tzinfo=UTC)
        except ValueError:
            return None
        return cls(made_at=made_at, before=int(match[1]) if match[1] else None)


def is_due(backups: Iterable[Backup], now: datetime) -> bool:
    """Return whether the copy of this day (UTC) is still to be made."""
    today = now.astimezone(UTC).date()
    return all(backup.before is not None or backup.made_at.date() != today for backup in backups)


def surplus(backups: Iterable[Backup]) -> frozenset[Backup]:
    """Return those that are no longer needed.

    Kept are the newest of each of the last seven days that have one, the newest of each of the last four weeks before those, and
    those made before the last three migrations.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    daily = [backup for backup in newest_first if backup.before is None]
    days = _newest_of_each({backup: backup.made_at.date() for backup in daily})[:KEPT_DAYS]
    older = [backup for backup in daily if days and backup.made_at.date() < days[-1].made_at.date()]
    weeks = _newest_of_each({backup: backup.made_at.isocalendar()[:2] for backup in older})[:KEPT_WEEKS]
    numbers = sorted({backup.before for backup in newest_first if backup.before is not None}, reverse=True)
    migrations = [backup for backup in newest_first if backup.before in numbers[:KEPT_MIGRATIONS]]
    return frozenset(newest_first) - {*days, *weeks, *migrations}


def _newest_of_each(spans: dict[Backup, object]) -> list[Backup]:
    """Return the first backup of each span; the backups come newest first."""
    found: dict[object, Backup] = {}
    for backup, span in spans.items():
        found.setdefault(span, backup)
    return list(found.values())
