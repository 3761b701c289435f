"""All tests, in three pytests: the end-to-end tests mostly wait, and the others compute meanwhile, side by side.

Then come, alone, those that judge what a network carries: they take a busy machine for a slow one. What the first pytest says is
shown as it comes, what the second says when the first is done. The last line is one summary of all, in pytest's own words,
because programs read it.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import IO

from installer.environment import ROOT, VENV_PYTHON

ALONE = ("tests/faults", "tests/e2e/test_adaptive_bitrate.py")
WAITING = ("tests/e2e", *(f"--ignore={place}" for place in ALONE))
COMPUTING = ("tests", "--ignore=tests/e2e", *(f"--ignore={place}" for place in ALONE))
ENDING_S = 15.0
"""An interrupted pytest clears away what its tests have started."""

_WORDS = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error")
_COUNT = re.compile(rf"(\d+) ({'|'.join(_WORDS)})s?\b")
_WIDTH = 80


def run_all_tests() -> int:
    """Run all tests; return 0 if all is well, else what the first pytest that failed returned."""
    started_s = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        computing = _pytest(COMPUTING, log)
        waiting = _pytest(WAITING, subprocess.PIPE)
        endings, codes = _followed(waiting, computing)
        log.seek(0)
        endings.append(_show(log))
    alone_endings, alone_codes = _followed(_pytest(ALONE, subprocess.PIPE))
    print(total([*endings, *alone_endings], time.monotonic() - started_s), flush=True)
    return next(filter(None, [*codes, *alone_codes]), 0)


def _followed(shown: subprocess.Popen[str], *others: subprocess.Popen[str]) -> tuple[list[str], list[int]]:
    """Show what one pytest says and wait for all; return the last line shown, and the exit codes."""
    running = (shown, *others)
    try:
        last = _show(shown.stdout or ())
        return [last], [each.wait() for each in running]
    except SystemExit:  # a polite kill reaches us alone; Ctrl+C reaches them too
        for each in running:
            each.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        raise
    finally:
        _end(running)


def total(endings: Iterable[str], took_s: float) -> str:
    """Return one summary for the last lines of several pytests; one that ended without a summary counts as an error."""
    counts: Counter[str] = Counter()
    for ending in endings:
        found = _COUNT.findall(ending)
        counts.update({word: int(number) for number, word in found} or {"error": 1})
    told = [_told(counts[word], word) for word in _WORDS if counts[word]]
    minutes, seconds = divmod(round(took_s), 60)
    return f" {', '.join(told)} in {took_s:.2f}s (0:{minutes:02}:{seconds:02}) ".center(_WIDTH, "=")


def _told(number: int, word: str) -> str:
    return f"{number} {word}{'s' if word in ('warning', 'error') and number > 1 else ''}"


def _pytest(arguments: Sequence[str], output: IO[str] | int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(VENV_PYTHON), "-m", "pytest", *arguments],
        cwd=ROOT,
        stdout=output,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _show(lines: Iterable[str]) -> str:
    """Print lines as they come; return the last."""
    last = ""
    for line in lines:
        print(line, end="", flush=True)
        last = line.strip() or last
    return last


def _end(running: Iterable[subprocess.Popen[str]]) -> None:
    for each in running:
        try:
            each.wait(ENDING_S)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()
        if each.stdout is not None:
            each.stdout.close()
