"""Compare what relaying one stream to N destinations costs: PowerStream, nginx-rtmp and ffmpeg side by side.

    python tests/bench/relay_bench.py                              all of it, about 12 minutes
    python tests/bench/relay_bench.py --quick                      8 destinations, one round
    python tests/bench/relay_bench.py --write docs/benchmarks.md   ... and put the tables there

Only ratios between peers of one round mean anything on a machine that does other work. Exit code 1 when PowerStream does
not keep its promises: with 8 destinations at most 1.25 times nginx-rtmp's processor time and under half of ffmpeg's, and
99 of 100 pictures written to the last destination within 5 ms; never 64 MiB with 8 or fewer, never a frame lost.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))  # so that it also runs as a plain file

from tests.bench.clip import CLIPS, HD, UHD  # noqa: E402 - needs the line above
from tests.bench.latency import Latency, measure_latency  # noqa: E402
from tests.bench.measure import Measurement, measure  # noqa: E402
from tests.bench.peers import LARGE_CHUNK_SIZE, FfmpegOutputs, NginxPush, Peer, PowerStreamRelay  # noqa: E402
from tests.bench.report import (  # noqa: E402
    broken_promises,
    cost_table,
    latency_table,
    rows,
    write_into,
)
from tests.bench.scenario import Scenario  # noqa: E402

WINDOW_S = 8.0  # four groups of pictures, so that each window holds as many key frames
PEERS: dict[str, Peer] = {
    "nginx": NginxPush(),
    "nginx60k": NginxPush("nginx-rtmp push, 60 kB chunks", LARGE_CHUNK_SIZE),
    "ffmpeg": FfmpegOutputs(),
    "powerstream": PowerStreamRelay(),
}
EVERYBODY = tuple(PEERS)
THE_TWO = ("powerstream", "nginx")
SCENARIOS = (
    *(Scenario(clip=HD, destinations=count, peers=EVERYBODY) for count in (1, 4, 8)),
    *(Scenario(clip=HD, destinations=count, peers=THE_TWO) for count in (16, 32, 64)),
    Scenario(clip=UHD, destinations=4, peers=EVERYBODY),
)
QUICK = (Scenario(clip=HD, destinations=8, peers=EVERYBODY),)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    options = _parser().parse_args(argv)
    scenarios, rounds = _chosen(options)
    measurements = _measure_costs(scenarios, rounds)
    latencies = _measure_latencies(scenarios)
    table = rows(measurements)
    costs = cost_table(table, rounds=rounds, window_s=WINDOW_S)
    waits = latency_table(latencies)
    _say(f"\n{costs}\n\n{waits}")
    if options.write:
        write_into(options.write, "costs", costs)
        write_into(options.write, "latency", waits)
    if options.json:
        kept = [*map(dataclasses.asdict, measurements), *map(dataclasses.asdict, latencies)]
        options.json.write_text(json.dumps(kept, indent=1))
    broken = broken_promises(table, latencies)
    for sentence in broken:
        _say(f"Not kept: {sentence}")
    return 1 if broken else 0


def _chosen(options: argparse.Namespace) -> tuple[tuple[Scenario, ...], int]:
    """Return what to measure and how often."""
    scenarios, rounds = (QUICK, 1) if options.quick else (SCENARIOS, options.rounds)
    if options.destinations or options.clip:
        clip = CLIPS[options.clip or HD.name]
        scenarios = tuple(
            Scenario(clip=clip, destinations=count, peers=EVERYBODY) for count in options.destinations or [8]
        )
    if options.peers:
        scenarios = tuple(dataclasses.replace(each, peers=tuple(options.peers)) for each in scenarios)
    return scenarios, rounds


def _measure_costs(scenarios: Sequence[Scenario], rounds: int) -> list[Measurement]:
    measurements = []
    for number in range(rounds):
        for scenario in scenarios:
            for peer in scenario.peers_in_turn(number):
                result = measure(
                    PEERS[peer],
                    scenario.clip,
                    destinations=scenario.destinations,
                    round_number=number,
                    window_s=WINDOW_S,
                )
                measurements.append(result)
                _say(
                    f"round {number + 1}  {result.clip}  N={result.destinations:<2}  {result.peer:<30}"
                    f" {result.usage.cpu_ms_per_s:7.2f} ms/s  {result.usage.peak_rss_mib:6.1f} MiB"
                    f"  {result.frames_received} frames, {result.frames_missing} missing"
                )
    return measurements


def _measure_latencies(scenarios: Sequence[Scenario]) -> list[Latency]:
    """Measure the relay of our own once per scenario, as an external encoder and as our engine would have it."""
    latencies = []
    for scenario in scenarios:
        if "powerstream" not in scenario.peers:
            continue
        for paced in (True, False):
            result = measure_latency(
                scenario.clip, destinations=scenario.destinations, paced=paced, window_s=WINDOW_S
            )
            latencies.append(result)
            _say(
                f"latency  {result.clip}  N={result.destinations:<2}  {'paced' if paced else 'at once':<8}"
                f"  p50 {result.p50_ms:.2f} ms, p99 {result.p99_ms:.2f} ms"
            )
    return latencies


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="8 destinations, one round")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (default 3)")
    parser.add_argument(
        "--destinations", type=int, nargs="+", metavar="N", help="these numbers only (default: all scenarios)"
    )
    parser.add_argument("--clip", choices=sorted(CLIPS), help="this clip only")
    parser.add_argument("--peers", nargs="+", choices=EVERYBODY, metavar="PEER", help="which to measure")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="put the tables between the marks of this page"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every single measurement")
    return parser


if __name__ == "__main__":
    sys.exit(main())
