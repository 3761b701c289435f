"""Saying what is looked for."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox

from powerstream_desktop.desktop.replays.filter_bar import FilterBar
from powerstream_desktop.desktop.replays.query import Period, ReplayQuery, Sort
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, type_text, wait_for
from tests.unit.desktop.replays.fake_client import station


class Scene:
    """The bar, and what it said."""

    def __init__(self) -> None:
        self.bar = show(FilterBar(), 700)
        self.bar.show_stations((station(1, "First"), station(2, "Second")))
        self.said: list[ReplayQuery] = []
        self.bar.changed.connect(self.said.append)

    def choose(self, box: QComboBox, words: str) -> None:
        """Go through a box by keys until it says something."""
        box.setFocus()
        for _ in range(box.count()):
            if box.currentText() == words:
                return
            press(box, Qt.Key.Key_Down)
        raise AssertionError(f"{words} is not offered")


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_each_choice_is_said_once(scene: Scene) -> None:
    bar = scene.bar
    scene.choose(bar.station, "First")
    scene.choose(bar.period, "Today")
    scene.choose(bar.status, "Whole")
    scene.choose(bar.sort, "Oldest")
    assert scene.said[-1] == ReplayQuery(
        station_id="st1", period=Period.TODAY, status="ready", sort=Sort.OLDEST
    )
    assert len(scene.said) == 4
    bar.show_stations((station(1, "First"), station(2, "Second")))
    assert len(scene.said) == 4, "the same stations are nothing new"


def test_words_are_said_when_whoever_types_rests(scene: Scene) -> None:
    type_text(scene.bar.search, "  best  joke ")
    wait_for(lambda: bool(scene.said))
    assert scene.said == [ReplayQuery(words="best joke")]


def test_days_are_offered_for_a_range_only(scene: Scene) -> None:
    bar = scene.bar
    assert not bar.first_day.isVisible()
    scene.choose(bar.period, "From … to …")
    assert bar.first_day.isVisible()
    assert scene.said[-1].period is Period.RANGE
    bar.first_day.setDate(QDate(2026, 11, 1))
    bar.last_day.setDate(QDate(2026, 11, 2))
    assert (scene.said[-1].first_day, scene.said[-1].last_day) == (date(2026, 11, 1), date(2026, 11, 2))
    bar.period.setFocus()
    press(bar.period, Qt.Key.Key_Home)
    assert not bar.first_day.isVisible()
    assert scene.said[-1] == ReplayQuery()


def test_escape_in_an_empty_search_shows_everything_again(scene: Scene) -> None:
    bar = scene.bar
    scene.choose(bar.period, "7 days")
    scene.choose(bar.status, "Failed")
    bar.search.setFocus()
    press(bar.search, Qt.Key.Key_Escape)
    assert scene.said[-1] == ReplayQuery()
    assert bar.period.currentText() == "Any date"


def test_a_button_clears_words_and_filters_at_once(scene: Scene) -> None:
    bar = scene.bar
    assert not bar.clear.isVisible()
    scene.choose(bar.period, "7 days")
    type_text(bar.search, "joke")
    wait_for(lambda: bar.query.words == "joke" and scene.said[-1].words == "joke")
    scene.said.clear()
    click(control(bar, "Clear search and filters"))
    assert scene.said == [ReplayQuery()]
    assert not bar.clear.isVisible()
    assert bar.focusWidget() is bar.search


def test_a_station_that_is_gone_is_looked_for_no_more(scene: Scene) -> None:
    scene.choose(scene.bar.station, "Second")
    scene.bar.show_stations((station(1, "First"),))
    assert scene.said[-1] == ReplayQuery()
    assert not scene.bar.station.isVisible(), "one station needs no choice"


def test_everything_has_a_name(scene: Scene) -> None:
    scene.choose(scene.bar.period, "From … to …")
    assert nameless(scene.bar) == []
