"""Opening the service's data: new, as it is, brought up to date, or restored; never silently empty.

* A new database is made under another name and appears whole. So a file that is empty or has no tables was not left by a first
  start that was cut short: it is damaged, like one that SQLite cannot read or that fails its check.
* For a damaged one, and for one that is missing while there are backups, the newest good backup takes its place. What was
  there is moved aside with its log, never deleted. Without a good backup nothing is touched and the start fails, in words.
* Before each migration a snapshot is kept, and the step is rehearsed on a copy of it; a step that fails has changed nothing.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.service.store import database
from powerstream_desktop.service.store.backup_names import Backup
from powerstream_desktop.service.store.backups import (
    COMPANIONS,
    DRAFT_SUFFIX,
    READ_ONLY,
    BackupFolder,
    copy_database,
    disk_fault,
    publish,
    remove_database,
    require_sound_copy,
)
from powerstream_desktop.service.store.migrations import MIGRATIONS
from powerstream_desktop.service.store.store_faults import (
    DamagedStoreError,
    NewerStoreError,
    StoreFault,
    not_writable,
)

DATABASE_NAME: Final = "powerstream.db"
BACKUPS_NAME: Final = "backups"
CHECK_TIME_S: Final = 0.5
"""What the check at the start may take; the rest is seen by the check of the day's backup."""

OLDEST_SQLITE: Final = (3, 37, 0)
"""The first with strict tables. Those before 3.51.3 are safe here, because there is one connection only (ADR 0012)."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How the data was found.

    Attributes:
        is_new: there was none.
        restored_from: the time of the backup that was put in place of damaged or missing data.
        set_aside: where the damaged data is now.
    """

    is_new: bool = False
    restored_from: datetime | None = None
    set_aside: tuple[Path, ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell people; empty if there is nothing to tell."""
        if self.restored_from is None:
            return ""
        what = "was damaged" if self.set_aside else "was missing"
        kept = f" The damaged data is kept as {self.set_aside[0]}." if self.set_aside else ""
        return f"PowerStream's data {what}; the backup of {self.restored_from:%Y-%m-%d %H:%M} UTC took its place.{kept}"


class Opener:
    """Opens the database of one folder. For the thread that is to own the connection.

    Args:
        folder: where the database is or will be; exists.
        clock: monotonic seconds.
        now: wall time, for the names of files.
    """

    def __init__(self, folder: Path, clock: Clock, now: datetime) -> None:
        self._path = folder.absolute() / DATABASE_NAME
        self._draft = self._path.with_name(DATABASE_NAME + DRAFT_SUFFIX)
        self._clock = clock
        self._now = now
        self.backups = BackupFolder(self._path.parent / BACKUPS_NAME, clock)

    def open(self) -> tuple[sqlite3.Connection, Opening]:
        """Return the connection, in possession of sound and current data, and how that came about.

        Raises:
            DamagedStoreError: it is damaged and there is no good backup; nothing was touched.
            NewerStoreError: it is of a newer version; nothing was touched.
            StoreFault: the disk, or another process that has it open, does not allow it.
        """
        if not self._path.exists():
            if self.backups.all():
                return self._restored(DamagedStoreError("PowerStream's data is missing."))
            self._create()
            return self._opened(), Opening(is_new=True)
        try:
            return self._opened(), Opening()
        except DamagedStoreError as fault:
            return self._restored(fault)

    def _opened(self) -> sqlite3.Connection:
        # SQLite would open it for reading, and then call the lock it cannot take a fault of the disk.
        for path in (self._path.parent, self._path):
            if not os.access(path, os.W_OK):
                raise not_writable(str(path))
        connection = database.connect(self._path, "rw")
        try:
            number = database.require_ours(connection)
            database.take_possession(connection)
            database.require_sound(
                connection, check="quick_check", clock=self._clock, time_box_s=CHECK_TIME_S
            )
            self._migrate(connection, number)
        except BaseException:
            connection.close()
            raise
        return connection

    def _create(self) -> None:
        remove_database(self._draft)
        connection = database.connect(self._draft, "rwc")
        try:
            connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
            for migration in MIGRATIONS:
                database.apply(connection, migration)
        finally:
            connection.close()
        publish(self._draft, self._path)

    def _migrate(self, connection: sqlite3.Connection, number: int) -> None:
        for migration in (each for each in MIGRATIONS if each.number > number):
            snapshot = self.backups.draft(connection, self._now, before=migration.number)
            self.backups.finish(snapshot)
            self._copy_out(snapshot)
            rehearsal = database.connect(self._draft, "rw")
            try:
                database.apply(rehearsal, migration)
            finally:
                rehearsal.close()
            require_sound_copy(self._draft, self._clock)
            remove_database(self._draft)
            database.apply(connection, migration)
            logger.info("the data was brought from format %d to %d", migration.number - 1, migration.number)

    def _restored(self, fault: DamagedStoreError) -> tuple[sqlite3.Connection, Opening]:
        backup = self._newest_good_backup()
        if backup is None:
            raise DamagedStoreError(
                f"{fault.title} There is no good backup.",
                hint=f"Nothing was changed. To begin anew, move {self._path} elsewhere, and {BACKUPS_NAME} with it.",
                detail=fault.detail,
            ) from fault
        try:
            set_aside = self._set_aside()
        except OSError as error:
            raise disk_fault(error) from error
        publish(self._draft, self._path)
        connection = self._opened()
        opening = Opening(restored_from=backup.made_at, set_aside=tuple(set_aside))
        logger.warning("%s (%s)", opening.sentence, fault.detail)
        return connection, opening

    def _newest_good_backup(self) -> Backup | None:
        """Leave a checked copy of the newest backup that is whole in the draft."""
        for backup in self.backups.all():
            try:
                self._copy_out(backup)
                require_sound_copy(self._draft, self._clock)
            except (DamagedStoreError, NewerStoreError) as fault:
                logger.warning("the backup %s cannot be used: %s", backup.name, fault.detail or fault.title)
                continue
            return backup
        return None

    def _copy_out(self, backup: Backup) -> None:
        copy = database.connect(self.backups.path(backup), READ_ONLY)
        try:
            copy_database(copy, self._draft)
        finally:
            copy.close()

    def _set_aside(self) -> list[Path]:
        """Move the database with all that belongs to it; the log of one must never meet another."""
        stem = f"damaged-{self._now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{DATABASE_NAME}"
        moved = []
        for companion in COMPANIONS:
            path = self._path.with_name(DATABASE_NAME + companion)
            if path.exists():
                moved.append(path.replace(path.with_name(stem + companion)))
        return moved


def open_database(folder: Path, clock: Clock, now: datetime) -> tuple[sqlite3.Connection, Opening]:
    """Make the folder if need be, and open what is in it; see ``Opener.open``.

    Raises:
        StoreFault: the folder cannot be made, or see there.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreFault(
            f"This Python brings SQLite {sqlite3.sqlite_version}, which is too old.",
            hint=f"Install a Python with SQLite {'.'.join(map(str, OLDEST_SQLITE))} or newer.",
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_fault(error) from error
    return Opener(folder, clock, now).open()
