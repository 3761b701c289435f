from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.sources.text_ahead import TextAheadThread, TextWish
from powerstream_desktop.engine.sources.text_paint import TextPlace
from tests.unit.engine.sources.captures import grey
from tests.unit.engine.stage.sources import wait_for

PLACE = TextPlace(width=64, height=36, line_height=20.0)


class Painter:
    """Paints grey, and can be held up.

    Attributes:
        painted: the words and the name of the thread, of each picture.
        may_paint: is waited for.
    """

    def __init__(self) -> None:
        self.painted: list[tuple[str, str]] = []
        self.may_paint = threading.Event()
        self.may_paint.set()

    def __call__(self, wish: TextWish) -> Picture:
        self.may_paint.wait(10)
        if wish.words == "a bug":
            raise RuntimeError(wish.words)
        self.painted.append((wish.words, threading.current_thread().name))
        return Picture(grey(len(self.painted)), 0)


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def ahead(painter: Painter) -> Iterator[TextAheadThread]:
    with closing(TextAheadThread(painter)) as ahead:
        yield ahead


def wish(words: str) -> TextWish:
    return TextWish(words, PLACE)


def words_of(ahead: TextAheadThread) -> str:
    return "" if ahead.newest is None else ahead.newest.wish.words


def test_what_was_asked_for_is_painted_once_on_a_thread_of_its_own(
    ahead: TextAheadThread, painter: Painter
) -> None:
    assert ahead.newest is None
    for words in ("1", "1", "2", "2", "1"):
        ahead.ask(wish(words))
    wait_for(lambda: len(painter.painted) == 3)
    assert painter.painted == [(words, "text-ahead") for words in ("1", "2", "1")]


def test_asking_waits_for_nothing(ahead: TextAheadThread, painter: Painter) -> None:
    painter.may_paint.clear()
    ahead.ask(wish("1"))
    assert ahead.newest is None
    painter.may_paint.set()
    wait_for(lambda: words_of(ahead) == "1")


def test_a_bug_in_painting_is_told_to_who_looks(ahead: TextAheadThread) -> None:
    ahead.ask(wish("a bug"))

    def raises() -> bool:
        try:
            return ahead.newest is not None
        except RuntimeError:
            return True

    wait_for(raises)
    with pytest.raises(RuntimeError, match="a bug"):
        _ = ahead.newest
    ahead.ask(wish("2"))
