"""Layers in pixels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.compositor.geometry import WHOLE, Crop, PixelRect
from powerstream_desktop.engine.scene.layout import Layout, lay_out
from powerstream_desktop.engine.scene.scene import FULL, UNCROPPED, CropShares, Fit, Place

HD = (1920, 1080)
CANVAS = (1280, 720)


def test_a_source_of_the_canvas_shape_fills_it() -> None:
    for fit in Fit:
        assert lay_out(FULL, UNCROPPED, fit, source=HD, canvas=CANVAS) == Layout(
            PixelRect(0, 0, 1280, 720), WHOLE
        )


def test_a_square_source_is_seen_whole_in_the_middle() -> None:
    layout = lay_out(FULL, UNCROPPED, Fit.WHOLE, source=(500, 500), canvas=CANVAS)

    assert layout == Layout(PixelRect(280, 0, 720, 720), WHOLE)


def test_a_square_source_that_fills_loses_its_upper_and_lower_part() -> None:
    layout = lay_out(FULL, UNCROPPED, Fit.FILL, source=(1280, 1280), canvas=CANVAS)

    assert layout == Layout(PixelRect(0, 0, 1280, 720), Crop(top=280, bottom=280))


def test_a_stretched_source_takes_all_of_its_place() -> None:
    place = Place(x=0.25, y=0.25, width=0.5, height=0.5)

    assert lay_out(place, UNCROPPED, Fit.STRETCH, source=(10, 999), canvas=CANVAS) == Layout(
        PixelRect(320, 180, 640, 360), WHOLE
    )


def test_a_crop_is_taken_off_before_the_source_is_fitted() -> None:
    layout = lay_out(FULL, CropShares(left=0.5), Fit.WHOLE, source=HD, canvas=CANVAS)

    assert layout == Layout(PixelRect(320, 0, 640, 720), Crop(left=960))


def test_wide_pixels_make_a_wide_picture() -> None:
    layout = lay_out(FULL, UNCROPPED, Fit.WHOLE, source=(960, 1080), canvas=CANVAS, pixel_aspect=2.0)

    assert layout == Layout(PixelRect(0, 0, 1280, 720), WHOLE)


def test_what_lies_outside_the_canvas_is_cut_off_at_the_source() -> None:
    place = Place(x=-0.5, y=0.0, width=1.0, height=1.0)

    assert lay_out(place, UNCROPPED, Fit.WHOLE, source=CANVAS, canvas=CANVAS) == Layout(
        PixelRect(0, 0, 640, 720), Crop(left=640)
    )


@pytest.mark.parametrize("place", [Place(x=1.0), Place(x=-1.0), Place(y=1.5), Place(y=-2)])
def test_a_layer_beside_the_canvas_is_not_drawn(place: Place) -> None:
    assert lay_out(place, UNCROPPED, Fit.WHOLE, source=HD, canvas=CANVAS) is None


shares = st.floats(min_value=-3, max_value=3, allow_nan=False)
sizes = st.floats(min_value=0.01, max_value=10, allow_nan=False)
sides = st.integers(min_value=1, max_value=8000)


@given(
    place=st.builds(Place, x=shares, y=shares, width=sizes, height=sizes),
    crop=st.builds(
        CropShares,
        left=st.floats(0, 0.49),
        right=st.floats(0, 0.49),
        top=st.floats(0, 0.49),
        bottom=st.floats(0, 0.49),
    ),
    fit=st.sampled_from(Fit),
    source=st.tuples(sides, sides),
)
def test_any_layer_shows_a_part_of_its_source_and_stays_bounded(
    place: Place, crop: CropShares, fit: Fit, source: tuple[int, int]
) -> None:
    layout = lay_out(place, crop, fit, source=source, canvas=CANVAS)

    if layout is not None:
        rect, cut = layout.rect, layout.crop
        shown = (source[0] - cut.left - cut.right, source[1] - cut.top - cut.bottom)
        assert min(cut.left, cut.top, cut.right, cut.bottom) >= 0
        assert min(shown) >= 1
        # At most two source pixels more than the canvas holds, and one step of rounding at each end.
        assert rect.width <= CANVAS[0] + 2 * max(1, rect.width / shown[0]) + 4
        assert rect.height <= CANVAS[1] + 2 * max(1, rect.height / shown[1]) + 4
