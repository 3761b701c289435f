from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.compositor.boxes import Box, joined


def bands(spans: list[tuple[int, int, bool]]) -> list[Box]:
    return [
        Box(16 * number, 16 * number + 16, left, left + width, is_opaque)
        for number, (left, width, is_opaque) in enumerate(spans)
    ]


def test_lines_of_letters_become_one_box() -> None:
    assert joined(bands([(100, 300, False), (96, 310, False), (110, 280, False)])) == [
        Box(0, 48, 96, 406, is_opaque=False)
    ]


def test_what_would_have_to_be_laid_over_instead_of_copied_stays_alone() -> None:
    boxes = bands([(0, 1000, True), (0, 1000, True), (0, 100, False)])
    assert joined(boxes) == [Box(0, 32, 0, 1000, is_opaque=True), boxes[2]]


def test_boxes_far_from_each_other_stay_alone() -> None:
    boxes = bands([(0, 40, False), (1800, 2000, False)])
    assert joined(boxes) == boxes


@given(st.lists(st.tuples(st.integers(0, 1800), st.integers(2, 1900), st.booleans()), max_size=30))
def test_joined_boxes_hold_all_of_the_others_and_cost_no_more(spans: list[tuple[int, int, bool]]) -> None:
    boxes = bands(spans)
    result = joined(boxes)
    assert sum(box.cost for box in result) <= sum(box.cost for box in boxes) + 1e-6
    for box in boxes:
        assert any(
            other.top <= box.top
            and other.bottom >= box.bottom
            and other.left <= box.left
            and other.right >= box.right
            and (box.is_opaque or not other.is_opaque)
            for other in result
        )
