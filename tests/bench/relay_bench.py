"""Compare what relaying one stream to N destinations costs: PowerStream, nginx-rtmp and ffmpeg side by side.

    python tests/bench/relay_bench.py                              all of it, about 7 minutes
    python tests/bench/relay_bench.py --quick                      8 destinations, one round
    python tests/bench/relay_bench.py --write docs/benchmarks.md   ... and put the table there

Only ratios between peers of one round mean anything on a machine that does other work. Exit code 1 when PowerStream does
not keep its promises: with 8 destinations at most 1.25 times nginx-rtmp's processor time and under half of ffmpeg's,
never 64 MiB, never a frame lost.
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

from tests.bench.clip import cached_clip  # noqa: E402 - needs the line above
from tests.bench.measure import Measurement, measure  # noqa: E402
from tests.bench.peers import LARGE_CHUNK_SIZE, FfmpegOutputs, NginxPush, Peer, PowerStreamRelay  # noqa: E402
from tests.bench.report import broken_promises, markdown, rows, write_into  # noqa: E402

WINDOW_S = 8.0  # four groups of pictures, so that each window holds as many key frames


def main(argv: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    options = _parser().parse_args(argv)
    peers: dict[str, Peer] = {
        "nginx": NginxPush(),
        "nginx60k": NginxPush("nginx-rtmp push, 60 kB chunks", LARGE_CHUNK_SIZE),
        "ffmpeg": FfmpegOutputs(),
        "powerstream": PowerStreamRelay(),
    }
    chosen = [peers[name] for name in options.peers]
    counts, rounds = ([8], 1) if options.quick else (options.destinations, options.rounds)
    measurements = _measure_all(chosen, counts, rounds)
    table = rows(measurements)
    text = markdown(table, rounds=rounds, window_s=WINDOW_S)
    _say(f"\n{text}")
    if options.write:
        write_into(options.write, text)
    if options.json:
        options.json.write_text(json.dumps([dataclasses.asdict(m) for m in measurements], indent=1))
    broken = broken_promises(table)
    for sentence in broken:
        _say(f"Not kept: {sentence}")
    return 1 if broken else 0


def _measure_all(peers: Sequence[Peer], counts: Sequence[int], rounds: int) -> list[Measurement]:
    clip = cached_clip()
    measurements = []
    for number in range(rounds):
        for destinations in counts:
            turn = number % len(peers)  # nobody is always first
            for peer in (*peers[turn:], *peers[:turn]):
                result = measure(
                    peer, clip, destinations=destinations, round_number=number, window_s=WINDOW_S
                )
                measurements.append(result)
                _say(
                    f"round {number + 1}  N={destinations}  {peer.name:<30} {result.usage.cpu_ms_per_s:7.2f} ms/s"
                    f"  {result.usage.peak_rss_mib:6.1f} MiB  {result.frames_received} frames, {result.frames_missing} missing"
                )
    return measurements


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="8 destinations, one round")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (default 3)")
    parser.add_argument(
        "--destinations", type=int, nargs="+", default=[1, 4, 8], metavar="N", help="default 1 4 8"
    )
    parser.add_argument(
        "--peers",
        nargs="+",
        default=["powerstream", "nginx", "nginx60k", "ffmpeg"],
        metavar="PEER",
        help="which to measure",
    )
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="put the table between the marks of this page"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every single measurement")
    return parser


if __name__ == "__main__":
    sys.exit(main())
