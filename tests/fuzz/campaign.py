"""A fuzzing campaign: every target under every engine that this system has, as many at once as there are processors."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tests.fuzz.findings import keep
from tests.fuzz.harness import CORPUS, work_folder
from tests.fuzz.progress import Progress
from tests.fuzz.worker import FINDINGS_FOLDER, PROGRESS_FILE

HANGS_AFTER_S = 20.0
"""Without a new case; far above what any input may take, even on a busy machine."""
OVERTIME_S = 30.0
"""How long after its time a worker may take to start, to end and to make its findings small."""
SHORTEST_ROUND_S = 20.0
"""With less time left than that, another round would be mostly starting processes."""
FIRST_ROUND_SHARE = 0.7
"""Of the time, for the round in which every target has its turn."""
_POLL_S = 0.2
Job: TypeAlias = tuple[str, str]
"""A target under an engine."""
_COVERAGE = re.compile(r"\bcov: (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one worker did."""

    target: str
    engine: str
    cases: int
    seconds: float
    coverage: tuple[int, int] | None
    """Code paths at the beginning and at the end, where the engine knows."""
    findings: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a campaign is to do."""

    targets: Sequence[str]
    cases: int
    seconds: float
    keep_seeds: bool
    """Put findings into the repository's corpus as well."""


def engines() -> tuple[str, ...]:
    """Which engines work here: atheris, which follows coverage, exists for Linux only."""
    return ("atheris", "own") if importlib.util.find_spec("atheris") else ("own",)


def run(plan: Plan, report: Callable[[Outcome], None]) -> list[Outcome]:
    """Carry a campaign out; each outcome is reported as it comes.

    Every target gets the same number of cases and the same time. What the slow ones leave undone, the quick ones do in the rest
    of the time.
    """
    stop_at = time.monotonic() + plan.seconds
    jobs: Sequence[Job] = [(target, engine) for target in plan.targets for engine in engines()]
    outcomes = _run_round(plan, jobs, plan.cases, plan.seconds * FIRST_ROUND_SHARE, report)
    quick = [
        (outcome.target, outcome.engine) for outcome in outcomes if outcome.cases >= plan.cases // len(jobs)
    ]
    while quick:
        cases_left = plan.cases - sum(outcome.cases for outcome in outcomes)
        seconds_left = stop_at - time.monotonic()
        if cases_left <= 0 or seconds_left < SHORTEST_ROUND_S:
            break
        outcomes += _run_round(plan, quick, cases_left, seconds_left, report)
    return outcomes


def _run_round(
    plan: Plan, jobs: Sequence[Job], cases: int, seconds: float, report: Callable[[Outcome], None]
) -> list[Outcome]:
    waiting = list(jobs)
    cases_each = -(-cases // len(jobs))
    places = os.cpu_count() or 1
    stop_at = time.monotonic() + seconds
    running: list[Worker] = []
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="powerstream-fuzz-") as scratch:
        try:
            while waiting or running:
                while waiting and len(running) < places:
                    turns_left = -(-len(waiting) // places)
                    turn_s = max(1.0, (stop_at - time.monotonic()) / turns_left)
                    running.append(Worker(*waiting.pop(0), cases_each, turn_s, Path(scratch)))
                time.sleep(_POLL_S)
                for worker in [worker for worker in running if worker.is_over()]:
                    running.remove(worker)
                    outcomes.append(worker.outcome(keep_seeds=plan.keep_seeds))
                    report(outcomes[-1])
        finally:
            for worker in running:
                worker.kill()
    return outcomes


class Worker:
    """One ``tests.fuzz.worker`` process."""

    def __init__(self, target: str, engine: str, cases: int, seconds: float, scratch: Path) -> None:
        self._target = target
        self._engine = engine
        self._scratch = scratch / f"{target}-{engine}"
        self._scratch.mkdir()
        self._progress = Progress(self._scratch / PROGRESS_FILE)
        self._log = self._scratch / "log"
        self._began = time.monotonic()
        self._stop_at = self._began + seconds + OVERTIME_S
        self._seen_cases = 0
        self._seen_at = self._began
        self._hangs = False
        self._was_killed = False
        share = f"--cases={cases} --seconds={seconds:.1f} --seed={random.getrandbits(31)}".split()
        command = [sys.executable, "-m", "tests.fuzz.worker", target, engine, *share]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, f"--scratch={self._scratch}"], stdout=log, stderr=subprocess.STDOUT
            )

    def is_over(self) -> bool:
        """Look after it; True when it has ended, or has hung and is dead now."""
        if self._process.poll() is not None:
            return True
        now, cases = time.monotonic(), self._progress.cases
        if cases != self._seen_cases:
            self._seen_cases, self._seen_at = cases, now
        if (cases and now - self._seen_at > HANGS_AFTER_S) or now > self._stop_at:
            self._hangs = now - self._seen_at > HANGS_AFTER_S
            self.kill()
            return True
        return False

    def kill(self) -> None:
        """End it at once."""
        self._was_killed = self._process.poll() is None
        self._process.kill()
        self._process.wait()

    def outcome(self, *, keep_seeds: bool) -> Outcome:
        """Return what it did; its findings are safe then."""
        log = self._log.read_text(encoding="utf-8", errors="replace")
        found = [
            (path.read_bytes(), path.with_suffix(".txt").read_text(encoding="utf-8"))
            for path in sorted((self._scratch / FINDINGS_FOLDER).glob("found-*"))
            if not path.suffix
        ]
        if self._hangs or self._has_died():
            found.append((self._progress.current, f"{self._last_words()}\n\n{log[-4000:]}"))
        seconds = time.monotonic() - self._began
        outcome = Outcome(
            target=self._target,
            engine=self._engine,
            cases=self._progress.cases,
            seconds=seconds,
            coverage=_coverage(log),
            findings=tuple(self._keep(data, story, keep_seeds=keep_seeds) for data, story in found),
        )
        self._progress.close()
        return outcome

    def _has_died(self) -> bool:
        """It ended by itself, and not as it should; one whose time was up is merely slow."""
        return bool(self._process.returncode) and not self._was_killed

    def _last_words(self) -> str:
        return "the worker hung" if self._hangs else f"the worker died with {self._process.returncode}"

    def _keep(self, data: bytes, story: str, *, keep_seeds: bool) -> Path:
        path = keep(work_folder(self._target) / FINDINGS_FOLDER, data, story)
        if keep_seeds:
            (CORPUS / self._target / path.name).write_bytes(data)
        return path


def _coverage(log: str) -> tuple[int, int] | None:
    figures = [int(figure) for figure in _COVERAGE.findall(log)]
    return (figures[0], figures[-1]) if figures else None
