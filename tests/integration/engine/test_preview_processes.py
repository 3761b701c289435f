"""A preview watched from another process, as the window watches the engine's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.frame_ring import TakenFrame
from powerstream_desktop.common.preview_ring import PreviewPicture, PreviewReader, preview_path

pytestmark = pytest.mark.e2e

SECONDS = float(os.environ.get("RING_SECONDS", "2"))
START_S = 15.0


class Engine:
    """The other process."""

    def __init__(self, folder: Path, canvas: tuple[int, int], preview: tuple[int, int]) -> None:
        sizes = [str(side) for side in (*canvas, *preview)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.engine.preview_process", str(folder), *sizes],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        )

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> str:
        """Close its stdin; return what it printed last."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.stdout is not None
        said = self.process.stdout.read().strip().splitlines()
        self.process.wait()
        return said[-1] if said else ""

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    engines: list[Engine] = []

    def started(canvas: tuple[int, int] = (640, 360), preview: tuple[int, int] = (320, 180)) -> Engine:
        engines.append(Engine(tmp_path, canvas, preview))
        return engines[-1]

    yield started
    for engine in engines:
        engine.close()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PreviewReader]:
    made = PreviewReader(preview_path(tmp_path))
    yield made
    made.close()


def next_picture(reader: PreviewReader) -> TakenFrame[PreviewPicture]:
    end_s = monotonic() + START_S
    while monotonic() < end_s:
        taken = reader.take()
        if taken is not None:
            return taken
    raise AssertionError("no picture came")


def colours_in(picture: PreviewPicture) -> int:
    """Return how many colours the picture shows."""
    (place,) = picture.layout.planes
    rows = np.frombuffer(picture.pixels, np.uint8, place.stride * place.rows).reshape(-1, place.stride)
    pixels = rows[:, : place.row_bytes].reshape(-1, 3)
    return len(np.unique(pixels.astype(np.int32) @ (1, 256, 65536)))


def size_of(taken: TakenFrame[PreviewPicture]) -> tuple[int, int]:
    return taken.value.layout.width, taken.value.layout.height


def test_another_process_sees_whole_pictures_at_the_programs_pace(
    start: Callable[..., Engine], reader: PreviewReader
) -> None:
    engine = start((1280, 720), (960, 540))
    assert engine.hear() == "ready 960 540"
    next_picture(reader)
    taken, end_s = 0, monotonic() + SECONDS
    while monotonic() < end_s:
        picture = reader.take()
        if picture is not None:
            taken += 1
            assert colours_in(picture.value) == 1, "a torn picture was shown"
    assert taken > 15 * SECONDS  # of 30 a second, however busy the machine is
    assert "% of a core" in engine.end()


def test_a_reader_follows_a_change_of_size(start: Callable[..., Engine], reader: PreviewReader) -> None:
    engine = start()
    assert size_of(next_picture(reader)) == (320, 180)
    for wish, size in (("640 640", (640, 360)), ("64 36", (64, 36))):
        engine.say(wish)
        end_s = monotonic() + START_S
        while size_of(next_picture(reader)) != size:
            assert monotonic() < end_s, f"no picture of {size}"


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_reader_goes_over_to_the_next_engine(
    start: Callable[..., Engine], reader: PreviewReader, is_killed: bool
) -> None:
    first = start()
    next_picture(reader)
    if is_killed:
        first.say("die")
        first.process.wait()
    else:
        first.end()
    while reader.take() is not None:
        pass  # what the first left
    start(preview=(160, 90))
    assert size_of(next_picture(reader)) == (160, 90)
    assert reader.is_alive
