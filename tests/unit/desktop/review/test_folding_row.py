from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from powerstream_desktop.desktop.review.folding_row import FoldingRow, side_by_side
from powerstream_desktop.desktop.review.transport_bar import TransportBar
from tests.unit.desktop.driver import show, wait_for


def test_what_has_no_room_goes_into_a_line_of_its_own_and_back() -> None:
    first, foot, last = QPushButton("First"), QPushButton("In the middle"), QPushButton("Last")
    row = show(FoldingRow((first, foot, last), foot), 600, 80)
    assert not row.is_folded
    assert first.x() < foot.x() < last.x()
    row.resize(row.minimumSizeHint().width(), 120)
    wait_for(lambda: row.is_folded and foot.y() > first.y())
    assert first.y() == last.y()
    row.resize(600, 80)
    wait_for(lambda: not row.is_folded and foot.y() == first.y())


def test_longer_words_fold_it_too() -> None:
    first, foot = QPushButton("First"), QPushButton("Last")
    row = show(FoldingRow((first, foot), foot), 300, 120)
    first.setText("A button with a great many words on it")
    wait_for(lambda: foot.y() > first.y())
    assert row.is_folded


def test_room_is_left_where_it_was_asked_for() -> None:
    left, right = QPushButton("Left"), QPushButton("Right")
    part = show(side_by_side(left, right, gap_px=4, stretch_at=1), 500, 40)
    assert right.geometry().right() == part.width() - 1


@pytest.mark.parametrize("width", [360, 420, 560])
def test_nothing_of_the_transport_is_ever_cut_off(width: int) -> None:
    bar = show(TransportBar(), width, 90)
    buttons = (bar.back, bar.play, bar.on, bar.rate)
    needed = [each.minimumSizeHint().width() for each in buttons]
    wait_for(lambda: all(each.width() >= width for each, width in zip(buttons, needed, strict=True)))
    right_edges = [each.mapTo(bar, each.rect().topRight()).x() for each in buttons]
    assert max(right_edges) < bar.width()
