from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frame_ring import TakenFrame
from powerstream_desktop.common.preview_ring import PreviewPicture, PreviewReader, preview_path
from powerstream_desktop.engine.control.reports import PreviewReady
from powerstream_desktop.engine.picture import blank_frame, planes_of
from powerstream_desktop.engine.preview.preview import Preview
from powerstream_desktop.engine.preview.wish import LEASE_S, PreviewWish
from tests.e2e.support.waiting import wait_until
from tests.unit.engine.sources.captures import FakeClock

if TYPE_CHECKING:
    import av

WISH = PreviewWish(width=64, height=36)


def picture(
    luma: int, width: int = 128, height: int = 72, chroma: tuple[int, int] = (128, 128)
) -> av.VideoFrame:
    frame = blank_frame(width, height)
    for plane, level in zip(planes_of(frame), (luma, *chroma), strict=True):
        plane[:] = level
    return frame


def colour_of(taken: TakenFrame[PreviewPicture]) -> tuple[int, int, int]:
    """Return red, green and blue of a picture of one colour."""
    (place,) = taken.value.layout.planes
    rows = np.frombuffer(taken.value.pixels, np.uint8, place.stride * place.rows).reshape(-1, place.stride)
    colours = np.unique(rows[:, : place.row_bytes].reshape(-1, 3), axis=0)
    assert len(colours) == 1
    blue, green, red = (int(level) for level in colours[0])
    return red, green, blue


def luma_of(taken: TakenFrame[PreviewPicture]) -> int:
    """Return the luma that a grey picture was made of."""
    red, green, blue = colour_of(taken)
    assert red == green == blue
    return math.ceil(16 + green * 219 / 255)  # libswscale rounds down


class Program:
    """A preview, whoever offers to it and whoever reads it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.ready: list[PreviewReady] = []
        self.faults: list[PowerStreamError] = []
        self.preview = Preview(
            folder, on_ready=self.ready.append, on_fault=self.faults.append, clock=self.clock
        )
        self.preview.start()
        self.reader = PreviewReader(preview_path(folder), clock=self.clock)

    def close(self) -> None:
        self.reader.close()
        self.preview.close()

    def offer(self, frame: av.VideoFrame) -> None:
        self.clock.now += 1 / 30
        self.preview.offer(frame, self.clock.now)

    def show(self, frame: av.VideoFrame) -> TakenFrame[PreviewPicture]:
        """Offer a frame until it has arrived."""
        taken: list[TakenFrame[PreviewPicture]] = []

        def has_arrived() -> bool:
            self.offer(frame)
            found = self.reader.take()
            taken.extend([found] if found is not None else [])
            return bool(taken)

        wait_until(has_arrived, what="a picture", timeout_s=5)
        return taken[0]

    def rings(self, folder: Path) -> list[Path]:
        return list(folder.glob("*.ring"))


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path)
    yield made
    made.close()


def test_nothing_is_made_while_nobody_watches(program: Program, tmp_path: Path) -> None:
    for _ in range(10):
        program.offer(picture(50))
    assert not program.preview.is_watched
    assert program.reader.take() is None
    assert program.rings(tmp_path) == []


def test_whoever_watches_gets_the_program_in_the_size_asked_for(program: Program) -> None:
    program.preview.watch(WISH)
    assert program.preview.is_watched
    taken = program.show(picture(50))
    assert luma_of(taken) == 50
    assert (taken.value.layout.width, taken.value.layout.height) == (64, 36)
    ready = PreviewReady(path=str(preview_path(Path(program.ready[0].path).parent)), width=64, height=36)
    assert program.ready == [ready]
    assert program.reader.is_alive


@pytest.mark.parametrize("size", [(64, 36), (128, 72)])
@pytest.mark.parametrize(
    ("luma", "chroma", "colour"),
    [(63, (102, 240), (255, 0, 0)), (173, (42, 26), (0, 255, 0)), (32, (240, 118), (0, 0, 255))],
)
def test_colours_are_turned_as_bt709_says_in_every_size(
    program: Program,
    size: tuple[int, int],
    luma: int,
    chroma: tuple[int, int],
    colour: tuple[int, int, int],
) -> None:
    program.preview.watch(PreviewWish(width=size[0], height=size[1]))
    assert colour_of(program.show(picture(luma, chroma=chroma))) == pytest.approx(colour, abs=3)


def test_a_picture_that_did_not_change_is_not_made_again(program: Program) -> None:
    program.preview.watch(WISH)
    still = picture(50)
    assert program.show(still).number == 1
    for _ in range(5):
        program.offer(still)
    assert program.show(picture(51)).number == 2


def test_another_size_is_told_and_found_by_the_reader(program: Program) -> None:
    program.preview.watch(WISH)
    program.show(picture(50))
    program.preview.watch(PreviewWish(width=128, height=128))
    larger = program.show(picture(51))
    assert (larger.value.layout.width, larger.value.layout.height) == (128, 72)
    program.preview.watch(WISH)
    smaller = program.show(picture(52))
    assert (smaller.value.layout.width, smaller.value.layout.height) == (64, 36)
    assert [(ready.width, ready.height) for ready in program.ready] == [(64, 36), (128, 72), (64, 36)]


def test_a_wish_that_nobody_renews_is_over_after_five_seconds(program: Program, tmp_path: Path) -> None:
    program.preview.watch(WISH)
    program.show(picture(50))
    program.reader.close()  # the window was killed; what it said last counts for five seconds
    program.clock.now += LEASE_S + 0.1
    program.offer(picture(51))
    wait_until(lambda: not program.preview.is_watched, what="an end", timeout_s=5)
    wait_until(lambda: program.rings(tmp_path) == [], what="an empty folder", timeout_s=5)


def test_a_reader_renews_the_wish_by_taking(program: Program) -> None:
    program.preview.watch(WISH)
    for luma in range(50, 62):
        program.show(picture(luma))
        program.clock.now += 1.0
    assert program.preview.is_watched


def test_a_wish_can_be_taken_back(program: Program, tmp_path: Path) -> None:
    program.preview.watch(WISH)
    program.show(picture(50))
    program.preview.watch(None)
    assert not program.preview.is_watched
    wait_until(lambda: program.rings(tmp_path) == [], what="an empty folder", timeout_s=5)


def test_a_reader_finds_the_preview_that_begins_anew(program: Program, tmp_path: Path) -> None:
    program.preview.watch(WISH)
    program.show(picture(50))
    program.preview.watch(None)
    wait_until(lambda: program.rings(tmp_path) == [], what="an empty folder", timeout_s=5)
    program.preview.watch(WISH)
    assert luma_of(program.show(picture(51))) == 51
    assert len(program.ready) == 2


def test_offers_that_come_too_fast_are_left_out_and_the_last_one_is_shown_in_the_end(
    program: Program,
) -> None:
    program.preview.watch(WISH)
    for luma in range(20, 60):
        program.offer(picture(luma))
    last = picture(99)
    shown = [program.show(last)]
    while luma_of(shown[-1]) != 99:
        shown.append(program.show(last))
    assert shown[-1].number < 40


def test_without_room_there_is_no_preview_and_the_fault_is_told(tmp_path: Path) -> None:
    program = Program(tmp_path / "missing")
    program.preview.watch(WISH)
    program.offer(picture(50))
    wait_until(lambda: bool(program.faults), what="a fault", timeout_s=5)
    assert not program.preview.is_watched
    program.close()


def test_a_bug_in_the_preview_ends_the_preview_and_not_the_broadcast(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.preview.watch(WISH)
    program.offer(cast("av.VideoFrame", object()))
    wait_until(lambda: bool(program.faults), what="a fault", timeout_s=5)
    assert not program.preview.is_watched
    program.close()


def test_a_preview_that_was_never_started_can_be_closed(tmp_path: Path) -> None:
    Preview(tmp_path, on_ready=lambda _ready: None, on_fault=lambda _fault: None).close()
