from __future__ import annotations

import numpy as np
import pytest

from powerstream_desktop.engine.ink import YUV, Planes, Rect, bt709, draw_clock, fill

RED = bt709(255, 0, 0)


def planes(width: int = 64, height: int = 32) -> Planes:
    return (
        np.zeros((height, width), np.uint8),
        np.zeros((height // 2, width // 2), np.uint8),
        np.zeros((height // 2, width // 2), np.uint8),
    )


@pytest.mark.parametrize(
    ("rgb", "yuv"),
    [
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_are_those_of_the_standard(rgb: tuple[int, int, int], yuv: YUV) -> None:
    assert bt709(*rgb) == yuv


def test_a_rectangle_covers_its_pixels_in_all_planes_and_no_others() -> None:
    drawn = planes()
    fill(drawn, Rect(4, 8, 10, 6), RED)
    assert drawn[0].astype(bool).sum() == 60
    assert (drawn[0][8:14, 4:14] == RED[0]).all()
    assert (drawn[1][4:7, 2:7] == RED[1]).all()
    assert (drawn[2][4:7, 2:7] == RED[2]).all()
    assert drawn[2].astype(bool).sum() == 15


def test_what_lies_outside_the_picture_is_left_out() -> None:
    drawn = planes()
    fill(drawn, Rect(-10, -10, 14, 14), RED)
    fill(drawn, Rect(60, 28, 100, 100), RED)
    assert drawn[0].astype(bool).sum() == 32


def test_every_digit_looks_different() -> None:
    looks = set()
    for digit in "0123456789":
        drawn = planes()
        draw_clock(drawn, digit, Rect(0, 0, 40, 32), RED)
        looks.add(drawn[0].tobytes())
    assert len(looks) == 10


def test_punctuation_is_drawn_as_dots() -> None:
    colon, dot = planes(), planes()
    draw_clock(colon, ":", Rect(0, 0, 40, 32), RED)
    draw_clock(dot, ".", Rect(0, 0, 40, 32), RED)
    assert colon[0].astype(bool).sum() == 2 * dot[0].astype(bool).sum() > 0
