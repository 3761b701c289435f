from __future__ import annotations

from powerstream_desktop.desktop.review.wishes import FrameWish, Wishes


def wish(at_us: int, *, is_glance: bool = False) -> FrameWish:
    return FrameWish(at_us=at_us, width=16, height=9, is_glance=is_glance)


def test_one_picture_is_asked_for_at_a_time_and_of_those_that_wait_the_newest() -> None:
    wishes = Wishes()
    wishes.want(wish(1))
    assert wishes.due() == wish(1)
    for at_us in (2, 3, 4):
        wishes.want(wish(at_us))
        assert wishes.due() is None
    assert wishes.answered() == wish(1)
    assert wishes.due() == wish(4)
    assert wishes.answered() == wish(4)
    assert wishes.due() is None


def test_a_large_picture_comes_before_a_small_one() -> None:
    wishes = Wishes()
    wishes.want(wish(1, is_glance=True))
    wishes.want(wish(2))
    assert wishes.due() == wish(2)
    wishes.answered()
    assert wishes.due() == wish(1, is_glance=True)


def newest(wishes: Wishes) -> FrameWish | None:
    return wishes.newest


def test_the_newest_wish_is_what_steps_count_from() -> None:
    wishes = Wishes()
    assert newest(wishes) is None
    wishes.want(wish(1))
    wishes.due()
    assert newest(wishes) == wish(1)
    wishes.want(wish(1).stepped(2))
    assert newest(wishes) == wish(1).stepped(2)
    wishes.answered()
    wishes.due()
    wishes.answered()
    assert newest(wishes) is None


def test_a_small_picture_is_nothing_to_count_from() -> None:
    wishes = Wishes()
    wishes.want(wish(1, is_glance=True))
    assert wishes.due() is not None
    assert wishes.newest is None


def test_what_is_forgotten_is_neither_asked_for_nor_awaited() -> None:
    wishes = Wishes()
    wishes.want(wish(1))
    wishes.due()
    wishes.want(wish(2))
    wishes.want(wish(3, is_glance=True))
    wishes.forget()
    assert (wishes.due(), wishes.answered(), wishes.newest) == (None, None, None)
