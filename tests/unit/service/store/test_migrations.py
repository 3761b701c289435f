"""Every database that ever was becomes today's, with what was in it; a step that fails has changed nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from powerstream_desktop.service.store import database, migrations, opening
from powerstream_desktop.service.store.backup_names import KEPT_MIGRATIONS
from powerstream_desktop.service.store.database import APPLICATION_ID
from powerstream_desktop.service.store.migrations import MIGRATIONS, NEWEST, Migration
from powerstream_desktop.service.store.opening import DATABASE_NAME, Opening, open_database
from powerstream_desktop.service.store.store_faults import StoreFault
from tests.unit.service.store.rows import NOW, connected, still

RELEASED = {
    1: "de07cad4c7b0d3cd",
    2: "60ac2141808c036a",
    3: "d8831bce1c9323e7",
    4: "8aaf258f22b62dfa",
    5: "d831739d5fe7a790",
    6: "f337282e42b73e83",
    7: "171bf4bbae712406",
    8: "2f1fb7d84c3eb3b4",
    9: "440a9e99a912147f",
    10: "fb50aa7661d1a2bf",
    11: "3b8eba8e1bbe53b8",
    12: "db55a5aba88b395d",
}
"""What each step was when it was first used. A step that has to be mended is mended by another one."""

ROWS = 1_000


def made(path: Path, number: int, rows: int = 0) -> None:
    """Make the database as it was after a step, with sessions or stations in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for migration in MIGRATIONS[:number]:
            database.apply(connection, migration)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO stations VALUES (?, ?, ?, '', NULL, ?)",
            [(f"id{each}", f"slug-{each}", f"Station {each}", each) for each in range(rows)],
        )
        connection.execute("COMMIT")


def schema(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()


@pytest.fixture(params=range(1, NEWEST + 1))
def number(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


def test_a_step_that_was_released_never_changes() -> None:
    assert {
        migration.number: hashlib.sha256(migration.script.encode()).hexdigest()[:16]
        for migration in MIGRATIONS
    } == RELEASED
    assert [migration.number for migration in MIGRATIONS] == list(range(1, NEWEST + 1))


def test_a_database_of_any_number_becomes_todays_with_all_its_rows(number: int, tmp_path: Path) -> None:
    made(tmp_path / DATABASE_NAME, number, ROWS)
    connection, report = open_database(tmp_path, still, NOW)
    with closing(connection):
        upgraded = schema(connection)
        assert connection.execute("SELECT count(*), sum(created_ms) FROM stations").fetchone() == (
            ROWS,
            sum(range(ROWS)),
        )
        assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST,)
    assert report == Opening()
    with connected(tmp_path / "fresh") as fresh:
        assert upgraded == schema(fresh)


def test_before_each_step_a_snapshot_of_that_moment_is_kept(number: int, tmp_path: Path) -> None:
    made(tmp_path / DATABASE_NAME, number, rows=3)
    with connected(tmp_path):
        pass
    kept = sorted(tmp_path.glob(f"{opening.BACKUPS_NAME}/*"))
    steps = range(number + 1, NEWEST + 1)[-KEPT_MIGRATIONS:]
    for before, path in zip(steps, kept, strict=True):
        assert path.name == f"before-{before:04}-20260504T123000Z.db"
        with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as snapshot:
            assert snapshot.execute("PRAGMA user_version").fetchone() == (before - 1,)
            assert snapshot.execute("SELECT count(*) FROM stations").fetchone() == (3,)


def test_a_step_that_fails_is_found_out_on_a_copy_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / DATABASE_NAME, NEWEST, rows=3)
    wrong = Migration(
        number=NEWEST + 1, script="DELETE FROM stations; INSERT INTO stations (id) VALUES (NULL);"
    )
    monkeypatch.setattr(opening, "MIGRATIONS", (*MIGRATIONS, wrong))
    with pytest.raises(StoreFault, match="could not be brought"):
        open_database(tmp_path, still, NOW)
    monkeypatch.undo()
    with connected(tmp_path) as connection:
        assert connection.execute("SELECT count(*) FROM stations").fetchone() == (3,)


def test_a_step_whose_rows_break_a_rule_is_found_out_on_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / DATABASE_NAME, NEWEST, rows=3)
    wrong = Migration(
        number=NEWEST + 1,
        script="CREATE TABLE t (s TEXT); INSERT INTO t VALUES ('gone'); PRAGMA writable_schema = ON; "
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (s TEXT REFERENCES stations)' WHERE name = 't';",
    )
    monkeypatch.setattr(opening, "MIGRATIONS", (*MIGRATIONS, wrong))
    monkeypatch.setattr(database, "NEWEST", NEWEST + 1)
    with pytest.raises(StoreFault):
        open_database(tmp_path, still, NOW)
    monkeypatch.undo()
    with connected(tmp_path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST,)
    assert migrations.NEWEST == NEWEST
