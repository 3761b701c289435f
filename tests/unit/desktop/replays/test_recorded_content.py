"""The list of replays: how it stands, what is opened, what changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.live import RunningRecording
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.outlook.outlook import Notice
from powerstream_desktop.desktop.replays.query import ReplayQuery
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text, wait_for
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

    def middle_of(self, row: int) -> QPoint:
        return self.content.list.visualRect(self.content.model.index(row)).center()

    def click(self, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        click(self.content.list.viewport(), self.middle_of(row), modifiers)

    def chosen(self) -> list[str]:
        return [each.id for each in self.content.chosen]

    def titles(self) -> list[str]:
        return [each.title for each in self.content.model.rows]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_it_is_loading_until_it_is_there(scene: Scene) -> None:
    scene.library.assets = [asset(1)]
    scene.desk.is_slow = True
    scene.content.show_query(ReplayQuery(station_id="st1"))
    assert "Loading replays…" in texts(scene.content)
    scene.desk.work()
    assert scene.content.list.isVisible()
    assert scene.titles() == ["Show 1"]


def test_a_station_without_shows_says_so(scene: Scene) -> None:
    scene.content.show_query(ReplayQuery(station_id="st1"))
    assert "No recorded shows for this station yet." in texts(scene.content)


def test_a_library_without_replays_and_a_search_without_finds_say_so(scene: Scene) -> None:
    scene.content.show_query(ReplayQuery())
    assert "No replays yet." in texts(scene.content)
    scene.content.show_query(ReplayQuery(words="nothing like it"))
    assert "Nothing was found." in texts(scene.content)


@pytest.mark.parametrize(
    ("state", "sentence", "more"),
    [
        ("recording", "No replays yet.", "What is recorded now appears here after the broadcast."),
        ("finalising", "A recording is being finished.", "It appears here by itself."),
    ],
)
def test_a_library_whose_first_replay_is_being_made_says_so(
    scene: Scene, state: str, sentence: str, more: str
) -> None:
    scene.content.show_query(ReplayQuery())
    recording = RunningRecording(state=state, duration_seconds=9.0, durable_seconds=8.0, bytes=1)
    scene.feed.replace(replace(scene.feed.now, recording=recording))
    assert {sentence, more} <= set(texts(scene.content))
    scene.feed.replace(replace(scene.feed.now, recording=None))
    assert "What you broadcast with recording on appears here." in texts(scene.content)


def test_while_the_recording_of_a_broadcast_that_broke_off_is_finished_the_empty_library_says_so(
    scene: Scene,
) -> None:
    scene.content.show_query(ReplayQuery())
    notice = Notice(severity="warning", code="recording-left-behind", sentence="It is being finished.")
    scene.feed.replace(replace(scene.feed.now, notices=(notice,)))
    assert {"A recording is being finished.", "It appears here by itself."} <= set(texts(scene.content))
    scene.feed.replace(replace(scene.feed.now, notices=()))
    assert "No replays yet." in texts(scene.content)


def test_what_cannot_be_had_says_why_and_can_be_tried_again(scene: Scene) -> None:
    scene.library.assets, scene.library.is_gone = [asset(1)], True
    scene.content.show_query(ReplayQuery(station_id="st1"))
    assert "PowerStream's service is not running." in texts(scene.content)
    assert scene.desk.refused == []
    scene.library.is_gone = False
    click(control(scene.content, "Try again", Button))
    assert scene.content.list.isVisible()


def test_what_is_shown_stays_while_the_service_is_away(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2, station_id="st2")]
    scene.content.show_query(ReplayQuery(station_id="st1"))
    scene.library.is_gone = True
    scene.content.reload()
    assert scene.content.list.isVisible()
    assert scene.titles() == ["Show 1"]


def test_what_was_shown_of_another_station_does_not_stay(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2, station_id="st2")]
    scene.content.show_query(ReplayQuery(station_id="st1"))
    scene.library.is_gone = True
    scene.content.show_query(ReplayQuery(station_id="st2"))
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
    scene.content.show_query(ReplayQuery(station_id="st1", words="even"))
    assert [each.id for each in scene.content.model.rows] == ["as1"]


def test_a_click_and_space_open_and_return_and_a_double_click_play(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2), asset(3)]
    scene.content.show_query(ReplayQuery())
    view = scene.content.list
    played: list[str] = []
    scene.content.play_wanted.connect(lambda each: played.append(each.id))
    scene.click(1)
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Space)
    assert [each.id for each in scene.opened] == ["as2", "as3"]
    press(view, Qt.Key.Key_Return)
    scene.click(0)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=scene.middle_of(0))
    assert played == ["as3", "as1"]


def test_with_ctrl_and_shift_several_are_chosen_and_none_is_opened(scene: Scene) -> None:
    scene.library.assets = [asset(number) for number in range(9)]
    scene.content.show_query(ReplayQuery())
    scene.click(2)
    scene.click(4, Qt.KeyboardModifier.ShiftModifier)
    assert scene.chosen() == ["as2", "as3", "as4"], "in the list's order, not by columns"
    scene.click(7, Qt.KeyboardModifier.ControlModifier)
    scene.click(3, Qt.KeyboardModifier.ControlModifier)
    assert scene.chosen() == ["as2", "as4", "as7"]
    assert [each.id for each in scene.opened] == ["as2"]
    press(scene.content.list, Qt.Key.Key_Escape)
    assert scene.chosen() == []
    press(scene.content.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(scene.chosen()) == 9


def test_the_keyboard_goes_through_the_grid(scene: Scene) -> None:
    scene.library.assets = [asset(number) for number in range(8)]
    scene.content.show_query(ReplayQuery())
    view = scene.content.list
    steps = [
        (Qt.Key.Key_Home, "as0"),
        (Qt.Key.Key_Right, "as1"),
        (Qt.Key.Key_Down, "as4"),
        (Qt.Key.Key_Down, "as7"),
        (Qt.Key.Key_Down, "as7"),
        (Qt.Key.Key_Up, "as4"),
        (Qt.Key.Key_Right, "as5"),
        (Qt.Key.Key_Down, "as7"),
        (Qt.Key.Key_Home, "as0"),
        (Qt.Key.Key_End, "as7"),
        (Qt.Key.Key_Left, "as6"),
        (Qt.Key.Key_PageUp, "as0"),
        (Qt.Key.Key_Up, "as0"),
    ]
    for key, where in steps:
        press(view, key)
        current = scene.content.current
        assert current is not None
        assert current.id == where, key
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center()), (
            "it is in sight"
        )
    press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert scene.chosen() == ["as0", "as1", "as2", "as3", "as4"]


def test_what_comes_next_is_asked_for_before_the_end_is_reached(scene: Scene) -> None:
    scene.library.page_rows = 30
    scene.library.assets = [asset(number) for number in range(100)]
    scene.content.show_query(ReplayQuery())
    bar = scene.content.list.verticalScrollBar()
    wait_for(lambda: bar.maximum() > 0)
    assert len(scene.content.model.rows) == 30
    bar.setValue(bar.maximum() // 2 + 100)
    assert len(scene.content.model.rows) == 60
    assert scene.content.model.total == 100


def test_whoever_has_scrolled_on_keeps_the_place_and_sees_what_is_new_at_the_beginning(scene: Scene) -> None:
    scene.library.assets = [asset(number) for number in range(40)]
    scene.content.show_query(ReplayQuery())
    bar = scene.content.list.verticalScrollBar()
    wait_for(lambda: bar.maximum() > 0)
    bar.setValue(300)
    scene.library.assets.insert(0, asset(99))
    scene.content.follow_change("added", "as99")
    assert bar.value() == 300
    assert scene.titles()[0] == "Show 0"
    bar.setValue(0)
    assert scene.titles()[0] == "Show 99"


def test_a_title_is_edited_in_its_place(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2)]
    scene.content.show_query(ReplayQuery())
    wishes: list[tuple[str, str]] = []
    scene.content.model.rename_wanted.connect(lambda each, title: wishes.append((each.id, title)))
    scene.click(1)
    press(scene.content.list, Qt.Key.Key_F2)
    editor = control(scene.content, "Title", QLineEdit)
    assert editor.text() == "Show 2"
    card = scene.content.list.visualRect(scene.content.model.index(1))
    assert card.contains(editor.geometry())
    editor.selectAll()
    type_text(editor, "  Better ")
    press(editor, Qt.Key.Key_Return)
    wait_for(lambda: wishes == [("as2", "Better")])
    press(scene.content.list, Qt.Key.Key_F2)
    press(control(scene.content, "Title", QLineEdit), Qt.Key.Key_Return)
    wait_for(lambda: scene.content.list.findChildren(QLineEdit) == [])
    assert len(wishes) == 1, "the same title is no wish"


def test_letters_and_delete_are_told(scene: Scene) -> None:
    scene.library.assets = [asset(1)]
    scene.content.show_query(ReplayQuery())
    typed: list[str] = []
    removals: list[bool] = []
    scene.content.list.typed.connect(typed.append)
    scene.content.list.removal_wanted.connect(lambda: removals.append(True))
    press(scene.content.list, Qt.Key.Key_J)
    press(scene.content.list, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    press(scene.content.list, Qt.Key.Key_Delete)
    assert typed == ["j"]
    assert removals == [True]


def test_nothing_breaks_in_a_list_without_rows(scene: Scene) -> None:
    scene.content.show_query(ReplayQuery())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_F2):
        press(scene.content.list, key)
    assert scene.opened == []
    assert scene.content.list.seen_rows() == range(0)


def test_what_is_taken_away_goes_and_the_rest_is_asked_for_when_nothing_is_left(scene: Scene) -> None:
    scene.library.page_rows = 2
    scene.library.assets = [asset(number) for number in range(4)]
    scene.content.show_query(ReplayQuery())
    scene.library.assets = scene.library.assets[2:]
    scene.content.take_away(["as0", "as1", "as2", "as3"])
    assert scene.titles() == ["Show 2", "Show 3"]


def test_others_are_asked_for_when_all_that_were_told_are_removed(scene: Scene) -> None:
    scene.library.page_rows = 2
    scene.library.assets = [asset(number) for number in range(4)]
    scene.content.show_query(ReplayQuery())
    scene.library.assets = scene.library.assets[2:]
    for gone in ("as0", "as1"):
        scene.content.follow_change("removed", gone)
    assert scene.titles() == ["Show 2", "Show 3"]


def test_what_comes_back_stands_where_it_stood_and_the_place_is_kept(scene: Scene) -> None:
    scene.library.assets = [asset(number) for number in range(40)]
    scene.content.show_query(ReplayQuery())
    before, bar = scene.titles(), scene.content.list.verticalScrollBar()
    wait_for(lambda: bar.maximum() > 0)
    bar.setValue(400)
    gone = [asset(7), asset(6), asset(30)]
    scene.content.take_away([each.id for each in gone])
    scene.content.follow_change("removed", "as6")
    assert scene.content.model.total == 37
    scene.content.take_back(gone)
    assert scene.titles() == before
    assert bar.value() == 400
    assert scene.content.model.total == 40


def test_what_comes_back_into_another_list_is_asked_for(scene: Scene) -> None:
    scene.library.assets = [asset(number) for number in range(3)]
    scene.content.show_query(ReplayQuery())
    scene.content.take_away(["as1"])
    scene.content.show_query(ReplayQuery(station_id="st1"))
    scene.content.take_back([asset(1)])
    assert scene.titles() == ["Show 0", "Show 1", "Show 2"]


def test_cards_fill_the_width_in_equal_columns(scene: Scene) -> None:
    scene.library.assets = [asset(number) for number in range(12)]
    scene.content.show_query(ReplayQuery())
    view, model = scene.content.list, scene.content.model
    tops = [view.visualRect(model.index(row)).top() for row in range(4)]
    assert tops[0] == tops[1] == tops[2] < tops[3]
    assert view.viewport().width() - view.visualRect(model.index(2)).right() < 20


def test_a_change_asks_for_that_replay_only(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2)]
    scene.content.show_query(ReplayQuery())
    scene.library.asked.clear()
    scene.library.assets[1] = replace(scene.library.assets[1], title="Another title")
    scene.content.follow_change("changed", "as2")
    assert scene.titles() == ["Show 1", "Another title"]
    assert scene.library.asked == ["get as2"]
    scene.content.follow_change("changed", "as77")
    assert scene.library.asked[1:] == ["page None None None"]


def test_what_is_removed_goes_and_what_is_added_comes(scene: Scene) -> None:
    scene.library.assets = [asset(1)]
    scene.content.show_query(ReplayQuery())
    scene.content.follow_change("removed", "as1")
    assert "No replays yet." in texts(scene.content)
    scene.library.assets = [asset(2)]
    scene.content.follow_change("added", "as2")
    assert scene.titles() == ["Show 2"]
    assert scene.content.list.isVisible()


def test_many_changes_at_once_are_two_questions(scene: Scene) -> None:
    scene.content.show_query(ReplayQuery())
    scene.library.asked.clear()
    scene.desk.is_slow = True
    for number in range(20):
        scene.library.assets.append(asset(number))
        scene.content.follow_change("added", f"as{number}")
    scene.desk.work()
    scene.desk.work()
    scene.desk.work()
    assert [each for each in scene.library.asked if each.startswith("page")] == ["page None None None"] * 2
    assert len(scene.titles()) == 20


def test_what_was_chosen_stays_chosen_when_more_come(scene: Scene) -> None:
    scene.library.assets = [asset(1), asset(2)]
    scene.content.show_query(ReplayQuery())
    assert scene.content.choose("as2")
    assert not scene.content.choose("as77")
    scene.library.assets.insert(0, asset(3))
    scene.content.follow_change("added", "as3")
    assert [each.id for each in scene.content.chosen] == ["as2"]


def test_a_picture_is_asked_for_once_and_only_where_there_is_one(scene: Scene) -> None:
    scene.library.assets = [asset(1, thumbnail_url="/api/vod/as1/thumbnail"), asset(2)]
    scene.content.show_query(ReplayQuery())
    scene.content.grab()
    wait_for(lambda: "thumbnail as1" in scene.library.asked)
    scene.content.grab()
    QTest.qWait(1)
    assert [each for each in scene.library.asked if each.startswith("thumb")] == ["thumbnail as1"]


def test_everything_has_a_name(scene: Scene) -> None:
    scene.library.assets = [asset(1)]
    scene.content.show_query(ReplayQuery())
    assert nameless(scene.content) == []


class CountingCard(QStyledItemDelegate):
    """Notes which rows it was to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[int] = []

    def paint(
        self, _painter: QPainter, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.painted.append(index.row())


def test_ten_thousand_cost_no_more_than_those_that_are_seen(scene: Scene) -> None:
    scene.library.page_rows = 5000
    scene.library.assets = [asset(number) for number in range(10_000)]
    scene.content.show_query(ReplayQuery())
    view, card = scene.content.list, CountingCard()
    view.setItemDelegate(card)
    bar = view.verticalScrollBar()
    wait_for(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    wait_for(lambda: len(scene.content.model.rows) == 10_000)
    press(view, Qt.Key.Key_End)
    wait_for(lambda: view.seen_rows().stop == 10_000)
    card.painted.clear()
    view.viewport().update()
    wait_for(lambda: 9_999 in card.painted)
    assert set(card.painted) <= set(view.seen_rows())
    assert len(view.seen_rows()) <= 12
