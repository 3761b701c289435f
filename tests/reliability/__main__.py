"""``python -m tests.reliability``: the same accidents, hundreds of times, and one table of what came of them.

    python -m tests.reliability                    every campaign in full, about half an hour on two cores
    python -m tests.reliability R01 R14            some of them
    python -m tests.reliability --quick            a twentieth of each

Exit code 1 when a promise was not kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.reliability.campaign import Campaign
from tests.reliability.courier_kills import V01
from tests.reliability.damaged_files import R14
from tests.reliability.manifest_schedules import V32
from tests.reliability.media_files import S38
from tests.reliability.power_cuts import R03
from tests.reliability.recording_kills import R01, R04
from tests.reliability.store_kills import D01

CAMPAIGNS = {each.id: each for each in (R01, R03, R04, R14, S38, D01, V01, V32)}
QUICK = 20
SHOWN = 10
_ROW = "{:<4} {:>5}  {:<62} {:<66} {:>6}  {}\n"


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py reliability", description="Plays accidents hundreds of times."
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(CAMPAIGNS)}; all without a name"
    )
    parser.add_argument("--quick", action="store_true", help="a twentieth of each")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(CAMPAIGNS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(CAMPAIGNS)}")
    sys.stdout.write(_ROW.format("row", "cases", "accident", "measured", "s", "kept"))
    kept = [
        _play(each, max(1, each.cases // QUICK) if options.quick else each.cases)
        for each in CAMPAIGNS.values()
        if not options.names or each.id in options.names
    ]
    return 0 if all(kept) else 1


def _play(campaign: Campaign, cases: int) -> bool:
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reliability-") as folder:
        verdict = campaign.play(cases, Path(folder))
    took_s = f"{time.monotonic() - began_s:.0f}"
    word = "NO" if verdict.broken else "yes"
    sys.stdout.write(_ROW.format(campaign.id, cases, campaign.accident, verdict.measured, took_s, word))
    if verdict.broken:
        sys.stdout.write(f"      promised: {campaign.promised}\n")
    for each in verdict.broken[:SHOWN]:
        sys.stdout.write(f"      {each}\n")
    if len(verdict.broken) > SHOWN:
        sys.stdout.write(f"      and {len(verdict.broken) - SHOWN} more\n")
    sys.stdout.flush()
    return not verdict.broken


if __name__ == "__main__":
    sys.exit(main())
