"""Keeping cards as they were painted."""

from __future__ import annotations

from PySide6.QtGui import QPixmap

from powerstream_desktop.desktop.replays.painted_cards import PaintedCards


class Painter:
    """Counts what it paints."""

    def __init__(self) -> None:
        self.painted = 0

    def __call__(self) -> QPixmap:
        self.painted += 1
        return QPixmap(10, 10)


def test_a_card_is_painted_again_only_when_it_looks_different() -> None:
    cards, painter, asset = PaintedCards(), Painter(), object()
    first = cards.get("a", (asset, 200, "today"), painter)
    assert cards.get("a", (asset, 200, "to" + "day"), painter) is first
    assert painter.painted == 1
    cards.get("a", (asset, 201, "today"), painter)
    cards.get("a", (object(), 201, "today"), painter)
    cards.get("a", (asset, 201), painter)
    assert painter.painted == 4


def test_cards_that_were_not_wanted_for_long_go() -> None:
    cards, painter = PaintedCards(2 * 10 * 10 * 4), Painter()
    for key in ("a", "b", "a", "c"):
        cards.get(key, (), painter)
    assert painter.painted == 3
    cards.get("a", (), painter)
    assert painter.painted == 3
    cards.get("b", (), painter)
    assert painter.painted == 4
