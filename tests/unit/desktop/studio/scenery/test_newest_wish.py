from __future__ import annotations

from powerstream_desktop.desktop.studio.scenery.newest_wish import NewestWish


def test_the_first_wish_leaves_at_once() -> None:
    wishes: NewestWish[int] = NewestWish(0.03)
    wishes.offer(1)
    assert wishes.due(10.0) == 1
    assert wishes.due(10.0) is None


def test_while_one_is_under_way_the_newest_waits_and_the_others_are_forgotten() -> None:
    wishes: NewestWish[int] = NewestWish(0.03)
    wishes.offer(1)
    wishes.due(10.0)
    for wish in (2, 3, 4):
        wishes.offer(wish)
        assert wishes.due(11.0) is None
    wishes.answered()
    assert wishes.due(11.0) == 4
    wishes.answered()
    assert wishes.is_idle


def test_wishes_keep_their_distance_however_quick_the_answers_are() -> None:
    wishes: NewestWish[int] = NewestWish(0.03)
    sent: list[tuple[float, int]] = []
    for step in range(100):  # a mouse of a thousand steps a second
        now = 10 + step / 1000
        wishes.offer(step)
        wish = wishes.due(now)
        if wish is not None:
            sent.append((now, wish))
            wishes.answered()
    assert [wish for _, wish in sent] == [0, 30, 60, 90]


def test_the_last_wish_is_always_sent() -> None:
    wishes: NewestWish[int] = NewestWish(0.03)
    wishes.offer(1)
    wishes.due(10.0)
    wishes.offer(2)
    wishes.answered()
    assert wishes.due(10.01) is None
    wait_s = wishes.wait_s(10.01)
    assert wait_s is not None
    assert wishes.due(10.01 + wait_s) == 2


def test_nothing_is_waited_for_while_nothing_can_leave() -> None:
    wishes: NewestWish[int] = NewestWish(0.03)
    assert wishes.wait_s(0.0) is None
    wishes.offer(1)
    assert wishes.wait_s(0.0) == 0.0
    wishes.due(0.0)
    wishes.offer(2)
    assert wishes.wait_s(1.0) is None
    assert not wishes.is_idle
