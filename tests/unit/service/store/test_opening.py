"""Opening: damaged data is never taken for empty, a backup takes its place and that is said, others' data is left alone."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.store import database, opening
from powerstream_desktop.service.store.asset_listing import AssetsWanted
from powerstream_desktop.service.store.backup_names import Backup
from powerstream_desktop.service.store.backups import BackupFolder
from powerstream_desktop.service.store.migrations import NEWEST
from powerstream_desktop.service.store.opening import BACKUPS_NAME, DATABASE_NAME, open_database
from powerstream_desktop.service.store.store_faults import (
    SQLITE_ERRORS,
    DamagedStoreError,
    NewerStoreError,
    StoreFault,
    store_fault,
)
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import NOW, asset, connected, opened, station, still


def filled(folder: Path, stations: int = 2, *, backup: bool = False) -> Path:
    """Make a database with some stations, a backup of it if wanted, and then one station more."""
    with connected(folder) as connection:
        tables = Tables(connection)
        for number in range(stations):
            tables.stations.add(station(f"Station {number}", f"id{number}"))
        for number in range(40):
            tables.assets.put(asset(f"as{number}", title=f"Evening {number}", description="words " * 20))
        if backup:
            back_up(folder, connection)
        tables.stations.add(station("Newest", "newest"))
    return folder / DATABASE_NAME


def back_up(folder: Path, connection: sqlite3.Connection, days_ago: int = 0) -> Backup:
    backups = BackupFolder(folder / BACKUPS_NAME, still)
    made = backups.draft(connection, NOW - timedelta(days=days_ago))
    backups.finish(made)
    return made


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def emptied(content: bytes) -> bytes:
    return b""


def without_header(content: bytes) -> bytes:
    return bytes(100) + content[100:]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def of_another_kind(content: bytes) -> bytes:
    return b"<html>" * 2000


def torn(content: bytes) -> bytes:
    page = 4096
    return content[:page] + bytes(page * 3) + content[page * 4 :]


DAMAGES = [emptied, without_header, cut, of_another_kind, torn]


def test_the_first_start_makes_a_database_that_is_whole(tmp_path: Path) -> None:
    connection, report = open_database(tmp_path / "new" / "folder", still, NOW)
    with closing(connection):
        assert report.is_new
        assert report.sentence == ""
        assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST,)
    assert names(tmp_path / "new" / "folder") == {DATABASE_NAME}


def test_a_first_start_that_was_cut_short_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / f"{DATABASE_NAME}.draft").write_bytes(b"half")
    (tmp_path / f"{DATABASE_NAME}.draft-journal").write_bytes(b"half")
    with opened(tmp_path) as tables:
        assert tables.stations.all() == ()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_data_without_a_backup_is_said_and_left_as_it_is(
    damage: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = filled(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(DamagedStoreError, match="no good backup"):
            open_database(tmp_path, still, NOW)
        assert path.read_bytes() == before
    assert not [name for name in names(tmp_path) if name.startswith("damaged")]


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_newest_backup_takes_the_place_of_damaged_data_which_is_kept(
    damage: Callable[[bytes], bytes], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = filled(tmp_path, backup=True)
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    connection, report = open_database(tmp_path, still, NOW)
    with closing(connection):
        assert [each.id for each in Tables(connection).stations.all()] == ["id0", "id1"]
        assert len(Tables(connection).assets.page(AssetsWanted(words="evening"), limit=200).rows) == 40
    assert report.restored_from == NOW
    aside = tmp_path / "damaged-20260504T123000Z-powerstream.db"
    assert aside in report.set_aside
    assert aside.read_bytes() == before
    assert str(aside) in report.sentence
    assert "backup of 2026-05-04 12:30 UTC" in report.sentence
    assert report.sentence in caplog.text
    assert open_again(tmp_path).sentence == ""


def open_again(folder: Path) -> opening.Opening:
    connection, report = open_database(folder, still, NOW)
    connection.close()
    return report


@pytest.mark.allow_warning_logs
def test_a_backup_that_is_damaged_too_is_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = filled(tmp_path, backup=True)
    with connected(tmp_path) as connection:
        older = back_up(tmp_path, connection, days_ago=1)
    newest = tmp_path / BACKUPS_NAME / Backup(made_at=NOW).name
    newest.write_bytes(cut(newest.read_bytes()))
    path.write_bytes(b"")
    assert open_again(tmp_path).restored_from == older.made_at
    assert newest.name in caplog.text
    assert newest.exists()


@pytest.mark.allow_warning_logs
def test_missing_data_is_restored_if_there_is_a_backup(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    filled(tmp_path, backup=True).unlink()
    (tmp_path / f"{DATABASE_NAME}-wal").write_bytes(b"the log of another one")
    report = open_again(tmp_path)
    assert report.restored_from == NOW
    assert [path.read_bytes() for path in report.set_aside] == [b"the log of another one"]
    with opened(tmp_path) as tables:
        assert len(tables.stations.all()) == 2
    assert "took its place" in caplog.text


@pytest.mark.allow_warning_logs
def test_a_restoring_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    """The damaged file is out of the way already, and the backup's copy is not yet in its place."""
    filled(tmp_path, backup=True).replace(tmp_path / "damaged-x")
    (tmp_path / f"{DATABASE_NAME}.draft").write_bytes(b"half")
    assert open_again(tmp_path).restored_from == NOW


def test_data_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = filled(tmp_path, backup=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 3}")
    before = path.read_bytes()
    with pytest.raises(NewerStoreError, match=f"format {NEWEST + 3}; this one knows {NEWEST}"):
        open_database(tmp_path, still, NOW)
    assert path.read_bytes() == before


def test_the_data_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(StoreFault, match="another program"):
        open_database(tmp_path, still, NOW)
    assert path.read_bytes() == before


def test_while_it_is_open_nobody_else_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("powerstream_desktop.service.store.database.BUSY_TIMEOUT_S", 0.01)
    with connected(tmp_path):
        with pytest.raises(StoreFault, match="Another program is using"):
            open_database(tmp_path, still, NOW)
        other = sqlite3.connect(tmp_path / DATABASE_NAME, timeout=0.01)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("SELECT * FROM stations").fetchall()
    assert names(tmp_path) == {DATABASE_NAME}


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreFault, match="folder cannot be used"):
        open_database(tmp_path / "file", still, NOW)
    (tmp_path / DATABASE_NAME).mkdir()
    with pytest.raises(StoreFault, match="cannot be opened"):
        open_database(tmp_path, still, NOW)


def test_an_sqlite_that_is_too_old_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreFault, match="too old"):
        open_database(tmp_path, still, NOW)


@pytest.mark.allow_warning_logs
def test_flipped_bytes_are_found_or_do_no_harm_and_never_make_it_new(tmp_path: Path) -> None:
    """D05; a byte within a text is no damage that SQLite could know of."""
    good = filled(tmp_path / "good", backup=True).read_bytes()
    chance = random.Random(5)
    outcomes: dict[str, int] = {}
    for number in range(1_000):
        folder = tmp_path / f"flip{number}"
        folder.mkdir()
        content = bytearray(good)
        for _ in range(chance.choice([1, 1, 8])):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        (folder / DATABASE_NAME).write_bytes(content)
        outcome = used(folder)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert set(outcomes) <= {"whole", "refused", "broken row"}
    assert outcomes["refused"] > 0
    assert outcomes["whole"] > 0


def used(folder: Path) -> str:
    """Open and read all of a damaged copy; tell how it went."""
    try:
        connection, report = open_database(folder, still, NOW)
    except PowerStreamError:
        return "refused"
    assert not report.is_new
    with closing(connection):
        tables = Tables(connection)
        try:
            stations = tables.stations.all()
            tables.assets.page(AssetsWanted(), limit=200)
            tables.assets.page(AssetsWanted(words="even"), limit=200)
        except (PowerStreamError, *SQLITE_ERRORS):
            return "broken row"
    assert len(stations) == 3
    return "whole"


def test_a_log_that_is_cut_anywhere_gives_what_was_committed_before_the_cut(tmp_path: Path) -> None:
    """What a power cut may leave of the log: later commits may be missing, earlier ones never, and none is half."""
    source = tmp_path / "source"
    with connected(source) as connection:
        for number in range(6):
            with database.transaction(connection, durable=False):
                Tables(connection).stations.add(station(f"Station {number}", f"id{number}"))
                Tables(connection).assets.put(asset(f"as{number}", description="words " * 300))
        content = (source / DATABASE_NAME).read_bytes()
        log = (source / f"{DATABASE_NAME}-wal").read_bytes()
    counts = []
    for length in range(0, len(log) + 1, 1_777):
        folder = tmp_path / str(length)
        folder.mkdir()
        (folder / DATABASE_NAME).write_bytes(content)
        (folder / f"{DATABASE_NAME}-wal").write_bytes(log[:length])
        with connected(folder) as connection:
            counts.append(len(Tables(connection).stations.all()))
            assert (
                len(Tables(connection).assets.page(AssetsWanted(words="words"), limit=50).rows) == counts[-1]
            )
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert counts == sorted(counts)
    assert set(counts) == set(range(6)) | {counts[-1]}


def test_a_disk_that_is_full_at_any_page_loses_nothing_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """D03, by SQLite's own limit of pages."""
    with connected(tmp_path) as connection:
        tables = Tables(connection)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        refused = 0
        for room in range(30):
            before = len(tables.assets.page(AssetsWanted(), limit=200).rows)
            connection.execute(f"PRAGMA max_page_count = {pages + room}")
            try:
                with database.transaction(connection, durable=True):
                    for number in range(before, before + 3):
                        tables.assets.put(asset(f"as{number}", description="words " * 500))
                refusal = None
            except sqlite3.OperationalError as error:
                refusal = store_fault(error).title
            expected = before if refusal else before + 3
            refused += bool(refusal)
            assert refusal in {None, "The disk is full: PowerStream's data cannot be saved."}
            assert len(tables.assets.page(AssetsWanted(), limit=200).rows) == expected
            assert len(tables.assets.page(AssetsWanted(words="words"), limit=200).rows) == expected
        assert 5 < refused < 30
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_copy_that_is_damaged_never_becomes_a_backup(tmp_path: Path) -> None:
    filled(tmp_path, backup=True)
    with connected(tmp_path) as connection:
        backups = BackupFolder(tmp_path / BACKUPS_NAME, still)
        made = backups.draft(connection, NOW + timedelta(days=1))
        draft = tmp_path / BACKUPS_NAME / f"{made.name}.draft"
        draft.write_bytes(torn(draft.read_bytes()))
        with pytest.raises(DamagedStoreError):
            backups.finish(made)
    assert backups.all() == (Backup(made_at=NOW),)
    assert names(tmp_path / BACKUPS_NAME) == {Backup(made_at=NOW).name}
