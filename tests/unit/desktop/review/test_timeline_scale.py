from __future__ import annotations

import pytest

from powerstream_desktop.desktop.review.time_code import short_span, time_code, whole_span
from powerstream_desktop.desktop.review.timeline_scale import TimelineScale

HOURS_US = 3 * 3600 * 1_000_000
SCALE = TimelineScale(length_us=HOURS_US, width_px=480)


def test_places_and_moments_are_each_others_inverse() -> None:
    for x in range(481):
        assert abs(SCALE.x_of(SCALE.at(x)) - x) < 0.001


def test_what_lies_beyond_an_edge_is_at_it() -> None:
    assert (SCALE.at(-7), SCALE.at(1000)) == (0, HOURS_US)
    assert (SCALE.x_of(-1), SCALE.x_of(HOURS_US * 2)) == (0, 480)


def test_a_film_of_unknown_length_lies_at_the_left() -> None:
    unknown = TimelineScale(length_us=0, width_px=480)
    assert (unknown.x_of(5), unknown.at(240), unknown.is_near(0, 0, 5)) == (0, 0, False)


def test_a_timeline_without_width_has_only_the_beginning() -> None:
    narrow = TimelineScale(length_us=HOURS_US, width_px=0)
    assert (narrow.at(5), narrow.tile_at(5, 12)) == (0, 0)


@pytest.mark.parametrize(
    ("x", "tile"), [(-1, 0), (0, 0), (39.9, 0), (40, 1), (479, 11), (480, 11), (900, 11)]
)
def test_twelve_tiles_share_the_width(x: float, tile: int) -> None:
    assert SCALE.tile_at(x, 12) == tile


@pytest.mark.parametrize(
    ("at_us", "text"),
    [
        (0, "00:00:00.00"),
        (2_046_129_999, "00:34:06.12"),
        (HOURS_US - 1, "02:59:59.99"),
        (-5, "00:00:00.00"),
    ],
)
def test_a_time_code_never_says_a_moment_that_has_not_come(at_us: int, text: str) -> None:
    assert time_code(at_us) == text


def test_stretches_in_words() -> None:
    assert whole_span(1_562_900_000, 2_490_000_000) == "00:26:02–00:41:30"
    assert short_span(3_130_000_000, 3_181_000_000) == "52:10–53:01"
    assert short_span(3_130_000_000, 3_130_900_000) == "52:10"
