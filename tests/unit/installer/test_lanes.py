"""All tests in three lanes: all are seen, the last line counts all, and no failure is lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from installer import lanes, verbs
from installer.lanes import MOST_SECOND_TRIES, REAL_TIME, counts_in, merged_line, run_in_lanes
from tests.strictness.second_try import MOST

FIRST = b"....\n=========== 2 failed, 1 passed, 3 warnings, 1 rerun in 61.20s (0:01:01) ===========\n"
SECOND = b"....\n= 7000 passed, 2 skipped, 1 warning, 1 error in 9.99s =\n"
ROOT = Path(__file__).resolve().parents[3]


def test_the_last_line_counts_all_lanes_in_pytests_own_words() -> None:
    line = merged_line([FIRST, SECOND], 75.254)
    assert line.strip("= ") == (
        "2 failed, 7001 passed, 2 skipped, 4 warnings, 1 error, 1 rerun in 75.25s (0:01:15)"
    )
    assert line.startswith("=")


def test_a_quick_run_is_told_in_seconds() -> None:
    assert merged_line([b"1 passed in 0.01s\n"], 3.0).strip("= ") == "1 passed in 3.00s"
    assert merged_line([b"= no tests ran in 0.01s =\n"], 3.0).strip("= ") == "no tests ran in 3.00s"


@pytest.mark.parametrize("said", [b"", b"Fatal Python error: Segmentation fault\n", b"7 passed so far"])
def test_a_run_that_died_without_a_summary_is_an_error(said: bytes) -> None:
    assert counts_in(said) == {"error": 1}
    assert "1 passed, 1 error in" in merged_line([b"1 passed in 0.1s\n", said], 1.0)


def test_words_of_a_test_are_not_taken_for_the_summary() -> None:
    said = b"E   5 failed in 3.20s\n1 passed in 2.00s\n"
    assert counts_in(said) == {"passed": 1}


def a_run(first: str, beside: str, computing: str) -> list[str]:
    """Return a command that stands for pytest, and does what is asked of the lane that it is."""
    program = f"""
import sys
from pathlib import Path
if "tests/e2e" not in sys.argv:
    {computing}
else:
    try:
        (Path(sys.argv[sys.argv.index("--share-files") + 1]) / "begun").touch(exist_ok=False)
    except FileExistsError:
        {beside}
    else:
        {first}
"""
    return [sys.executable, "-c", program]


PASSES = ("print('2 passed in 1.00s')", "print('3 passed in 2.00s')", "print('4 passed in 2.00s')")
FAILS = "print('1 failed in 1.00s'); sys.exit(1)"
AGAIN = "print('9 passed, {} rerun in 1.00s')"
ENDS: dict[str, tuple[tuple[str, str, str], int, int, str]] = {
    "all is well": (PASSES, 0, 0, "9 passed"),
    "lint fails": (PASSES, 1, 1, "9 passed"),
    "the first fails": ((FAILS, *PASSES[1:]), 0, 1, "1 failed, 7 passed"),
    "the one beside it fails": ((PASSES[0], FAILS, PASSES[2]), 0, 1, "1 failed, 6 passed"),
    "the one that computes fails": ((*PASSES[:2], FAILS), 0, 1, "1 failed, 5 passed"),
    "one cannot begin": ((*PASSES[:2], "sys.exit('no such option')"), 0, 1, "5 passed, 1 error"),
    "one is worse": ((FAILS, PASSES[1], "sys.exit(3)"), 1, 3, "1 failed, 3 passed, 1 error"),
    "some were tried twice": ((AGAIN.format(1), AGAIN.format(MOST - 1), PASSES[2]), 0, 0, "22 passed, 4 rerun"),
    "many were tried twice": ((AGAIN.format(2), AGAIN.format(MOST - 1), PASSES[2]), 0, 1, "22 passed, 5 rerun"),
}  # fmt: skip


@pytest.mark.parametrize("how", ENDS)
def test_whatever_fails_the_code_and_the_last_line_say_so(
    how: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    deeds, lint, code, counts = ENDS[how]
    monkeypatch.setattr(os, "nice", lambda _by: 0, raising=False)
    assert run_in_lanes(a_run(*deeds), before=lambda: lint, folder=ROOT) == code
    last = capfdbinary.readouterr().out.decode().splitlines()[-1]
    assert last.strip("= ").startswith(f"{counts} in ")


def test_lanes_allow_together_what_one_run_is_allowed() -> None:
    assert MOST_SECOND_TRIES == MOST


def test_lanes_that_still_run_are_ended_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "nice", lambda _by: 0, raising=False)
    opened: list[lanes.Lanes] = []

    class Noted(lanes.Lanes):
        def __init__(self, folder: Path) -> None:
            super().__init__(folder)
            opened.append(self)

    lasts = "import time; time.sleep(60)"

    def lint_is_interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(lanes, "Lanes", Noted)
    with pytest.raises(KeyboardInterrupt):
        run_in_lanes(a_run(lasts, lasts, "pass"), before=lint_is_interrupted, folder=ROOT)
    [its] = opened
    assert [each.returncode is not None for each in its.running] == [True, True]


def test_all_tests_run_in_lanes_and_what_was_named_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    def in_lanes(pytest: list[str], *, before: Callable[[], int], folder: Path) -> int:
        done.append(("lanes", pytest[1:], before(), folder))
        return 0

    def one_lane(arguments: list[str]) -> int:
        done.append(arguments)
        return 0

    monkeypatch.setattr(verbs, "run_in_lanes", in_lanes)
    monkeypatch.setattr(verbs, "lint", lambda _arguments: 0)
    monkeypatch.setattr(verbs, "_pytest", one_lane)
    assert verbs.test([]) == verbs.test(["tests/unit", "-x"]) == 0
    assert done == [("lanes", ["-m", "pytest"], 0, ROOT), ["--second-try", "tests/unit", "-x"]]


def test_the_folders_of_the_lanes_that_judge_real_time_are_there() -> None:
    assert all((ROOT / each).is_dir() for each in REAL_TIME)
