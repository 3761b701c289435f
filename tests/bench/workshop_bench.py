"""Measure how quickly the workshop gets through a long film: facts, pictures, the waveform, a check.

    python tests/bench/workshop_bench.py                  a film of three hours, which is made first; 6 GB on the disk meanwhile
    python tests/bench/workshop_bench.py --minutes 10     a shorter film
    python tests/bench/workshop_bench.py --film FILE      a film that is there

Measured is what a replay waits for: from asking until the result is there, the start of the process included. Exit code 1 when the
pictures take more than 2 s.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))  # so that it also runs as a plain file

from powerstream_desktop.library.workshop.workshop import Workshop  # noqa: E402 - needs the line above
from tests.bench.review_bench import make_long_film  # noqa: E402

PICTURES_S = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=int, default=180)
    parser.add_argument("--film", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="powerstream-") as folder:
        film = options.film or make_long_film(Path(folder), options.minutes)
        place = Path(folder, "pictures")
        place.mkdir()
        took_s = asyncio.run(measured(film, place))
    for name, seconds in took_s.items():
        sys.stdout.write(f"{name:<10} {seconds:6.2f} s\n")
    return 0 if took_s["pictures"] <= PICTURES_S else 1


async def measured(film: Path, place: Path) -> dict[str, float]:
    """Return how long each kind of work took, in seconds."""
    workshop = Workshop()
    took_s: dict[str, float] = {}
    try:
        for name, work in (
            ("facts", lambda: workshop.probe(film)),
            ("pictures", lambda: workshop.pictures(film, place)),
            ("waveform", lambda: workshop.waveform(film)),
            ("check", lambda: workshop.verify(film)),
        ):
            began_s = time.monotonic()
            await work()
            took_s[name] = time.monotonic() - began_s
    finally:
        await workshop.aclose()
    return took_s


if __name__ == "__main__":
    sys.exit(main())
