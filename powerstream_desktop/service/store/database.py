"""The SQLite file: how it is opened, what a transaction is, and whether it is sound (reliability_security.md 5.1).

There is one connection to it, in one process, and it keeps the file locked (``locking_mode=EXCLUSIVE``). So no other program and
no second SQLite can spoil it, the write-ahead log needs no shared memory, and the fault of SQLite before 3.51.3 that loses
commits between two connections cannot happen (ADR 0012).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.service.store.migrations import NEWEST, Migration
from powerstream_desktop.service.store.store_faults import (
    SQLITE_ERRORS,
    NewerStoreError,
    StoreFault,
    damaged,
    store_fault,
)

APPLICATION_ID: Final = 0x50577253
"""Stands in the file's header: it is ours."""

BUSY_TIMEOUT_S: Final = 5.0
WAL_LIMIT_BYTES: Final = 16 * 1024 * 1024
_CHECK_EVERY_STEPS: Final = 20_000
"""Of SQLite's virtual machine; some milliseconds."""

_SETTINGS: Final = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA secure_delete = FAST",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 1000",
    f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}",
)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a file without changing it; to be closed by the caller, on this thread.

    Args:
        path: absolute.
        mode: ``rw``; ``rwc`` also makes it; ``ro&immutable=1`` for one that nobody else has open.

    Raises:
        StoreFault: it cannot be opened.
    """
    try:
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_S
        )
    except SQLITE_ERRORS as error:
        raise store_fault(error) from error
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
    except SQLITE_ERRORS as error:
        connection.close()
        raise store_fault(error) from error
    return connection


def take_possession(connection: sqlite3.Connection) -> None:
    """Lock the file for this process until the connection is closed, and write ahead from then on.

    Raises:
        StoreFault: another process has it, or it may not be written.
    """
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        with transaction(connection, durable=False):
            pass  # in this mode the lock of the first use is never given back
    except SQLITE_ERRORS as error:
        raise store_fault(error) from error
    if mode != "wal":
        raise StoreFault("This disk cannot hold PowerStream's data.", detail=f"journal mode {mode}")


def require_ours(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration that this file went through.

    Raises:
        DamagedStoreError: it is no database, or an empty one: ours never are.
        NewerStoreError: it is of a newer version.
        StoreFault: it is another program's, or cannot be read.
    """
    try:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except SQLITE_ERRORS as error:
        raise store_fault(error) from error
    if pages == 0 or (application_id == APPLICATION_ID and number < 1):
        raise damaged(f"{pages} pages, version {number}")
    if application_id != APPLICATION_ID:
        raise StoreFault(
            "The file in the place of PowerStream's data belongs to another program.",
            hint="Move it elsewhere; nothing in it was changed.",
            detail=f"application id {application_id:#x}",
        )
    if number > NEWEST:
        raise NewerStoreError(
            f"PowerStream's data was written by a newer version (format {number}; this one knows {NEWEST}).",
            hint="Install the newer version. Nothing was changed.",
        )
    return int(number)


@contextmanager
def transaction(connection: sqlite3.Connection, *, durable: bool) -> Iterator[None]:
    """Do all of the block or nothing of it.

    Args:
        connection: not within a transaction.
        durable: what is done, and all that was done before, survives a power cut; otherwise the last seconds may not.
    """
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back by itself
            connection.execute("ROLLBACK")
        raise


def apply(connection: sqlite3.Connection, migration: Migration) -> None:
    """Take one step, with its number, wholly or not at all.

    Raises:
        StoreFault: the disk does not allow it, or the data does not fit.
    """
    script = f"BEGIN IMMEDIATE;\n{migration.script}\nPRAGMA user_version = {migration.number};\nCOMMIT;"
    try:
        connection.execute("PRAGMA synchronous = FULL")
        for name, function in migration.functions.items():
            connection.create_function(name, 1, function, deterministic=True)
        connection.executescript(script)
    except SQLITE_ERRORS as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        fault = store_fault(error)
        if isinstance(fault, StoreFault):
            raise fault from error
        raise StoreFault(
            "PowerStream's data could not be brought to the format of this version.",
            hint="Go on with the version used before, and report this; nothing was changed.",
            detail=f"migration {migration.number}: {fault.detail}",
        ) from error


def require_sound(connection: sqlite3.Connection, *, check: str, clock: Clock, time_box_s: float) -> bool:
    """Look the whole file over, as far as the time goes; tell whether all of it was seen.

    Args:
        connection: to the file.
        check: ``quick_check`` or ``integrity_check``.
        clock: monotonic seconds.
        time_box_s: after that the rest is left for the check of the day's backup.

    Raises:
        DamagedStoreError: it is damaged.
        StoreFault: it cannot be read.
    """
    deadline_s = clock() + time_box_s
    connection.set_progress_handler(lambda: int(clock() > deadline_s), _CHECK_EVERY_STEPS)
    try:
        (verdict,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except SQLITE_ERRORS as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            return False
        raise store_fault(error) from error
    finally:
        connection.set_progress_handler(None, 0)
    if verdict != "ok" or broken is not None:
        raise damaged(str(verdict if verdict != "ok" else broken))
    return True


def close(connection: sqlite3.Connection) -> None:
    """Bring the log into the file and let it go; harmless if the disk does not let it: the next start does it."""
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except SQLITE_ERRORS:
        pass
    finally:
        connection.close()
