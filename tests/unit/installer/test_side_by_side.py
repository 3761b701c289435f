from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import side_by_side, verbs
from installer.environment import ROOT
from installer.side_by_side import run_all_tests, total

GOOD, BAD = "def test_it(): pass\n", "def test_it(): assert False\n"
DEADLY = "import os\ndef test_it(): os._exit(7)\n"


@pytest.mark.parametrize(
    ("endings", "summary"),
    [
        (["5 passed in 2.00s", "= 2 passed in 1.00s ="], " 7 passed in 61.50s (0:01:02) "),
        (
            [
                "2 failed, 7 passed, 1 skipped, 1 warning in 2s",
                "1 passed, 1 xfailed, 1 error in 1s (0:00:01)",
            ],
            " 2 failed, 8 passed, 1 skipped, 1 xfailed, 1 warning, 1 error in 61.50s (0:01:02) ",
        ),
        (["5 passed in 2.00s", "Killed"], " 5 passed, 1 error in 61.50s (0:01:02) "),
        (["", "no tests ran in 0.01s"], " 2 errors in 61.50s (0:01:02) "),
    ],
)
def test_the_total_says_what_all_of_them_say(endings: list[str], summary: str) -> None:
    assert total(endings, 61.5).strip("=") == summary


PARTS = ("waiting", "computing", "alone")


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let each part be what lies in the folder of its name in this one."""
    for name in PARTS:
        (tmp_path / name).mkdir()
        monkeypatch.setattr(side_by_side, name.upper(), ("-q", name))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they start in half the time
    monkeypatch.setattr(side_by_side, "ROOT", tmp_path)
    monkeypatch.setattr(side_by_side, "VENV_PYTHON", Path(sys.executable))
    return tmp_path


@pytest.mark.parametrize(
    ("tests", "code", "counts"),
    [
        ((GOOD, GOOD, GOOD), 0, "3 passed"),
        ((BAD, GOOD, GOOD), 1, "1 failed, 2 passed"),
        ((GOOD, DEADLY, GOOD), 7, "2 passed, 1 error"),
        ((GOOD, GOOD, BAD), 1, "1 failed, 2 passed"),
    ],
)
def test_every_part_counts_and_the_last_line_is_the_sum(
    parts: Path, capfd: pytest.CaptureFixture[str], tests: Sequence[str], code: int, counts: str
) -> None:
    for name, test in zip(PARTS, tests, strict=True):
        (parts / name / f"test_{name}.py").write_text(test)
    assert run_all_tests() == code
    *_, last = capfd.readouterr().out.splitlines()
    assert last.strip("= ").startswith(f"{counts} in ")


def test_no_test_is_left_out_or_runs_twice() -> None:
    alone = {f"--ignore={place}" for place in side_by_side.ALONE}
    assert side_by_side.WAITING[0] == "tests/e2e"
    assert set(side_by_side.WAITING[1:]) == alone
    assert set(side_by_side.COMPUTING) == {"tests", "--ignore=tests/e2e", *alone}
    assert all((ROOT / place).exists() for place in side_by_side.ALONE)


def test_tests_that_were_asked_for_run_in_one_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    def one_pytest(arguments: Sequence[str]) -> int:
        asked.append(arguments)
        return 3

    monkeypatch.setattr(verbs, "lint", lambda arguments: 0)
    monkeypatch.setattr(verbs, "_pytest", one_pytest)
    assert verbs.test(["-k", "redaction"]) == 3
    assert asked == [["-k", "redaction"]]
