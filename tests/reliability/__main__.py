"""``python -m tests.reliability``: the same accidents, hundreds of times, and one table of what came of them.

    python -m tests.reliability                    everything, about an hour and three quarters on two cores; writes docs/reliability.md
    python -m tests.reliability --full             the same with two hours of soak instead of twenty minutes
    python -m tests.reliability R01 R14            some of it
    python -m tests.reliability F45 --seed 4711    the soak whose seed was printed, once more
    python -m tests.reliability --quick            a twentieth of each

Exit code 1 when a promise was not kept.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from tests.reliability import report
from tests.reliability.adverse_evictions import V23
from tests.reliability.campaign import Campaign, Verdict
from tests.reliability.chaos.soak import soak
from tests.reliability.courier_kills import V01
from tests.reliability.damaged_files import R14
from tests.reliability.large_library import V28
from tests.reliability.manifest_schedules import V32
from tests.reliability.media_files import S38
from tests.reliability.other_runs import FAULTS, PEERS, S36
from tests.reliability.power_cuts import R03
from tests.reliability.recording_kills import R01, R04
from tests.reliability.store_kills import D01
from tests.reliability.upload_kills import U01

SOAK = soak()
CAMPAIGNS = {
    each.id: each
    for each in (FAULTS, SOAK, PEERS, R01, R03, R04, R14, S36, S38, D01, V01, U01, V23, V28, V32)
}
QUICK = 20
SHOWN = 10
_ROW = "{:<6} {:>5}  {:<62} {:<66} {:>6}  {}\n"


@dataclass(frozen=True)
class Played:
    """What came of a campaign, and its row of the page."""

    verdict: Verdict
    line: str


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    options = _options(arguments)
    signal.signal(signal.SIGTERM, _ended_from_outside)
    chosen = [each for each in CAMPAIGNS.values() if not options.names or each.id in options.names]
    page = options.write
    if page is None and not options.names and not options.quick:
        page = report.PAGE
    if page is not None:
        report.write(page, {}, CAMPAIGNS)  # a page that cannot take the rows is said before hours of work
    sys.stdout.write(_ROW.format("row", "cases", "accident", "measured", "s", "kept"))
    kept = True
    for each in chosen:
        campaign = soak(options.seed) if each is SOAK else each
        played = _play(campaign, _cases(campaign, options))
        kept = kept and not played.verdict.broken
        if page is not None:  # at once: what was measured is not lost if the next one is broken off
            report.write(page, {each.id: played.line}, CAMPAIGNS)
    return 0 if kept else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bootstrap.py reliability", description="Plays accidents hundreds of times."
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(CAMPAIGNS)}; all without a name"
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="a twentieth of each")
    length.add_argument("--full", action="store_true", help="two hours of soak instead of twenty minutes")
    parser.add_argument("--seed", type=int, help="of the soak, to play the same faults again")
    parser.add_argument(
        "--write",
        type=Path,
        metavar="PAGE",
        help="put the rows into this page; docs/reliability.md when all is played",
    )
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(CAMPAIGNS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(CAMPAIGNS)}")
    return options


def _ended_from_outside(number: int, _frame: object) -> NoReturn:
    raise SystemExit(
        128 + number
    )  # so that every ``finally`` runs: there are processes and a disk to clear away


def _cases(campaign: Campaign, options: argparse.Namespace) -> int:
    if options.quick:
        return max(1, campaign.cases // QUICK)
    return campaign.long_cases if options.full and campaign.long_cases else campaign.cases


def _play(campaign: Campaign, cases: int) -> Played:
    began, load = datetime.now(UTC), report.load_now()
    with tempfile.TemporaryDirectory(prefix="reliability-") as folder:
        verdict = campaign.play(cases, Path(folder))
    how = report.Circumstances.since(began, load)
    word = "NO" if verdict.broken else "yes"
    sys.stdout.write(
        _ROW.format(campaign.id, cases, campaign.accident, verdict.measured, f"{how.took_s:.0f}", word)
    )
    if verdict.broken:
        sys.stdout.write(f"      promised: {campaign.promised}\n")
    for each in verdict.broken[:SHOWN]:
        sys.stdout.write(f"      {each}\n")
    if len(verdict.broken) > SHOWN:
        sys.stdout.write(f"      and {len(verdict.broken) - SHOWN} more\n")
    sys.stdout.flush()
    return Played(verdict, report.line_of(campaign, cases, verdict, how))


if __name__ == "__main__":
    sys.exit(main())
