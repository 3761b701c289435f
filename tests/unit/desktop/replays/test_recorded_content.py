"""The list of replays: how it stands, what is opened, what changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.replays.fake_client import RECORDED_AT, FakeClient, asset


class Scene:
    """A list that is shown, and what was opened."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.content = RecordedContent(surroundings, now=lambda: RECORDED_AT)
        self.opened: list[Asset] = []
        self.content.opened.connect(self.opened.append)
        show(self.content, 760, 500)

    def titles(self) -> list[str]:
        return [each.title for each in self.content.model.rows]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_it_is_loading_until_it_is_there(scene: Scene) -> None:
    scene.library.assets = [asset(1)]
    scene.desk.is_slow = True
    scene.content.show_replays("st1")
    assert "Loading replays…" in texts(scene.content)
    scene.desk.work()
    assert scene.content.list.isVisible()
    assert scene.titles() == ["Show 1"]


def test_a_station_without_shows_says_so(scene: Scene) -> None:
    scene.content.show_replays("st1")
    assert "No recorded shows for this station yet." in texts(scene.content)


def test_a_library_without_replays_and_a_search_without_finds_say_so(scene: Scene) -> None:
    scene.content.show_replays(None)
    assert "No replays yet." in texts(scene.content)
    scene.content.show_replays(None, "nothing like it")
    assert "Nothing was found." in texts(scene.content)


def test_what_cannot_be_had_says_why_and_can_be_tried_again(scene: Scene) -> None:
    scene.library.assets, scene.library.is_gone = [asset(1)], True
    scene.content.show_replays("st1")
    assert "PowerStream's service is not running." in texts(scene.content)
    assert scene.desk.refused == []
    scene.library.is_gone = False
    click(control(scene.content, "Try again", Button))
    assert scene.content.list.isVisible()


def test_what_is_shown_stays_while_the_service_is_away(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2, station_id="st2")]
    scene.content.show_replays("st1")
    scene.library.is_gone = True
    scene.content.reload()
    assert scene.content.list.isVisible()
    assert scene.titles() == ["Show 1"]


def test_what_was_shown_of_another_station_does_not_stay(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2, station_id="st2")]
    scene.content.show_replays("st1")
    scene.library.is_gone = True
    scene.content.show_replays("st2")
    scene.content.reload()
    assert "PowerStream's service is not running." in texts(scene.content)
    scene.library.is_gone = False
    click(control(scene.content, "Try again", Button))
    assert scene.titles() == ["Show 2"]
    scene.library.is_gone = True
    scene.content.reload()
    assert scene.content.list.isVisible()


def test_only_the_replays_of_the_station_and_of_the_words_are_asked_for(scene: Scene) -> None:
    scene.library.assets = [asset(1, "Evening"), asset(2, "Morning"), asset(3, "Evening", "st2")]
    scene.content.show_replays("st1", "even")
    assert [each.id for each in scene.content.model.rows] == ["as1"]


def test_a_click_opens_and_so_does_return(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2), asset(3)]
    scene.content.show_replays(None)
    view = scene.content.list
    place = view.visualRect(scene.content.model.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_Space)
    assert [each.id for each in scene.opened] == ["as2", "as3", "as3"]


def test_cards_fill_the_width_in_equal_columns(scene: Scene) -> None:
    scene.library.assets = [asset(number) for number in range(12)]
    scene.content.show_replays(None)
    view, model = scene.content.list, scene.content.model
    tops = [view.visualRect(model.index(row)).top() for row in range(4)]
    assert tops[0] == tops[1] == tops[2] < tops[3]
    assert view.viewport().width() - view.visualRect(model.index(2)).right() < 20


def test_a_change_asks_for_that_replay_only(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2)]
    scene.content.show_replays(None)
    scene.library.asked.clear()
    scene.library.assets[1] = replace(scene.library.assets[1], title="Another title")
    scene.content.follow_change("changed", "as2")
    assert scene.titles() == ["Show 1", "Another title"]
    assert scene.library.asked == ["get as2"]
    scene.content.follow_change("changed", "as77")
    assert scene.library.asked[1:] == ["page None None None"]


def test_what_is_removed_goes_and_what_is_added_comes(scene: Scene) -> None:
    scene.library.assets = [asset(1)]
    scene.content.show_replays(None)
    scene.content.follow_change("removed", "as1")
    assert "No replays yet." in texts(scene.content)
    scene.library.assets = [asset(2)]
    scene.content.follow_change("added", "as2")
    assert scene.titles() == ["Show 2"]
    assert scene.content.list.isVisible()


def test_what_was_chosen_stays_chosen_when_more_come(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2)]
    scene.content.show_replays(None)
    assert scene.content.choose("as2")
    assert not scene.content.choose("as77")
    scene.library.assets.insert(0, asset(3))
    scene.content.follow_change("added", "as3")
    chosen = scene.content.chosen
    assert chosen is not None
    assert chosen.id == "as2"


def test_a_picture_is_asked_for_once_and_only_where_there_is_one(scene: Scene) -> None:
    scene.library.assets = [asset(1, thumbnail_url="/api/vod/as1/thumbnail"), asset(2)]
    scene.content.show_replays(None)
    scene.content.grab()
    scene.content.grab()
    assert [each for each in scene.library.asked if each.startswith("thumb")] == ["thumbnail as1"]


def test_everything_has_a_name(scene: Scene) -> None:
    scene.library.assets = [asset(1)]
    scene.content.show_replays(None)
    assert nameless(scene.content) == []
