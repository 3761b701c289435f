"""A disk that loses whatever it has not confirmed: no acknowledged write is lost, and the data is whole (D02)."""

from __future__ import annotations

import random
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.service.store.opening import DATABASE_NAME, open_database
from powerstream_desktop.service.store.tables import Tables
from tests.e2e.support.power_cuts import Call, calls_of, leave_after, watch_writes
from tests.integration.service.store.writer import NOW

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which is for Linux"),
]

PROJECT = Path(__file__).parents[2]
WRITES = 60
CUTS = 80


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    folder = tmp_path_factory.mktemp("data")
    log = tmp_path_factory.mktemp("log") / "calls"
    command = [sys.executable, "-m", "tests.integration.service.store.writer", str(folder), str(WRITES)]
    watch_writes(command, cwd=PROJECT, log=log)
    return calls_of(log, folder)


def acknowledged(calls: list[Call]) -> int:
    """Return how many writes the process had called done."""
    return sum(call.kind == "said" and call.data.strip().isdigit() for call in calls)


def test_what_was_acknowledged_survives_a_power_cut_at_any_instant(calls: list[Call], tmp_path: Path) -> None:
    chance = random.Random(1)
    opened = next(at for at, call in enumerate(calls) if call.kind == "said")
    lost = 0
    for number in range(CUTS):
        before = calls[: chance.randrange(opened, len(calls))]
        folder = tmp_path / str(number)
        folder.mkdir()
        leave_after(before, folder, chance)
        connection, report = open_database(folder, monotonic, NOW)
        with closing(connection):
            assert not report.is_new
            assert report.restored_from is None
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            stations = len(Tables(connection).stations.all())
        assert stations >= acknowledged(before)
        lost += stations < sum(call.kind == "said" for call in calls)
    assert lost, "no cut came before the end"


def test_the_model_of_a_cut_loses_what_nobody_had_confirmed(calls: list[Call], tmp_path: Path) -> None:
    unconfirmed = [call for call in calls if call.kind not in {"fsync", "fdatasync"}]
    lost = 0
    for number in range(20):
        folder = tmp_path / str(number)
        folder.mkdir()
        leave_after(unconfirmed, folder, random.Random(number))
        content = (folder / DATABASE_NAME).read_bytes() if (folder / DATABASE_NAME).exists() else b""
        whole = tmp_path / "whole"
        whole.mkdir(exist_ok=True)
        leave_after(calls, whole, random.Random(number))
        lost += content != (whole / DATABASE_NAME).read_bytes()
    assert lost
