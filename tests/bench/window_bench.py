"""Measure how quickly the window answers: its pages, its preview, and how long it ever stands still.

    python tests/bench/window_bench.py              a minute
    python tests/bench/window_bench.py --seconds 60 a longer look at the preview

It is the program as its user starts it, on a screen of its own, with its service and engine. Told is what passed, and beside it what the
window's thread computed in that time: on a machine at work for others only that says something. Exit code 1 when a change of page
computes for more than 100 ms, the preview shows fewer than 28 pictures a second, or the window computes for more than 100 ms at once.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))  # so that it also runs as a plain file

from powerstream_desktop.engine.scene.sources import TestPictureContent  # noqa: E402 - needs the line above
from tests.e2e.support.served import show_in  # noqa: E402
from tests.e2e.support.stage import Stage  # noqa: E402
from tests.e2e.support.waiting import wait_until  # noqa: E402
from tests.e2e.support.window import Window  # noqa: E402
from tests.e2e.support.window_deeds import opened  # noqa: E402

HOME: Final = "home"
PAGE_MS, STALL_MS, LEAST_FPS = 100.0, 100, 28.0
SHOWN_S = 60.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=15.0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="powerstream-") as folder:
        stage = Stage(Path(folder))
        try:
            # A program that changes with every picture: one that stands still is shown once.
            show_in(stage.folder / HOME, TestPictureContent())
            window = opened(stage, HOME)
            return report(window, options.seconds)
        finally:
            stage.close()


def report(window: Window, seconds: float) -> int:
    """Measure, and say what was found."""
    names = [entry.words for entry in window.wait_for_rail()]
    window.stalls_ms()
    changes = window.page_changes_ms()
    window.go_to(0)
    window.wait_for("Program", timeout_s=SHOWN_S)
    # The engine begins.
    wait_until(lambda: window.preview_a_second(1.0)[0] > 5, what="a preview", timeout_s=SHOWN_S)
    pictures, computed_ms = window.preview_a_second(seconds)
    stalls = window.stalls_ms()
    say("page            first time, of that computed      again, of that computed")
    for place, name in enumerate(names):
        first, again = changes[place], changes[place + len(names)]
        say(f"{name:16}{first[0]:7.0f} ms {first[1]:14.0f} ms {again[0]:11.0f} ms {again[1]:14.0f} ms")
    say(f"median of all: {statistics.median(computed for _, computed in changes):.0f} ms computed")
    say(
        f"preview: {pictures:.1f} pictures a second over {seconds:.0f} s; {computed_ms:.0f} ms computed a second"
    )
    longest = max((computed for _, computed in stalls), default=0)
    say(f"longest stall: {max((stood for stood, _ in stalls), default=0)} ms, longest computed {longest} ms")
    is_well = max(computed for _, computed in changes) <= PAGE_MS and longest <= STALL_MS
    return 0 if is_well and pictures >= LEAST_FPS else 1


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
