"""Measure how quickly the review shows a picture: the first of a film that is opened, and any other of it.

    python tests/bench/review_bench.py                  a film of three hours, 60 seeks, under two minutes; 6 GB on the disk meanwhile
    python tests/bench/review_bench.py --minutes 10     a shorter film
    python tests/bench/review_bench.py --film FILE      a film that is there; its pictures are not checked

The film has 1280x720 at 30 pictures a second, a key frame every two seconds, and a number in each picture: one that is not
the right one counts as never shown. Measured is what the window waits for: from asking the frame server's process until the
picture can be painted. Exit code 1 when half of the openings take more than 500 ms, or half of the seeks more than 200 ms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
if str(PROJECT) not in sys.path:
    sys.path.insert(0, str(PROJECT))  # so that it also runs as a plain file

import av  # noqa: E402 - needs the line above
import numpy as np  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer  # noqa: E402

from powerstream_desktop.desktop.review.frame_process import FrameProcess  # noqa: E402
from powerstream_desktop.desktop.review.frame_source import Still  # noqa: E402
from powerstream_desktop.desktop.review.wishes import FrameWish  # noqa: E402
from tests.bench.engine.stamp import BLOCK, blocks  # noqa: E402
from tests.e2e.support.review_watch import number_of  # noqa: E402

FPS, GROUP, SIZE = 30, 60, (1280, 720)
LOOP = 30 * FPS
FIRST_MS, SEEK_MS = 500.0, 200.0
OPENINGS, STEPS = 5, 30
PATIENCE_MS = 20_000
WARMING_MS = 2_000
SHOWN = (960, 540)
"""What the picture is painted into, in pixels; numbers are still read from it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=int, default=180)
    parser.add_argument("--seeks", type=int, default=60)
    parser.add_argument("--film", type=Path)
    options = parser.parse_args(arguments)
    QCoreApplication.instance() or QCoreApplication([])
    if options.film is not None:
        return report(options.film, options.seeks, is_numbered=False)
    with tempfile.TemporaryDirectory(prefix="powerstream-") as folder:
        film = make_long_film(Path(folder), options.minutes)
        return report(film, options.seeks, is_numbered=True)


def report(film: Path, seeks: int, *, is_numbered: bool) -> int:
    """Measure one film, and say what was found."""
    watch = Stopwatch(is_numbered=is_numbered)
    cold = [watch.open(film, is_warm=False) for _ in range(OPENINGS)]
    warm = [watch.open(film, is_warm=True) for _ in range(OPENINGS)]
    chance = random.Random(7)
    moments = [chance.randrange(watch.length_us) for _ in range(seeks)]
    sought = [watch.seek(moment) for moment in moments]
    back = [watch.step(-1) for _ in range(STEPS)]
    onward = [watch.step(1) for _ in range(STEPS)]
    watch.source.end()
    say(f"{film.name}: {watch.length_us / 60e6:.0f} minutes, {seeks} seeks\n")
    rows = (
        ("first picture of a film, process begun with it", cold),
        ("first picture of a film, process ready", warm),
        ("seek", sought),
        ("step back", back),
        ("step on", onward),
    )
    for name, taken in rows:
        ordered = sorted(taken)
        at_95 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
        say(f"{name:48} median {statistics.median(ordered):6.0f} ms   95 of 100 within {at_95:6.0f} ms")
    broken = [
        sentence
        for sentence, taken, most_ms in (
            ("the first picture within 500 ms", cold, FIRST_MS),
            ("a seek within 200 ms", sought, SEEK_MS),
        )
        if statistics.median(taken) > most_ms
    ]
    for sentence in broken:
        say(f"Not kept: {sentence}")
    return 1 if broken else 0


class Stopwatch:
    """Asks a frame server, and measures how long it takes to answer rightly.

    Args:
        is_numbered: the film's pictures carry their numbers, which are looked at.
    """

    def __init__(self, *, is_numbered: bool) -> None:
        self._is_numbered = is_numbered
        self._still: Still | None = None
        self.length_us = 0
        self._loop = QEventLoop()
        self._patience = QTimer(singleShot=True)
        self._patience.timeout.connect(self._loop.quit)
        self.source = FrameProcess(QCoreApplication.instance() or QCoreApplication([]))
        self.source.opened.connect(lambda facts: setattr(self, "length_us", facts.length_us))
        self.source.came.connect(self._take)

    def open(self, film: Path, *, is_warm: bool) -> float:
        """Open a film; return the milliseconds until its first picture was there."""
        self.source.end()
        if is_warm:
            self.source.warm()
            self._wait(WARMING_MS)
        begun = time.monotonic()
        self.source.open(str(film))
        return self._ask(0, 0, begun)

    def seek(self, at_us: int) -> float:
        """Return the milliseconds until the picture of a moment was there."""
        return self._ask(at_us, 0, time.monotonic())

    def step(self, by: int) -> float:
        """Return the milliseconds until the next picture was there, or the one before."""
        from_us = 0 if self._still is None else self._still.at_us
        return self._ask(from_us + 1, by, time.monotonic())

    def _ask(self, at_us: int, steps: int, begun: float) -> float:
        self._still = None
        self.source.ask(FrameWish(at_us=at_us, steps=steps, width=SHOWN[0], height=SHOWN[1]))
        self._wait(PATIENCE_MS)
        taken_ms = (time.monotonic() - begun) * 1000
        return taken_ms if self._is_right(at_us, steps) else PATIENCE_MS

    def _wait(self, most_ms: int) -> None:
        self._patience.start(most_ms)
        self._loop.exec()
        self._patience.stop()

    def _is_right(self, at_us: int, steps: int) -> bool:
        if self._still is None:
            return False
        if not self._is_numbered:
            return True
        image = self._still.image.scaled(*SIZE)
        return number_of(image) == (at_us * FPS // 1_000_000 + steps) % LOOP

    def _take(self, still: Still) -> None:
        self._still = still
        self._loop.quit()


def make_long_film(folder: Path, minutes: int) -> Path:
    """Write a film of half a minute, repeat it without encoding it again, and return where it lies."""
    say("Making the film…")
    short, sound, long = folder / "short.mp4", folder / "sound.mp4", folder / "long.mp4"
    _encode(short)
    ffmpeg("-f", "lavfi", "-i", f"sine=r=48000:d={LOOP // FPS}", "-c:a", "aac", str(sound))
    again = str(minutes * 60 * FPS // LOOP - 1)
    loops = ("-stream_loop", again, "-i", str(short), "-stream_loop", again, "-i", str(sound))
    ffmpeg(*loops, "-map", "0:v", "-map", "1:a", "-c", "copy", str(long))
    return long


def ffmpeg(*arguments: str) -> None:
    """Run ffmpeg."""
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *arguments], check=True)


def _encode(file: Path) -> None:
    """Write numbered pictures over noise that moves: nothing is as quick to decode as a test picture."""
    width, height = SIZE
    options = {
        "preset": "veryfast",
        "g": str(GROUP),
        "keyint_min": str(GROUP),
        "sc_threshold": "0",
        "b": "4M",
    }
    noise = np.random.default_rng(1).integers(60, 190, (height + 256, width + 256), dtype=np.uint8)
    with av.open(str(file), "w") as film:
        stream = film.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, FPS)
        for number in range(LOOP):
            planes = np.full((height * 3 // 2, width), 128, np.uint8)
            shift = number % 256
            planes[:height] = noise[shift : shift + height, shift : shift + width] // 4 + 90
            for block in blocks(number):
                planes[block.y : block.y + BLOCK, block.x : block.x + BLOCK] = 235 if block.is_white else 16
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts = number
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))


def say(line: str) -> None:
    """Say a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
