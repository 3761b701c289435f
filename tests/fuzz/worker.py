"""One process of a fuzzing campaign: one target under one engine, until its share of cases or of time is used up.

Findings do not stop it: they are kept, each bug once, and it goes on. What would stop it, a hang or a crash of the
interpreter, is its campaign's to notice.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.bounds import check_sometimes
from tests.fuzz.findings import Findings, failure
from tests.fuzz.harness import MAX_INPUT_BYTES, Target, load_target, seeds, target_names, work_folder
from tests.fuzz.mutator import mutated
from tests.fuzz.progress import Progress

ENGINES = ("atheris", "own")
INSTRUMENTED_SLOWDOWN = 8.0
PROGRESS_FILE = "progress"
FINDINGS_FOLDER = "findings"
_LARGEST_POOL_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Share:
    """What a worker is given: its target, how much to do, where its random numbers begin, and its folder."""

    target: str
    cases: int
    seconds: float
    seed: int
    scratch: Path


class Desk:
    """Where inputs are tried: notes each one before, and keeps those that fail."""

    def __init__(self, target: Target, progress: Progress, scratch: Path, *, slowdown: float) -> None:
        self._target = target
        self._progress = progress
        self._slowdown = slowdown
        self._findings = Findings(scratch / FINDINGS_FOLDER, self.check)

    def check(self, data: bytes) -> None:
        """Raise on a bug."""
        self._progress.begin(data)
        self._target.fuzz_one(data)
        check_sometimes(self._target, data, slowdown=self._slowdown)

    def try_input(self, data: bytes) -> None:
        """Check an input and keep it if it fails."""
        error = failure(self.check, data)
        if error is not None:
            self._findings.add(data, error)


def run_own(share: Share, progress: Progress) -> None:
    """Mutate the seeds, and what atheris has discovered on earlier days."""
    desk = Desk(load_target(share.target), progress, share.scratch, slowdown=1.0)
    rng = random.Random(share.seed)
    pool = list(_pool(share.target))
    for data in pool:
        desk.try_input(data)
    stop_at = time.monotonic() + share.seconds
    while progress.cases < share.cases and time.monotonic() < stop_at:
        desk.try_input(mutated(rng, pool, MAX_INPUT_BYTES))


def run_atheris(share: Share, progress: Progress) -> None:
    """Let libFuzzer look for new paths; it ends this process."""
    import atheris

    with atheris.instrument_imports(include=["powerstream_desktop"]):
        target = load_target(share.target)
    desk = Desk(target, progress, share.scratch, slowdown=INSTRUMENTED_SLOWDOWN)
    discovered = work_folder(share.target) / "discovered"
    discovered.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_len={MAX_INPUT_BYTES}",
        "-timeout=60",
        "-rss_limit_mb=1024",
        f"-max_total_time={max(1, round(share.seconds))}",
        f"-runs={share.cases}",
        f"-seed={share.seed}",
        f"-artifact_prefix={share.scratch}/",
    ]
    corpora = [str(discovered), *{str(path.parent) for path in seeds(share.target)}]
    atheris.Setup([sys.argv[0], *options, *corpora], desk.try_input)
    atheris.Fuzz()


def _pool(name: str) -> Iterator[bytes]:
    left = _LARGEST_POOL_BYTES
    for path in (*seeds(name), *sorted((work_folder(name) / "discovered").glob("*"))):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue  # the other engine has just replaced it by a shorter one
        left -= len(data)
        if left < 0:
            return
        yield data[:MAX_INPUT_BYTES]


def main() -> None:
    """The command line, which only a campaign types."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.worker")
    parser.add_argument("target", choices=target_names())
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    arguments = vars(parser.parse_args())
    run = run_atheris if arguments.pop("engine") == "atheris" else run_own
    share = Share(**arguments)
    with Progress(share.scratch / PROGRESS_FILE) as progress:
        run(share, progress)


if __name__ == "__main__":
    main()
