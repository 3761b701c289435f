"""What is done with the replays that are chosen: one or many, by keys, menu and buttons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from powerstream_desktop.client.cloud import Sync
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.asset_sheet import AssetSheet
from powerstream_desktop.desktop.replays.page import ReplaysPage
from tests.unit.desktop.driver import click, control, press, show, texts, type_text, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.player.fake_media import MediaMakers
from tests.unit.desktop.replays.fake_client import RECORDED_AT, FakeClient, asset, station
from tests.unit.desktop.review.fake_frames import FrameMakers


class Scene:
    """The page with four replays of two stations."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.library.assets = [asset(number) for number in range(4)]
        self.client.stations.stations = [station(1, "First"), station(2, "Second & last")]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.shown: list[Path] = []
        self.dragged: list[list[str]] = []
        self.page = ReplaysPage(
            surroundings,
            make_media=MediaMakers(),
            make_frames=FrameMakers(),
            show_file=self.shown.append,
            drag=self._drag,
            now=lambda: RECORDED_AT,
        )
        show(self.page, 1200, 760)
        self.page.came_up()
        self.list = self.page.content.list

    def choose(self, *rows: int) -> None:
        """Click on cards, one after the other, with Ctrl from the second on."""
        for number, row in enumerate(rows):
            place = self.list.visualRect(self.page.content.model.index(row)).center()
            modifiers = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
            click(self.list.viewport(), place, modifiers)

    def ids(self) -> list[str]:
        return [each.id for each in self.page.content.model.rows]

    def menu(self, words: str) -> None:
        """Press the menu key, and choose an entry."""
        centre = self.list.viewport().rect().bottomRight()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, centre, QPoint(0, 0))
        QApplication.sendEvent(self.list.viewport(), event)
        menu = self.page.handling.menu
        wait_for(menu.isVisible)
        [action] = [each for each in menu.actions() if each.text() == words and each.isVisible()]
        menu.setActiveAction(action)
        press(menu, Qt.Key.Key_Return)

    def _drag(self, _: QWidget, content: QMimeData) -> None:
        self.dragged.append([url.toLocalFile() for url in content.urls()])


@pytest.fixture
def scene() -> Iterator[Scene]:
    with speaking("en"):
        made = Scene()
        yield made
        made.page.close()


def test_one_that_is_chosen_needs_no_bar_and_several_have_one(scene: Scene) -> None:
    scene.choose(0)
    assert not scene.page.choice.isVisible()
    scene.choose(0, 2)
    assert "2 chosen · 8.2\u00a0GB" in texts(scene.page.choice)
    click(control(scene.page.choice, "Choose none"))
    assert not scene.page.choice.isVisible()
    assert scene.page.content.chosen == ()


def test_delete_moves_to_the_bin_and_undo_takes_it_out(scene: Scene) -> None:
    scene.choose(1)
    press(scene.list, Qt.Key.Key_Delete)
    assert [each.id for each in scene.library.assets] == ["as0", "as2", "as3"]
    assert scene.ids() == ["as0", "as2", "as3"]
    assert "“Show 1” is in the bin." in texts(scene.page.handling.undo)
    click(control(scene.page.handling.undo, "Undo", Button))
    assert not scene.page.handling.undo.isVisible()
    assert scene.ids() == ["as0", "as1", "as2", "as3"]


def test_the_film_that_is_open_is_closed_before_its_file_is_moved(scene: Scene) -> None:
    scene.choose(1)
    opened = scene.page.review.asset
    assert opened is not None
    assert opened.id == "as1"
    press(scene.list, Qt.Key.Key_Delete)
    assert scene.page.review.asset is None


def test_several_go_into_the_bin_and_come_back_together(scene: Scene) -> None:
    scene.choose(0, 2, 3)
    click(control(scene.page.choice, "Move to bin", Button))
    assert scene.ids() == ["as1"]
    assert "3 replays are in the bin." in texts(scene.page.handling.undo)
    assert not scene.page.choice.isVisible()
    click(control(scene.page.handling.undo, "Undo", Button))
    assert sorted(scene.ids()) == ["as0", "as1", "as2", "as3"]


def test_what_one_refuses_does_not_keep_the_others(scene: Scene) -> None:
    scene.library.refuses = {"as0"}
    scene.choose(0, 1)
    press(scene.list, Qt.Key.Key_Delete)
    assert scene.ids() == ["as0", "as2", "as3"]
    assert scene.ways.said == [("It was not done with 1 of 2. Show 0: It is being played.", "Stop it first.")]


def test_one_that_refuses_says_why(scene: Scene) -> None:
    scene.library.refuses = {"as0"}
    scene.choose(0)
    press(scene.list, Qt.Key.Key_Delete)
    assert scene.ways.said == [("It is being played.", "Stop it first.")]
    assert not scene.page.handling.undo.isVisible()


def test_several_are_pinned_and_unpinned(scene: Scene) -> None:
    scene.choose(0, 1)
    click(control(scene.page.choice, "Pin", Button))
    assert [each.is_pinned for each in scene.library.assets] == [True, True, False, False]
    assert [each.is_pinned for each in scene.page.content.chosen] == [True, True]
    click(control(scene.page.choice, "Unpin", Button))
    assert not any(each.is_pinned for each in scene.library.assets)


def test_several_are_moved_to_a_station(scene: Scene) -> None:
    scene.choose(0, 1)
    assert [each.text() for each in scene.page.choice.stations.actions()] == ["First", "Second && last"]
    scene.page.choice.stations.actions()[1].trigger()
    assert [each.station_id for each in scene.library.assets] == ["st2", "st2", "st1", "st1"]


def test_a_title_is_changed_in_its_place(scene: Scene) -> None:
    scene.choose(1)
    press(scene.list, Qt.Key.Key_F2)
    editor = control(scene.page.content, "Title", QLineEdit)
    editor.selectAll()
    type_text(editor, "Renamed")
    press(editor, Qt.Key.Key_Return)
    wait_for(lambda: scene.library.get("as1").title == "Renamed")
    assert scene.page.content.model.rows[1].title == "Renamed"
    wait_for(lambda: scene.list.findChildren(QLineEdit) == [])


def test_letters_on_the_cards_are_searched_for(scene: Scene) -> None:
    scene.library.assets.append(asset(7, "Joke"))
    scene.choose(0)
    press(scene.list, Qt.Key.Key_J)
    assert scene.page.filters.search.text() == "j"
    wait_for(lambda: scene.ids() == ["as7"])


def test_the_menu_pins_and_shows_the_file_and_edits(scene: Scene) -> None:
    scene.choose(1)
    scene.menu("Pin")
    assert scene.library.get("as1").is_pinned
    scene.menu("Show in folder")
    assert scene.shown == [Path("/replays/as1.mp4")]
    scene.menu("Edit details")
    [sheet] = scene.ways.sheets
    assert isinstance(sheet, AssetSheet)
    show(sheet)
    stations = control(sheet, "Station", QComboBox)
    assert [stations.itemText(row) for row in range(3)] == ["No station", "First", "Second & last"]
    assert stations.currentText() == "First"
    stations.setCurrentIndex(2)
    click(control(sheet, "Save", Button))
    assert scene.library.get("as1").station_id == "st2"


def test_the_menu_offers_for_many_what_can_be_done_with_many(scene: Scene) -> None:
    scene.choose(0, 1)
    scene.menu("Move to bin")
    assert scene.ids() == ["as2", "as3"]
    offered = [each.text() for each in scene.page.handling.menu.actions() if each.isVisible() and each.text()]
    assert offered == ["Pin", "Move to bin"]


@pytest.mark.parametrize(
    "fields", [{"video_url": None, "status": "missing"}, {"sync": Sync(state="evicted")}], ids=str
)
def test_cards_are_dragged_out_as_files_those_without_one_stay(
    scene: Scene, fields: dict[str, object]
) -> None:
    scene.library.assets[1] = asset(1, **fields)  # type: ignore[arg-type]
    scene.page.content.reload()
    scene.choose(0, 1, 2)
    scene.list.startDrag(Qt.DropAction.CopyAction)
    assert scene.dragged == [["/replays/as0.mp4", "/replays/as2.mp4"]]
