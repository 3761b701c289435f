"""Which replay is seen to next."""

from __future__ import annotations

from powerstream_desktop.service.media.media_queue import KEPT_S, MediaQueue


def test_replays_are_seen_to_in_the_order_in_which_they_came_and_each_once() -> None:
    queue = MediaQueue()
    for asset_id in ("b", "a", "b"):
        queue.look(asset_id)
    assert [queue.take(is_live=False) for _ in range(3)] == [("b", False), ("a", False), None]


def test_what_was_asked_for_comes_first_and_is_not_seen_to_twice() -> None:
    queue = MediaQueue()
    queue.look("a")
    queue.look("b")
    queue.ask("b")
    assert queue.is_asked("b")
    assert [queue.take(is_live=False) for _ in range(3)] == [("b", True), ("a", False), None]


def test_while_live_nothing_else_is_taken() -> None:
    queue = MediaQueue()
    queue.look("a")
    assert queue.take(is_live=True) is None
    queue.ask("b")
    assert queue.take(is_live=True) == ("b", True)
    assert queue.take(is_live=False) == ("a", False)


def test_a_replay_that_is_gone_is_not_seen_to_and_its_pictures_go_later() -> None:
    queue = MediaQueue()
    queue.look("a")
    queue.ask("a")
    queue.forget("a", 10.0)
    assert queue.take(is_live=False) is None
    assert queue.take_gone(10.0 + KEPT_S - 1) == []
    assert queue.has_any
    assert queue.take_gone(10.0 + KEPT_S) == ["a"]
    assert not queue.has_any


def test_the_pictures_of_a_replay_that_comes_back_stay() -> None:
    queue = MediaQueue()
    queue.forget("a", 10.0)
    queue.look("a")
    assert queue.take_gone(1000.0) == []


def test_who_is_gone_twice_is_not_kept_longer() -> None:
    queue = MediaQueue()
    queue.forget("a", 0.0)
    queue.forget("a", 100.0)
    assert queue.take_gone(KEPT_S) == ["a"]
