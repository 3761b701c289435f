from __future__ import annotations

import pytest

from powerstream_desktop.engine.ink import Rect, bt709
from powerstream_desktop.engine.pattern import BAR_COLOURS, Pattern, clock_text
from powerstream_desktop.engine.picture import BT709, LIMITED_RANGE, Picture, planes_of
from powerstream_desktop.engine.pulse import is_flash
from powerstream_desktop.engine.sources.moving_test_picture import TestPictureSource

FPS = 30


def middle(rect: Rect, picture: Picture) -> tuple[int, ...]:
    y, u, v = planes_of(picture.frame)
    column, row = rect.x + rect.width // 2, rect.y + rect.height // 2
    return int(y[row, column]), int(u[row // 2, column // 2]), int(v[row // 2, column // 2])


def test_the_bars_have_their_colours_from_left_to_right() -> None:
    pattern = Pattern(1280, 720, FPS)
    picture = pattern.picture_at(12.3, 1)
    bars = [middle(pattern.bar(number), picture) for number in range(len(BAR_COLOURS))]
    assert bars == [bt709(*colour) for colour in BAR_COLOURS]


def test_the_picture_is_tagged_with_its_colours() -> None:
    frame = Pattern(320, 180, FPS).picture_at(0.0, 1).frame
    assert (frame.colorspace, frame.color_range) == (BT709, LIMITED_RANGE)
    assert (frame.width, frame.height, frame.format.name) == (320, 180, "yuv420p")


def test_the_square_flashes_for_the_first_tenth_of_every_second() -> None:
    pattern = Pattern(320, 180, FPS)
    white = bt709(255, 255, 255)
    flashing = [
        slot
        for slot in range(3 * FPS)
        if middle(pattern.flash_square, pattern.picture_at(slot / FPS, slot)) == white
    ]
    assert flashing == [0, 1, 2, 30, 31, 32, 60, 61, 62]


@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60])
def test_the_flash_lasts_a_tenth_of_a_second_at_every_rate(fps: int) -> None:
    frames = [slot for slot in range(3600 * fps, 3601 * fps) if is_flash(slot / fps)]
    assert frames == [3600 * fps + number for number in range(-(-fps // 10))]


def test_every_picture_differs_from_the_one_before() -> None:
    pattern = Pattern(320, 180, FPS)
    looks = {planes_of(pattern.picture_at(slot / FPS, slot).frame)[0].tobytes() for slot in range(FPS)}
    assert len(looks) == FPS


@pytest.mark.parametrize("size", [(64, 64), (426, 240), (1920, 1080), (720, 1280)])
def test_every_size_can_be_drawn(size: tuple[int, int]) -> None:
    frame = Pattern(*size, FPS).picture_at(0.5, 1).frame
    assert (frame.width, frame.height) == size


def test_the_clock_counts_frames_behind_its_dot() -> None:
    assert clock_text(0.0, FPS) == "00:00:00.00"
    assert clock_text(3661 + 29 / FPS, FPS) == "01:01:01.29"
    assert clock_text(99 * 3600 + 59 * 60 + 59.5, FPS) == "99:59:59.15"


def test_the_source_numbers_its_pictures() -> None:
    source = TestPictureSource(320, 180, FPS)
    source.open()
    source.start(0.0)
    assert [source.picture_at(0.0).serial, source.picture_at(0.1).serial] == [1, 2]
    assert source.delivered == 2
    source.close()
