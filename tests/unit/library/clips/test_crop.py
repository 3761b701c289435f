"""The upright part of a picture."""

from __future__ import annotations

from fractions import Fraction

import pytest

from powerstream_desktop.library.clips.crop import Crop, upright_crop


def test_the_part_is_as_high_as_the_picture_and_stands_where_it_is_wanted() -> None:
    assert upright_crop(1920, 1080, 0.5) == Crop(x=656, y=0, width=608, height=1080)


@pytest.mark.parametrize(("centre", "x"), [(0.0, 0), (0.05, 0), (0.95, 1312), (1.0, 1312)])
def test_the_part_does_not_leave_the_picture(centre: float, x: int) -> None:
    assert upright_crop(1920, 1080, centre).x == x


def test_a_picture_that_is_narrower_loses_above_and_below() -> None:
    assert upright_crop(720, 1920, 0.5) == Crop(x=0, y=320, width=720, height=1280)


def test_a_picture_that_is_upright_already_stays_whole() -> None:
    assert upright_crop(1080, 1920, 0.2) == Crop(x=0, y=0, width=1080, height=1920)


@pytest.mark.parametrize("size", [(1921, 1081), (853, 479), (639, 361), (16, 9), (4, 4)])
@pytest.mark.parametrize("centre", [0.0, 0.33, 0.5, 1.0])
def test_every_number_is_even_and_inside(size: tuple[int, int], centre: float) -> None:
    crop = upright_crop(*size, centre)
    assert all(each % 2 == 0 for each in (crop.x, crop.y, crop.width, crop.height))
    assert 0 <= crop.x <= size[0] - crop.width
    assert 0 <= crop.y <= size[1] - crop.height


def test_pixels_that_are_not_square_are_counted_as_they_are_seen() -> None:
    # 1440x1080 that is shown as 16:9: an upright part is 607.5 seen pixels wide, 456 of its own.
    assert upright_crop(1440, 1080, 0.5, Fraction(4, 3)).width == 456
