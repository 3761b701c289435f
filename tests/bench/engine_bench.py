"""Measure the engine: what a picture costs and how long it takes, beside ffmpeg; what a whole broadcast leaves to spare.

    python tests/bench/engine_bench.py                              figures 1 to 4, about 8 minutes
    python tests/bench/engine_bench.py --quick                      ... once each and shortly, about 2 minutes
    python tests/bench/engine_bench.py --only cost latency          these figures
    python tests/bench/engine_bench.py --minutes 20                 figure 5 as well
    python tests/bench/engine_bench.py --write docs/benchmarks.md   ... and put the tables there

Exit code 1 when a promise is not kept (``promises``). Needs a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))  # so that it also runs as a plain file

from tests.bench.engine import promises, tables  # noqa: E402 - needs the line above
from tests.bench.engine.capturers import FULL_HD, HD, LOW  # noqa: E402
from tests.bench.engine.composition import measure_composition  # noqa: E402
from tests.bench.engine.full_load import measure_full_load  # noqa: E402
from tests.bench.engine.long_run import measure_long_run  # noqa: E402
from tests.bench.engine.screen_cost import measure_screen_costs  # noqa: E402
from tests.bench.engine.screen_latency import measure_screen_latencies  # noqa: E402
from tests.bench.report import write_into  # noqa: E402

SIZES = (HD, FULL_HD)
BUSY_LOAD = 1.0
"""Load average from which on the machine has something else to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much is measured."""

    rounds: int
    window_s: float
    load_s: float


FULL = Extent(rounds=3, window_s=8.0, load_s=60.0)
QUICK = Extent(rounds=1, window_s=4.0, load_s=10.0)


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: its table, the promises it breaks, and every single measurement."""

    table: str
    broken: list[str]
    measurements: list[Any]


def cost(extent: Extent) -> Result:
    """Figure 1."""
    costs = [
        each
        for encode in SIZES
        for each in measure_screen_costs(encode, rounds=extent.rounds, window_s=extent.window_s)
    ]
    rows = promises.cost_rows(costs)
    table = tables.cost_table(rows, rounds=extent.rounds, window_s=extent.window_s)
    return Result(table, promises.broken_by_costs(rows), costs)


def composition(extent: Extent) -> Result:
    """Figure 2."""
    composed = measure_composition(seconds=round(extent.window_s * extent.rounds))
    return Result(tables.composition_table(composed), promises.broken_by_composition(composed), [composed])


def load(extent: Extent) -> Result:
    """Figure 3."""
    loaded = measure_full_load(FULL_HD, window_s=extent.load_s)
    return Result(tables.full_load_table(loaded), promises.broken_by_full_load(loaded), [loaded])


def latency(extent: Extent) -> Result:
    """Figure 4."""
    latencies = [
        each
        for encode in SIZES
        for each in measure_screen_latencies(
            dataclasses.replace(encode, latency=LOW), rounds=extent.rounds, window_s=extent.window_s
        )
    ]
    rows = promises.latency_rows(latencies)
    table = tables.latency_table(rows, rounds=extent.rounds, window_s=extent.window_s)
    return Result(table, promises.broken_by_latencies(rows), latencies)


def long_run(minutes: float) -> Result:
    """Figure 5."""
    run = measure_long_run(FULL_HD, minutes=minutes)
    return Result(tables.long_run_table(run), promises.broken_by_long_run(run), [run])


FIGURES: dict[str, Callable[[Extent], Result]] = {
    "cost": cost,
    "composition": composition,
    "load": load,
    "latency": latency,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    options = _parser().parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    extent = QUICK if options.quick else dataclasses.replace(FULL, rounds=options.rounds)
    figures: dict[str, Callable[[], Result]] = {
        name: functools.partial(FIGURES[name], extent) for name in options.only
    }
    if options.minutes:
        figures["long-run"] = functools.partial(long_run, options.minutes)
    if (load_average := os.getloadavg()[0]) > BUSY_LOAD:
        _say(f"This machine is busy (load {load_average:.1f}): the figures will be worse than the program.")
    broken: list[str] = []
    kept: dict[str, Any] = {}
    for name, measure in figures.items():
        result = measure()
        _say(f"\n{name}\n\n{result.table}")
        broken += result.broken
        kept[name] = [dataclasses.asdict(each) for each in result.measurements]
        if options.write:
            write_into(options.write, f"engine-{name}", result.table)
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1, default=dict))
    for sentence in broken:
        _say(f"Not kept: {sentence}")
    return 1 if broken else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="everything once and shortly")
    parser.add_argument(
        "--rounds", type=int, default=FULL.rounds, help="how often peers are compared (default 3)"
    )
    parser.add_argument(
        "--only", nargs="*", choices=sorted(FIGURES), default=list(FIGURES), metavar="FIGURE",
        help=f"these figures only, of: {', '.join(FIGURES)}; none with --minutes alone",
    )  # fmt: skip
    parser.add_argument(
        "--minutes",
        type=float,
        default=0,
        metavar="N",
        help="a long run of N minutes as well (promised for 20)",
    )
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="put the tables between the marks of this page"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every single measurement")
    return parser


if __name__ == "__main__":
    sys.exit(main())
