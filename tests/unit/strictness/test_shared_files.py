"""Runs that share their tests run each file once, the long ones first, and a run alone runs all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.strictness.guard import HANGS_S
from tests.strictness.shared_files import ExactingTurn

ROOT = Path(__file__).resolve().parents[3]
CONFTEST = """
from tests.strictness import second_try, shared_files


def pytest_addoption(parser):
    shared_files.add_option(parser)


def pytest_configure(config):
    config.pluginmanager.register(second_try.SecondTryPlugin(config.rootpath))
    shared_files.register_if_asked(config)
"""
TEST = """
import pytest


@pytest.fixture(scope="module")
def show():
    print("begun", __name__)
    yield
    print("ended", __name__)


@pytest.mark.parametrize("number", range(3))
def test_it(show, number):
    print("ran", __name__)
"""
SESSION_FIXTURE = """

import pytest


@pytest.fixture(scope="session", autouse=True)
def of_the_run():
    print("run begun")
    yield
    print("run ended")
"""
LONG_TEST = f"{TEST}\n\npytestmark = pytest.mark.timeout({HANGS_S + 1:g})\n"
LONGER_TEST = f"{TEST}\n\npytestmark = pytest.mark.timeout({HANGS_S + 60:g})\n"


def run(folder: Path, *arguments: str) -> str:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        "-p",
        "no:cacheprovider",
        "-p",
        "pytest_timeout",
        "-o",
        "markers=exacting",
    ]
    finished = subprocess.run(
        [*command, "--rootdir", ".", *arguments, "tests"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert finished.stderr == ""
    return finished.stdout


def shared_tests(folder: Path) -> tuple[Path, Path]:
    """Return where tests lie that may be shared, and a folder for their marks."""
    tests, marks = folder / "tests/e2e", folder / "marks"
    tests.mkdir(parents=True)
    marks.mkdir()
    (folder / "tests/conftest.py").write_text(CONFTEST)
    for name in ("a", "b", "c"):
        (tests / f"test_{name}.py").write_text(TEST)
    return tests, marks


def test_a_file_that_another_run_has_begun_is_left_out_and_every_other_one_is_run(tmp_path: Path) -> None:
    _, marks = shared_tests(tmp_path)
    (marks / "tests.e2e.test_b.py").touch()
    said = run(tmp_path, "--share-files", str(marks))
    assert [said.count(f"ran {name}") for name in ("test_a", "test_b", "test_c")] == [3, 0, 3]
    assert [said.count(f"ended {name}") for name in ("test_a", "test_b", "test_c")] == [1, 0, 1]
    assert "6 passed" in said


def test_the_run_that_comes_later_finds_nothing_to_do(tmp_path: Path) -> None:
    _, marks = shared_tests(tmp_path)
    assert "9 passed" in run(tmp_path, "--share-files", str(marks))
    assert "ran" not in run(tmp_path, "--share-files", str(marks)).replace("no tests ran", "")


def test_what_a_file_shares_ends_before_the_next_file_of_this_run_begins(tmp_path: Path) -> None:
    _, marks = shared_tests(tmp_path)
    (marks / "tests.e2e.test_b.py").touch()
    said = run(tmp_path, "--share-files", str(marks))
    assert said.index("ended test_a") < said.index("begun test_c")


def test_long_files_begin_before_all_others_and_the_longest_first(tmp_path: Path) -> None:
    tests, marks = shared_tests(tmp_path)
    (tests / "test_b.py").write_text(LONG_TEST)
    (tests / "test_c.py").write_text(LONGER_TEST)
    said = run(tmp_path, "--share-files", str(marks))
    assert said.index("ran test_c") < said.index("ran test_b") < said.index("ran test_a")


def test_a_file_of_another_folder_may_follow_one_that_was_left_out(tmp_path: Path) -> None:
    _, marks = shared_tests(tmp_path)
    elsewhere = tmp_path / "tests/faults"
    elsewhere.mkdir()
    (elsewhere / "test_d.py").write_text(TEST)
    (marks / "tests.e2e.test_b.py").touch()
    (marks / "tests.e2e.test_c.py").touch()
    assert "6 passed" in run(tmp_path, "--share-files", str(marks))


def test_what_the_run_shares_is_made_once(tmp_path: Path) -> None:
    _, marks = shared_tests(tmp_path)
    (tmp_path / "tests/conftest.py").write_text(CONFTEST + SESSION_FIXTURE)
    said = run(tmp_path, "--share-files", str(marks))
    assert [said.count(word) for word in ("run begun", "run ended", "passed")] == [1, 1, 1]


EXACTING_TEST = f"{TEST}\n\npytestmark = [pytest.mark.exacting, pytest.mark.timeout({HANGS_S + 1:g})]\n"
NOT_ITS_TURN = """
from tests.strictness.shared_files import ExactingTurn

FOLDER = __import__("pathlib").Path(__file__).parents[2] / "marks"
turn = ExactingTurn(FOLDER / "exacting")
assert turn.begin(waits=False)


@pytest.fixture(scope="module", autouse=True)
def another_run_ends_its_exacting_file():
    yield
    turn.end()
"""


def test_an_exacting_file_waits_while_another_run_has_one_at_work_and_others_go_first(tmp_path: Path) -> None:
    tests, marks = shared_tests(tmp_path)
    (tests / "test_a.py").write_text(EXACTING_TEST)
    (tests / "test_b.py").write_text(TEST + NOT_ITS_TURN)
    (marks / "tests.e2e.test_c.py").touch()
    said = run(tmp_path, "--share-files", str(marks))
    assert said.index("ran test_b") < said.index("ran test_a")
    assert "6 passed" in said


def test_an_exacting_file_has_the_turn_while_it_runs_and_no_longer(tmp_path: Path) -> None:
    with ExactingTurn(tmp_path / "turn") as ours, ExactingTurn(tmp_path / "turn") as theirs:
        assert ours.begin(waits=True)
        assert not theirs.begin(waits=False)
        ours.end()
        assert theirs.begin(waits=False)


def test_a_run_alone_runs_all_in_its_order(tmp_path: Path) -> None:
    tests, _ = shared_tests(tmp_path)
    (tests / "test_c.py").write_text(LONG_TEST)
    said = run(tmp_path)
    assert said.index("ran test_a") < said.index("ran test_c")
    assert "9 passed" in said
