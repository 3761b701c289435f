"""A process that is killed while it writes or upgrades the data: what it acknowledged is there, and nothing is half (D01, D06)."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.service.store import database
from powerstream_desktop.service.store.database import APPLICATION_ID
from powerstream_desktop.service.store.migrations import MIGRATIONS, NEWEST
from powerstream_desktop.service.store.opening import DATABASE_NAME, open_database
from powerstream_desktop.service.store.tables import Tables
from tests.e2e.support.store_kills import assert_nothing_is_lost, killed, start
from tests.integration.service.store.writer import NOW

pytestmark = pytest.mark.e2e

KILLS = 12
UPGRADES = 8
OLD_ROWS = 3_000
LONGEST_UPGRADE_S = 0.3


def test_what_a_killed_process_had_acknowledged_is_there_and_nothing_is_half(tmp_path: Path) -> None:
    chance = random.Random(1)
    for _ in range(KILLS):
        acknowledged = killed(tmp_path, chance.randrange(1, 60), chance.uniform(0, 0.01))
        assert_nothing_is_lost(tmp_path, acknowledged)


def made_old(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.apply(connection, MIGRATIONS[0])
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO stations VALUES (?, ?, ?, ?, NULL, 0)",
            [(f"id{each}", f"slug-{each}", f"Station {each}", "x" * 500) for each in range(OLD_ROWS)],
        )
        connection.execute("COMMIT")


def test_an_upgrade_that_is_killed_at_any_instant_is_done_again(tmp_path: Path) -> None:
    chance = random.Random(2)
    formats = set()
    for number in range(UPGRADES):
        folder = tmp_path / str(number)
        folder.mkdir()
        made_old(folder / DATABASE_NAME)
        process = start(folder)
        # The process needs some time to load; what begins the upgrade is seen by the first snapshot.
        seen = threading.Event()
        deadline_s = monotonic() + 30
        while not (folder / "backups").exists() and monotonic() < deadline_s:
            seen.wait(0.001)
        seen.wait(chance.uniform(0, LONGEST_UPGRADE_S))
        process.kill()
        process.communicate()
        with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
            (found,) = connection.execute("PRAGMA user_version").fetchone()
        formats.add(found)
        connection, report = open_database(folder, monotonic, NOW)
        with closing(connection):
            assert report.restored_from is None
            assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST,)
            assert len(Tables(connection).stations.all()) >= OLD_ROWS
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert len(formats) > 1, "every kill met the same step"
