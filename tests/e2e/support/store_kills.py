"""Processes that write into the store and are killed (D01)."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.service.store.opening import open_database
from powerstream_desktop.service.store.tables import Tables
from tests.integration.service.store.writer import NOW

PROJECT = Path(__file__).parents[3]


def start(folder: Path) -> subprocess.Popen[str]:
    """Start a process that writes until it is killed."""
    command = [sys.executable, "-m", "tests.integration.service.store.writer", str(folder)]
    return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE)


def killed(folder: Path, after_writes: int, within_s: float) -> int:
    """Let a process write, kill it at an instant after that many writes; return the last number it acknowledged, or -1."""
    process = start(folder)
    assert process.stdout is not None
    try:
        said = [process.stdout.readline() for _ in range(after_writes + 1)]
        threading.Event().wait(within_s)
    finally:
        process.kill()
        said += process.stdout.readlines()
        process.wait()
        process.stdout.close()
    whole = [line for line in said if line.endswith("\n")]
    assert whole[0] == "open\n"
    return max((int(line) for line in whole[1:]), default=-1)


def assert_nothing_is_lost(folder: Path, acknowledged: int) -> None:
    """Check that all that was acknowledged is there, and nothing is half."""
    connection, report = open_database(folder, monotonic, NOW)
    with closing(connection):
        assert not report.is_new
        assert report.restored_from is None
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        stations = len(Tables(connection).stations.all())
        (assets,) = connection.execute("SELECT count(*) FROM assets").fetchone()
        (found,) = connection.execute("SELECT count(*) FROM asset_words").fetchone()
    assert stations > acknowledged
    assert stations - acknowledged <= 2
    assert stations == assets == found
