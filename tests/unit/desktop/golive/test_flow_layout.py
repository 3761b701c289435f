"""Widgets flow as words do: into the next line where the line is full."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.golive.flow_layout import FlowLayout
from tests.unit.desktop.driver import show


class Brick(QWidget):
    """As large as it is told to be."""

    def __init__(self, width_px: int) -> None:
        super().__init__()
        self._size = QSize(width_px, 20)

    def sizeHint(self) -> QSize:
        return self._size


def wall(*widths_px: int) -> tuple[QWidget, FlowLayout, list[Brick]]:
    root = QWidget()
    flow = FlowLayout(root, gap_px=10)
    bricks = [Brick(each) for each in widths_px]
    for brick in bricks:
        flow.addWidget(brick)
    return root, flow, bricks


@pytest.mark.parametrize(
    ("width_px", "height_px"), [(320, 20), (319, 50), (210, 50), (209, 80), (100, 80), (1000, 20)]
)
def test_a_narrower_place_needs_more_lines(width_px: int, height_px: int) -> None:
    root, flow, _bricks = wall(100, 100, 100)
    assert root.layout() is flow
    assert flow.heightForWidth(width_px) == height_px


def test_each_stands_behind_the_one_before_or_begins_a_line() -> None:
    root, _, bricks = wall(100, 50, 100)
    show(root, 200, 100)
    root.grab()
    assert [(each.x(), each.y(), each.width()) for each in bricks] == [
        (0, 0, 100),
        (110, 0, 50),
        (0, 30, 100),
    ]


def test_nothing_needs_no_room_and_what_is_taken_out_leaves_none() -> None:
    root, flow, bricks = wall(100)
    assert (root.layout(), flow.count()) == (flow, 1)
    flow.removeWidget(bricks[0])
    assert (flow.count(), flow.heightForWidth(100), flow.itemAt(0), flow.takeAt(0)) == (0, 0, None, None)
