"""The second try is for tests with real processes only, it is told, and it does not save a run that needs many."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.strictness.second_try import MOST

ROOT = Path(__file__).resolve().parents[3]
CONFTEST = """
from pathlib import Path
from tests.strictness.second_try import SecondTryPlugin


def pytest_configure(config):
    config.pluginmanager.register(SecondTryPlugin(Path(__file__).parent))
"""
UNSTEADY = """
import pytest

TRIES = []


@pytest.mark.parametrize("number", range({count}))
def test_unsteady(number):
    TRIES.append(number)
    assert TRIES.count(number) > 1, "the machine was busy"
"""
SHARED = """
import pytest

SHOWS = []


@pytest.fixture(scope="module")
def show():
    SHOWS.append("begun")
    yield len(SHOWS)
    SHOWS.append("ended")


def test_before(show):
    assert show == 1


def test_show(show):
    assert show == 3, "the first show was disturbed"


def test_behind(show):
    assert SHOWS == ["begun", "ended", "begun"]
"""
BROKEN = """
def test_broken():
    assert False, "it does not work"
"""


def run(folder: Path, files: dict[str, str]) -> tuple[int, str]:
    for name, text in {"conftest.py": CONFTEST, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "pytest_timeout",
            "--rootdir",
            ".",
            ".",
        ],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "200",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    return finished.returncode, finished.stdout + finished.stderr


def test_a_test_with_real_processes_that_passes_at_its_second_try_passes_and_its_failure_is_told(
    tmp_path: Path,
) -> None:
    code, said = run(tmp_path, {"tests/e2e/test_one.py": UNSTEADY.format(count=MOST)})
    assert code == 0, said
    assert f"{MOST} passed, {MOST} rerun" in said
    assert said.count("its first failure, to be looked into") == MOST
    assert "the machine was busy" in said


def test_a_broadcast_that_a_file_shares_is_played_anew_for_the_second_try(tmp_path: Path) -> None:
    code, said = run(tmp_path, {"tests/e2e/test_show.py": SHARED})
    assert code == 0, said
    assert "3 passed, 1 rerun" in said
    assert "the first show was disturbed" in said


def test_a_test_that_hangs_twice_is_ended_twice(tmp_path: Path) -> None:
    hangs = (
        "import threading, pytest\n@pytest.mark.timeout(1)\ndef test_hangs():\n    threading.Event().wait()\n"
    )
    code, said = run(tmp_path, {"tests/e2e/test_hangs.py": hangs})
    assert code == 1, said
    assert "1 failed, 1 rerun" in said


def test_a_run_with_many_second_tries_fails(tmp_path: Path) -> None:
    code, said = run(tmp_path, {"tests/integration/test_many.py": UNSTEADY.format(count=MOST + 1)})
    assert code == 1, said
    assert "needed a second try: the run has failed" in said


def test_who_fails_twice_has_failed(tmp_path: Path) -> None:
    code, said = run(tmp_path, {"tests/e2e/test_broken.py": BROKEN})
    assert code == 1, said
    assert "1 failed, 1 rerun" in said


def test_a_test_without_real_processes_has_one_try(tmp_path: Path) -> None:
    code, said = run(tmp_path, {"tests/unit/test_one.py": UNSTEADY.format(count=1)})
    assert code == 1, said
    assert "1 failed in" in said
