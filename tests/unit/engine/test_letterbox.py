from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.letterbox import Placement, fit

SIDES = st.integers(1, 8000)
EVEN_SIDES = st.integers(32, 2000).map(lambda half: 2 * half)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ((1280, 720), Placement(x=0, y=0, width=1280, height=720)),
        ((3840, 2160), Placement(x=0, y=0, width=1280, height=720)),
        ((1366, 768), Placement(x=0, y=0, width=1280, height=720)),
        ((640, 480), Placement(x=160, y=0, width=960, height=720)),
        ((1080, 1920), Placement(x=438, y=0, width=404, height=720)),
        ((1920, 800), Placement(x=0, y=92, width=1280, height=534)),
        ((1, 1000), Placement(x=638, y=0, width=2, height=720)),
    ],
)
def test_a_source_is_shown_whole_and_centred(source: tuple[int, int], place: Placement) -> None:
    assert fit(*source, 1280, 720) == place


def test_pixels_that_are_not_square_are_stretched_to_their_shape() -> None:
    assert fit(720, 576, 1280, 720, pixel_aspect=Fraction(64, 45)) == Placement(
        x=0, y=0, width=1280, height=720
    )


@given(SIDES, SIDES, EVEN_SIDES, EVEN_SIDES)
def test_every_placement_is_even_inside_and_touches_two_sides(
    source_width: int, source_height: int, width: int, height: int
) -> None:
    place = fit(source_width, source_height, width, height)
    assert all(number % 2 == 0 for number in (place.x, place.y, place.width, place.height))
    assert place.x >= 0
    assert place.y >= 0
    assert 2 <= place.width <= width - place.x
    assert 2 <= place.height <= height - place.y
    assert place.width == width or place.height == height


@given(st.integers(100, 4000), st.integers(100, 4000))
def test_the_shape_is_kept_to_a_pixel_or_two(source_width: int, source_height: int) -> None:
    place = fit(source_width, source_height, 1280, 720)
    ideal = min(Fraction(1280, source_width), Fraction(720, source_height))
    assert abs(place.width - ideal * source_width) <= 2
    assert abs(place.height - ideal * source_height) <= 2
