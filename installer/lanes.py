"""All tests in three lanes at once: two that judge real time and mostly wait, beside one that mostly computes.

The two share their tests by file (``tests/strictness/shared_files.py``): whoever is free takes the next. What the first lane
says is seen as it comes; what the others said is shown when they are through. Programs read the last line: it is as pytest
prints it, and counts all.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Final

REAL_TIME: Final = (
    "tests/e2e",
    "tests/faults",
    *(
        f"tests/integration/{each}"
        for each in ("camera", "common", "engine", "recording", "relay", "service")
    ),
)
"""Lights within a second, gaps under 100 ms, shares of a processor: they have the better right to it."""

MOST_SECOND_TRIES: Final = 4
"""Of the lanes that judge real time, together."""
_NICENESS: Final = 5
"""Of lint and the lane that computes: enough not to disturb who judges real time, and little enough that no test starves."""
_FAREWELL_S: Final = 20.0
_ENDING_BYTES: Final = 65_536
_WIDTH: Final = 80
_ORDER: Final = (
    "failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error", "rerun",
)  # fmt: skip
_COUNTED: Final = re.compile(r"(\d+) ([a-z]+)")
_SUMMARY: Final = re.compile(r"^=* ?((?:\d+ [a-z]+,? )+|no tests ran )in [\d.]+s[ =()\d:]*$", re.MULTILINE)


def run_in_lanes(pytest: Sequence[str], *, before: Callable[[], int], folder: Path) -> int:
    """Run all tests; return 0 if all is well, else the worst of the exit codes.

    Args:
        pytest: starts it.
        before: what else is judged, before the lane that computes and beside the others.
        folder: of the project.
    """
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as marks,
        tempfile.TemporaryFile() as aside,
        tempfile.TemporaryFile() as log,
    ):
        lanes = Lanes(folder)
        real_time = [*pytest, "--second-try", "--share-files", marks, *REAL_TIME]
        try:
            first = lanes.open(real_time, subprocess.PIPE)
            echo = Echo(first)
            beside = lanes.open(real_time, aside)
            if hasattr(os, "nice"):
                os.nice(_NICENESS)  # what is started from here on inherits it
            code = before()
            computing = lanes.open(
                [*pytest, "--second-try", *(f"--ignore={each}" for each in REAL_TIME)], log
            )
            codes = [code, computing.wait()]
            said = shown_again(log)
            codes += [first.wait(), beside.wait()]
            echo.wait()
            endings = [echo.ending, shown_again(aside)]
        finally:
            lanes.end()
    if more_second_tries_than_allowed(endings):
        codes.append(1)
    show(merged_line([*endings, said], time.monotonic() - started).encode() + b"\n")
    return max(128 - each if each < 0 else each for each in codes)


def shown_again(log: IO[bytes]) -> bytes:
    """Show what a run that is through has said, and return it."""
    log.seek(0)
    said = log.read()
    show(b"\n" + said)
    return said


def more_second_tries_than_allowed(endings: Sequence[bytes]) -> bool:
    """Say whether runs that share their tests needed too many, and tell it: each by itself knows only its own."""
    needed = sum(counts_in(ending).get("rerun", 0) for ending in endings)
    if needed > MOST_SECOND_TRIES:
        show(f"More than {MOST_SECOND_TRIES} tests needed a second try: the run has failed.\n".encode())
    return needed > MOST_SECOND_TRIES


class Lanes:
    """The runs that were begun.

    Args:
        folder: in which they run.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.running: list[subprocess.Popen[bytes]] = []

    def open(self, command: Sequence[str], output: int | IO[bytes]) -> subprocess.Popen[bytes]:
        """Begin one, and return it."""
        run = subprocess.Popen(command, cwd=self._folder, stdout=output, stderr=subprocess.STDOUT)
        self.running.append(run)
        return run

    def end(self) -> None:
        """End those that still run, so that each ends what it has started."""
        going_on = [each for each in self.running if each.poll() is None]
        for each in going_on:
            each.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        for each in going_on:
            with suppress(subprocess.TimeoutExpired):
                each.wait(_FAREWELL_S)
            each.kill()
            each.wait()


class Echo:
    """Shows what a run says, as it comes, and keeps the end of it.

    Args:
        run: its output is a pipe.
    """

    def __init__(self, run: subprocess.Popen[bytes]) -> None:
        self._run = run
        self.ending = b""
        self._thread = threading.Thread(target=self._pass_on, name="echo", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Return when everything was shown; a process that outlived the run may hold the pipe open for good."""
        self._thread.join(_FAREWELL_S)

    def _pass_on(self) -> None:
        assert self._run.stdout is not None
        with self._run.stdout as pipe:
            while said := os.read(pipe.fileno(), _ENDING_BYTES):
                self.ending = (self.ending + said)[-_ENDING_BYTES:]
                show(said)


def show(said: bytes) -> None:
    """Put it out as it is."""
    sys.stdout.buffer.write(said)
    sys.stdout.flush()


def merged_line(endings: Sequence[bytes], seconds: float) -> str:
    """Return one line for several runs, as pytest prints its last one.

    Args:
        endings: what each run said at last; one without a summary was killed, which counts as an error.
        seconds: how long all of it took.
    """
    counts: Counter[str] = Counter()
    for ending in endings:
        counts.update(counts_in(ending))
    kinds = [*_ORDER, *sorted(set(counts) - set(_ORDER))]
    parts = [f"{counts[kind]} {_in_words(kind, counts[kind])}" for kind in kinds if counts[kind]]
    whole = f" ({timedelta(seconds=int(seconds))})" if seconds >= 60 else ""
    return f"= {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s{whole} =".center(_WIDTH, "=")


def counts_in(ending: bytes) -> dict[str, int]:
    """Return how many tests passed, failed and so on, by pytest's own word, in the singular."""
    summaries: list[str] = _SUMMARY.findall(ending.decode("utf-8", "replace"))
    if not summaries:
        return {"error": 1}
    found = {kind: int(number) for number, kind in _COUNTED.findall(summaries[-1])}
    return {
        kind.removesuffix("s") if kind in {"errors", "warnings"} else kind: n for kind, n in found.items()
    }


def _in_words(kind: str, count: int) -> str:
    return f"{kind}s" if count > 1 and kind in {"error", "warning"} else kind
