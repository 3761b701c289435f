"""Where cards stand in a grid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect

from powerstream_desktop.desktop.replays.card_grid import CardGrid

GRID = CardGrid(columns=3, width_px=100, height_px=80)


def test_cards_stand_row_after_row() -> None:
    assert [GRID.place_of(number) for number in (0, 2, 3, 10)] == [
        QRect(0, 0, 100, 80),
        QRect(200, 0, 100, 80),
        QRect(0, 80, 100, 80),
        QRect(100, 240, 100, 80),
    ]
    assert [GRID.whole_px(count) for count in (0, 1, 3, 4)] == [0, 80, 80, 160]


@pytest.mark.parametrize(
    ("point", "number"),
    [
        (QPoint(0, 0), 0),
        (QPoint(299, 79), 2),
        (QPoint(0, 80), 3),
        (QPoint(300, 0), None),
        (QPoint(-1, 0), None),
        (QPoint(10, -1), None),
        (QPoint(100, 80), None),
    ],
)
def test_a_point_is_on_a_card_or_on_none(point: QPoint, number: int | None) -> None:
    assert GRID.number_at(point, 4) == number


def test_only_what_is_between_two_heights_is_seen_of_ten_thousand() -> None:
    assert GRID.seen_between(0, 79, 10_000) == range(3)
    assert GRID.seen_between(79, 80, 10_000) == range(6)
    assert GRID.seen_between(80_000, 80_159, 10_000) == range(3000, 3006)
    assert GRID.seen_between(0, 1000, 4) == range(4)
    assert GRID.seen_between(500, 1000, 4) == range(4, 4)
    assert GRID.seen_between(0, 79, 0) == range(0)


@pytest.mark.parametrize(
    ("number", "step", "lands"),
    [
        (0, 1, 1),
        (7, 1, 7),
        (0, -1, 0),
        (1, 3, 4),
        (5, 3, 7),
        (7, 3, 7),
        (6, 3, 6),
        (1, -3, 1),
        (4, 9, 7),
        (7, -9, 1),
    ],
)
def test_a_step_stays_within_the_eight_cards(number: int, step: int, lands: int) -> None:
    assert GRID.step_from(number, step, 8) == lands
