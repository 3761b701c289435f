"""The frame server as a process: confined, and at worst dead, whatever is in a film."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from powerstream_desktop.common.frame_protocol import (
    FRAME_COMMANDS,
    AskFrame,
    FilmOpened,
    FilmRefused,
    FrameCommand,
    FrameLost,
    FrameReport,
    FrameShown,
    OpenFilm,
    ReportStream,
)
from powerstream_desktop.library.frames.frames_worker import LIMITS
from tests.unit.library.frames.film_maker import SIZE, make_film

pytestmark = pytest.mark.e2e

LONGEST_S = 60  # only a guard
MUTANTS = 24
CHANGED_BYTES = 40


def command(file: Path) -> bytes:
    """Return what opens a film and asks for three of its pictures."""
    asked = [
        AskFrame(number=number, at_us=number * 700_000, steps=step, width=SIZE[0], height=SIZE[1])
        for number, step in ((2, 0), (3, -5), (4, 9))
    ]
    words: tuple[FrameCommand, ...] = (OpenFilm(number=1, file=str(file)), *asked)
    return b"".join(FRAME_COMMANDS.encode(word) for word in words)


@contextmanager
def server() -> Iterator[subprocess.Popen[bytes]]:
    """Give a frame server that runs; it is dead afterwards."""
    worker = [sys.executable, "-m", "powerstream_desktop.library.frames.frames_worker"]
    with subprocess.Popen(
        worker, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def reports_of(process: subprocess.Popen[bytes], file: Path) -> list[FrameReport]:
    """Return what a server says of a film until it ends."""
    output, _ = process.communicate(command(file), timeout=LONGEST_S)
    return [report for report, _ in ReportStream().take(output)]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_film(tmp_path_factory.mktemp("film") / "film.mp4", 120)


@pytest.mark.skipif(sys.platform != "linux", reason="what a process gave up can be read on Linux only")
def test_a_server_with_a_film_has_little_left_to_harm_with(film: Path) -> None:
    with server() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(FRAME_COMMANDS.encode(OpenFilm(number=1, file=str(film))))
        process.stdin.flush()
        [(opened, _)] = ReportStream().take(process.stdout.readline())
        limits = Path(f"/proc/{process.pid}/limits").read_text("ascii").splitlines()
        status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    assert isinstance(opened, FilmOpened)
    [memory] = [line.split()[3] for line in limits if line.startswith("Max address space")]
    [longest_file] = [line.split()[3] for line in limits if line.startswith("Max file size")]
    assert (int(memory), int(longest_file)) == (LIMITS.memory_bytes, 0)
    assert "NoNewPrivs:\t1" in status


def test_a_server_ends_with_the_window(film: Path) -> None:
    with server() as process:
        assert [type(each) for each in reports_of(process, film)] == [FilmOpened, *[FrameShown] * 3]
        assert process.returncode == 0


def test_a_film_that_somebody_tampered_with_costs_no_more_than_its_pictures(
    film: Path, tmp_path: Path
) -> None:
    whole = film.read_bytes()
    chance = random.Random(11)
    mutant = tmp_path / "mutant.mp4"
    for _ in range(MUTANTS):
        content = bytearray(whole)
        for _ in range(CHANGED_BYTES):
            content[chance.randrange(len(content))] = chance.randrange(256)
        mutant.write_bytes(content)
        with server() as process:
            told = reports_of(process, mutant)
        answers = [each for each in told if isinstance(each, FrameShown | FrameLost)]
        is_whole = len(answers) == 3 and isinstance(told[0], FilmOpened | FilmRefused)
        assert is_whole or process.returncode != 0
    assert os.listdir(tmp_path) == ["mutant.mp4"]  # noqa: PTH208 - names are enough
