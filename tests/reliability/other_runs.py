"""Runs that have commands of their own, as rows of the same table: the fault matrix, hostile peers, the search for leaked keys."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Final

from tests.faults.all_rows import ROWS
from tests.faults.fault_matrix import play_matrix
from tests.faults.scene import Form
from tests.reliability.campaign import Campaign, Verdict
from tests.reliability.report import PROJECT

_SUMMARY: Final = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


def play_faults(cases: int, folder: Path) -> Verdict:
    """Play the fault matrix: in full if all rows are wanted, otherwise all of them in the short form."""
    form = Form.FULL if cases >= len(ROWS) else Form.QUICK
    results = play_matrix(list(ROWS.values()), folder, form)
    rules = [each.common for each in results if each.common is not None]
    skipped = [each.id for each in results if each.skipped]
    measured = (
        f"{sum(each.passed for each in results)} of {len(results)} rows in the {form.name.lower()} form;"
        f" others: {sum(each.lost for each in rules)} frames lost,"
        f" gap {max((each.gap_ms for each in rules), default=0.0):.0f} ms"
    )
    if skipped:
        measured += f"; not possible here: {', '.join(skipped)}"
    broken = [
        f"{each.id}: {each.measured}{'; '.join(['', *(each.common.complaints if each.common else ())])}"
        for each in results
        if not (each.passed or each.skipped)
    ]
    return Verdict(measured, tuple(broken))


def play_tests(paths: tuple[str, ...], _cases: int, folder: Path) -> Verdict:
    """Run tests; each that fails is a broken promise."""
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", f"--basetemp={folder / 'tests'}", *paths]
    done = subprocess.run(
        command, cwd=PROJECT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return judged(done.stdout, done.returncode)


def judged(said: str, exit_code: int) -> Verdict:
    """Judge what pytest said."""
    lines = said.strip().splitlines()
    counts = {word: int(count) for count, word in _SUMMARY.findall(lines[-1] if lines else "")}
    broken = [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
    if exit_code != 0 and not broken:
        broken = [f"pytest ended with {exit_code}: {' '.join(lines[-3:])}"]
    measured = f"{counts.get('passed', 0)} passed"
    if counts.get("skipped"):
        measured += f", {counts['skipped']} not possible here"
    return Verdict(measured, tuple(broken))


FAULTS: Final = Campaign(
    "FAULTS",
    "the fault matrix: whatever can happen to a platform, its network, or the engine",
    "what stands in docs/faults.md for each row; the others lose no frame, and see no gap over 100 ms",
    len(ROWS),
    play_faults,
)
PEERS: Final = Campaign(
    "PEERS",
    "servers and clients that lie, flood, stall and talk nonsense, 421 scripts",
    "the relay lives, nobody else notices, memory stays within its bounds",
    1,
    partial(play_tests, ("tests/hostile", "tests/e2e/test_hostile_peers.py")),
)
S36: Final = Campaign(
    "S36",
    "broadcasts with keys that would be recognised anywhere, in every spelling",
    "no trace of one in logs, data, output, command lines, environments, answers or recordings",
    1,
    partial(
        play_tests,
        (
            "tests/e2e/test_keys_never_leak.py",
            "tests/e2e/test_keys_of_the_service.py",
            "tests/e2e/test_key_places.py",
        ),
    ),
)
