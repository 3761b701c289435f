"""The folder of backups: whole, checked copies only, made by SQLite's own backup and given their name last.

A copy is never made by copying the file, which would miss the write-ahead log and, by closing the file, drop the database's
locks (reliability_security.md 5.1).
"""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.service.store import database
from powerstream_desktop.service.store.backup_names import Backup, surplus
from powerstream_desktop.service.store.store_faults import SQLITE_ERRORS, StoreFault, store_fault

DRAFT_SUFFIX: Final = ".draft"
_PRIVATE_MODE: Final = 0o700
_PRIVATE_FILE: Final = 0o600
_NO_HURRY_S: Final = 3600.0
READ_ONLY: Final = "ro&immutable=1"
COMPANIONS: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite puts beside a database, by the ends of their names."""


def disk_fault(error: OSError) -> StoreFault:
    """Return the fault for what the system said about a file beside the database."""
    return StoreFault(
        "PowerStream's data folder cannot be used.",
        hint="Make sure that the folder belongs to you and that the disk has some space.",
        detail=repr(error),
    )


def remove_database(path: Path) -> None:
    """Remove a draft, if there is one, with its log: that of one database must never meet another."""
    try:
        for companion in COMPANIONS:
            path.with_name(path.name + companion).unlink(missing_ok=True)
    except OSError as error:
        raise disk_fault(error) from error


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database as it is at this moment into a file that is replaced; on the thread of ``source``.

    Raises:
        StoreFault: one of them cannot be read or written; no file is left.
    """
    remove_database(target)
    copy = database.connect(target, "rwc")
    try:
        source.backup(copy)
    except SQLITE_ERRORS as error:
        copy.close()
        remove_database(target)
        raise store_fault(error) from error
    finally:
        copy.close()


def require_sound_copy(path: Path, clock: Clock) -> int:
    """Check a copy to its last byte; return the number of its last migration.

    Raises:
        StoreFault: it is damaged, newer than this program, or cannot be read.
    """
    copy = database.connect(path, READ_ONLY)
    try:
        number = database.require_ours(copy)
        database.require_sound(copy, check="integrity_check", clock=clock, time_box_s=_NO_HURRY_S)
    finally:
        copy.close()
    return number


def publish(draft: Path, path: Path) -> None:
    """Give a finished file its name, for this user only, so that a power cut leaves the whole of it or nothing.

    Raises:
        StoreFault: the disk does not allow it.
    """
    try:
        draft.chmod(_PRIVATE_FILE)  # the log, which SQLite makes, has the rights of its database
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        if hasattr(os, "O_DIRECTORY"):  # elsewhere the system keeps the name by itself
            descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
    except OSError as error:
        raise disk_fault(error) from error


class BackupFolder:
    """The backups of one database. ``draft`` belongs to the database's thread, the rest to any one thread at a time.

    Args:
        folder: made when the first backup is.
        clock: monotonic seconds.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def all(self) -> tuple[Backup, ...]:
        """Return what there is, newest first."""
        try:
            names = [path.name for path in self._folder.iterdir()]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise disk_fault(error) from error
        found = [backup for name in names if (backup := Backup.named(name)) is not None]
        return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.name), reverse=True))

    def path(self, backup: Backup) -> Path:
        """Return where a backup is."""
        return self._folder / backup.name

    def draft(self, source: sqlite3.Connection, now: datetime, before: int | None = None) -> Backup:
        """Copy the database, unchecked and without its final name; blocks ``source`` for as long as that takes."""
        backup = Backup(made_at=now.replace(microsecond=0), before=before)
        try:
            self._folder.mkdir(mode=_PRIVATE_MODE, parents=True, exist_ok=True)
            for left_behind in self._folder.glob(f"*{DRAFT_SUFFIX}*"):
                left_behind.unlink()
        except OSError as error:
            raise disk_fault(error) from error
        copy_database(source, self._draft(backup))
        return backup

    def finish(self, backup: Backup) -> None:
        """Check a draft, give it its name, and remove the backups that are no longer needed.

        Raises:
            DamagedStoreError: the copy is damaged, and so is what it was made of; the draft is removed.
            StoreFault: the disk does not allow it.
        """
        draft = self._draft(backup)
        try:
            require_sound_copy(draft, self._clock)
            publish(draft, self.path(backup))
        except StoreFault:
            draft.unlink(missing_ok=True)
            raise
        try:
            for old in surplus(self.all()):
                self.path(old).unlink(missing_ok=True)
        except OSError as error:
            raise disk_fault(error) from error

    def _draft(self, backup: Backup) -> Path:
        return self._folder / (backup.name + DRAFT_SUFFIX)
