"""The order of the lines becomes priorities, with as few changes as that takes."""

from __future__ import annotations

import pytest

from powerstream_desktop.desktop.destinations.order import moved, wishes_for_order
from tests.unit.desktop.destinations.values import endpoint

THREE = (endpoint("a", priority=2), endpoint("b", priority=1), endpoint("c", priority=0))


@pytest.mark.parametrize(
    ("which", "by", "expected"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("gone", 1, "abc")],
)
def test_one_is_moved_and_the_others_keep_their_order(which: str, by: int, expected: str) -> None:
    assert "".join(each.id for each in moved(THREE, which, by)) == expected


def test_only_what_changed_is_saved_and_the_higher_keeps_the_picture_longer() -> None:
    wishes = dict(wishes_for_order(moved(THREE, "b", -1)))
    assert {each: wish.priority for each, wish in wishes.items()} == {"b": 2, "a": 1}
    assert wishes["b"].stream_key is None, "the key that is kept stays"


def test_an_order_that_stands_already_saves_nothing() -> None:
    assert wishes_for_order(THREE) == ()


def test_equals_get_priorities_of_their_own() -> None:
    equal = tuple(endpoint(each, priority=0) for each in "abc")
    assert [(each, wish.priority) for each, wish in wishes_for_order(equal)] == [("a", 2), ("b", 1)]
