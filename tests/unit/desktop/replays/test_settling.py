"""Searching when whoever types has come to rest."""

from __future__ import annotations

from PySide6.QtCore import Qt

from powerstream_desktop.desktop.replays.search_box import SearchBox
from powerstream_desktop.desktop.replays.settling import Settling
from tests.unit.desktop.driver import press, show, type_text, wait_for


def test_words_count_a_moment_after_the_last_key() -> None:
    settling = Settling()
    assert settling.typed("e", 10.0) == 0.15
    assert settling.typed("ev", 10.1) == 0.15
    assert settling.settle(10.2) is None
    assert settling.settle(10.25) == "ev"
    assert settling.settle(11.0) is None


def test_the_same_words_count_once() -> None:
    settling = Settling()
    settling.typed("evening", 0.0)
    assert settling.settle(0.3) == "evening"
    assert settling.typed("  evening ", 1.0) is None
    assert settling.settle(2.0) is None


def test_what_was_taken_back_before_it_counted_never_did() -> None:
    settling = Settling()
    settling.typed("x", 0.0)
    assert settling.typed("", 0.1) is None
    assert settling.settle(1.0) is None
    assert settling.settle_at_once() is None


def test_return_does_not_wait() -> None:
    settling = Settling()
    settling.typed("evening", 0.0)
    assert settling.settle_at_once() == "evening"
    assert settling.settle(5.0) is None


def test_an_emptied_box_counts_too() -> None:
    settling = Settling()
    settling.typed("x", 0.0)
    settling.settle(1.0)
    settling.typed("", 2.0)
    assert settling.settle(2.3) == ""


def test_the_box_says_words_once_and_escape_empties_it() -> None:
    box = show(SearchBox())
    said: list[str] = []
    box.settled.connect(said.append)
    type_text(box, "evening show")
    wait_for(lambda: bool(said))
    assert said == ["evening show"]
    press(box, Qt.Key.Key_Escape)
    press(box, Qt.Key.Key_Return)
    assert said == ["evening show", ""]
