"""``python -m tests.fuzz``: looks for inputs that break a parser, and says where they lie.

``--cases`` is the goal over all targets and engines together, ``--seconds`` the limit; the exit code is 1 if anything was
found.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzz.campaign import Outcome, Plan, run
from tests.fuzz.harness import target_names

_ROW = "{:<16} {:<8} {:>10} {:>9} {:>13} {:>9}\n"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bootstrap.py fuzz", description="Feeds the parsers with garbage.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(target_names()))
    parser.add_argument("--all", action="store_true", help="every target")
    parser.add_argument("--cases", type=int, default=1_000_000, help="over all targets (default: 1000000)")
    parser.add_argument("--seconds", type=int, default=600, help="at most so long (default: 600)")
    parser.add_argument("--keep", action="store_true", help="add findings to tests/fuzz/corpus as well")
    arguments = parser.parse_args()
    unknown = set(arguments.targets) - set(target_names())
    if unknown:
        parser.error(
            f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(target_names())}"
        )
    if bool(arguments.targets) is arguments.all:
        parser.error("name the targets, or say --all")
    plan = Plan(
        targets=arguments.targets or target_names(),
        cases=arguments.cases,
        seconds=arguments.seconds,
        keep_seeds=arguments.keep,
    )
    began = time.monotonic()
    sys.stdout.write(_ROW.format("target", "engine", "cases", "cases/s", "coverage", "findings"))
    outcomes = run(plan, _print)
    return _sum_up(outcomes, time.monotonic() - began, plan.cases)


def _print(outcome: Outcome) -> None:
    grown = "{} -> {}".format(*outcome.coverage) if outcome.coverage else "-"
    rate = f"{outcome.cases / outcome.seconds:.0f}"
    sys.stdout.write(
        _ROW.format(outcome.target, outcome.engine, outcome.cases, rate, grown, len(outcome.findings))
    )
    sys.stdout.flush()


def _sum_up(outcomes: list[Outcome], seconds: float, wanted: int) -> int:
    cases = sum(outcome.cases for outcome in outcomes)
    findings = [path for outcome in outcomes for path in outcome.findings]
    short = "" if cases >= wanted else f" of {wanted}"
    sys.stdout.write(f"{cases} cases{short} in {seconds:.0f} s: {cases / seconds:.0f} a second. ")
    sys.stdout.write(f"{len(findings)} findings{':' if findings else '.'}\n")
    for path in findings:
        story = path.with_suffix(".txt").read_text(encoding="utf-8").partition("\n")[0]
        sys.stdout.write(f"  {path}: {story}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
