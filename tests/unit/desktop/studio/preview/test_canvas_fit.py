from __future__ import annotations

import pytest

from powerstream_desktop.desktop.studio.preview.canvas_fit import (
    canvas_in,
    portrait_box,
    portrait_position,
    portrait_share,
)
from powerstream_desktop.desktop.studio.scenery.box import Box


@pytest.mark.parametrize(
    ("size", "place"),
    [
        ((160, 90), (0, 0, 160, 90)),
        ((200, 90), (20, 0, 160, 90)),
        ((160, 110), (0, 10, 160, 90)),
    ],
)
def test_the_canvas_is_as_large_as_fits_and_in_the_middle(
    size: tuple[int, int], place: tuple[int, int, int, int]
) -> None:
    fit = canvas_in(*size, aspect=16 / 9)
    assert (fit.left, fit.top, fit.width, fit.height) == pytest.approx(place)


def test_a_widget_without_a_size_has_a_canvas_all_the_same() -> None:
    fit = canvas_in(0, 0, aspect=16 / 9)
    assert min(fit.width, fit.height) > 0


def test_a_point_comes_back_from_shares() -> None:
    fit = canvas_in(200, 90, aspect=16 / 9)
    assert fit.share_of(20, 0) == pytest.approx((0, 0))
    assert fit.point_of(*fit.share_of(77, 33)) == pytest.approx((77, 33))


def test_a_box_lies_in_the_widget_where_the_engine_draws_it() -> None:
    fit = canvas_in(200, 90, aspect=16 / 9)
    assert fit.pixels_of(Box(x=0.5, y=0.5, width=0.25, height=0.5)) == pytest.approx((100, 45, 40, 45))


def test_the_portraits_window_is_the_largest_of_its_shape() -> None:
    assert portrait_share(16 / 9, 9 / 16) * 16 / 9 == pytest.approx(9 / 16)
    assert portrait_share(9 / 16, 9 / 16) == 1.0


@pytest.mark.parametrize("position", [0.0, 0.25, 1.0])
def test_the_portraits_window_stays_within_the_picture(position: float) -> None:
    box = portrait_box(position, 0.3)
    assert box.x >= 0
    assert box.right <= 1 + 1e-9
    assert portrait_position(box.x, 0.3) == pytest.approx(position)


def test_a_window_that_is_dragged_out_stops_at_the_edge() -> None:
    assert portrait_position(-0.4, 0.3) == 0.0
    assert portrait_position(0.9, 0.3) == 1.0


def test_a_window_as_wide_as_the_picture_has_its_position_in_the_middle() -> None:
    assert portrait_position(0.2, 1.0) == 0.5
