from __future__ import annotations

from powerstream_desktop.engine.curtain import Curtain, CurtainWatch


def test_it_stays_drawn_until_every_order_is_dealt_with() -> None:
    curtain = Curtain()
    curtain.draw()
    curtain.draw()
    curtain.dealt_with()
    assert curtain.is_drawn
    curtain.dealt_with()
    assert not curtain.is_drawn


def test_it_stays_drawn_while_what_privacy_shows_is_not_on() -> None:
    curtain = Curtain()
    curtain.draw()
    curtain.hold()
    curtain.dealt_with()
    assert curtain.is_drawn
    curtain.release()
    assert not curtain.is_drawn


def test_one_that_was_open_again_before_anybody_looked_is_noticed_once_by_each_reader() -> None:
    curtain = Curtain()
    watches = CurtainWatch(curtain), CurtainWatch(curtain)
    assert [watch.look() for watch in watches] == [(False, False)] * 2
    curtain.draw()
    curtain.dealt_with()
    assert [watch.look() for watch in watches] == [(False, True)] * 2
    assert [watch.look() for watch in watches] == [(False, False)] * 2


def test_while_it_is_drawn_every_look_says_so() -> None:
    curtain = Curtain()
    curtain.draw()
    watch = CurtainWatch(curtain)
    assert [watch.look(), watch.look()] == [(True, True)] * 2
    curtain.dealt_with()
    assert watch.look() == (False, False)
