"""What SQLite says becomes a sentence with a way out; and the database has one door only."""

from __future__ import annotations

import re
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

import powerstream_desktop
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.service.store.opening import BACKUPS_NAME, DATABASE_NAME
from powerstream_desktop.service.store.store_faults import (
    ConflictError,
    DamagedStoreError,
    StoreFault,
    UnknownRecordError,
    store_fault,
)
from tests.unit.service.store.rows import connected
from tests.unit.service.store.test_opening import back_up

PACKAGE = Path(powerstream_desktop.__file__).parent


def said(code: int, name: str) -> PowerStreamError:
    error = sqlite3.OperationalError("words of SQLite")
    error.sqlite_errorcode = code
    error.sqlite_errorname = name
    return store_fault(error)


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        (sqlite3.SQLITE_FULL, "SQLITE_FULL", "disk is full"),
        (sqlite3.SQLITE_READONLY, "SQLITE_READONLY", "may not be written"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "SQLITE_READONLY_DBMOVED", "may not be written"),
        (sqlite3.SQLITE_CANTOPEN, "SQLITE_CANTOPEN", "cannot be opened"),
        (sqlite3.SQLITE_PERM, "SQLITE_PERM", "may not be opened"),
        (sqlite3.SQLITE_BUSY, "SQLITE_BUSY", "Another program"),
        (sqlite3.SQLITE_IOERR_WRITE, "SQLITE_IOERR_WRITE", "disk reports a fault"),
    ],
)
def test_a_fault_of_the_machine_says_what_to_do(code: int, name: str, words: str) -> None:
    fault = said(code, name)
    assert type(fault) is StoreFault
    assert words in fault.title
    assert fault.hint
    assert fault.detail == f"{name}: words of SQLite"


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        (sqlite3.SQLITE_CORRUPT_VTAB, "SQLITE_CORRUPT_VTAB", DamagedStoreError),
        (sqlite3.SQLITE_NOTADB, "SQLITE_NOTADB", DamagedStoreError),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, "SQLITE_CONSTRAINT_UNIQUE", ConflictError),
        (sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, "SQLITE_CONSTRAINT_FOREIGNKEY", UnknownRecordError),
        (sqlite3.SQLITE_CONSTRAINT_NOTNULL, "SQLITE_CONSTRAINT_NOTNULL", BugError),
        (sqlite3.SQLITE_ERROR, "SQLITE_ERROR", BugError),
    ],
)
def test_damage_mistakes_and_bugs_are_told_apart(code: int, name: str, kind: type[PowerStreamError]) -> None:
    assert type(said(code, name)) is kind


def test_words_of_sqlite_that_are_no_text_mean_damage() -> None:
    """It quotes a damaged schema as it finds it, and Python cannot read that."""
    with pytest.raises(UnicodeDecodeError) as caught:
        b"\xe6".decode()
    assert type(store_fault(caught.value)) is DamagedStoreError


def test_nothing_opens_a_database_but_the_store(tmp_path: Path) -> None:
    """D10: a second SQLite, or a file that is opened and closed beside it, drops the database's locks."""
    doors = re.compile(r"sqlite3\.connect|QSqlDatabase|QtSql|aiosqlite|\bapsw\b")
    found = {path.name for path in PACKAGE.rglob("*.py") if doors.search(path.read_text("utf-8"))}
    assert found == {"database.py"}
    namers = {path.name for path in PACKAGE.rglob("*.py") if "DATABASE_NAME" in path.read_text("utf-8")}
    assert namers == {"opening.py"}


@pytest.mark.skipif(sys.platform == "win32", reason="the profile folder's access list keeps others out there")
def test_only_the_user_may_read_the_data_its_log_and_its_backups(tmp_path: Path) -> None:
    with connected(tmp_path) as connection:
        made = back_up(tmp_path, connection)
        files = [
            tmp_path / DATABASE_NAME,
            tmp_path / f"{DATABASE_NAME}-wal",
            tmp_path / BACKUPS_NAME / made.name,
        ]
        assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
