from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from powerstream_desktop.client.errors import RefusedError
from powerstream_desktop.desktop.studio.scenes.scene_menu import SceneMenu
from powerstream_desktop.desktop.studio.scenes.scene_strip import SceneStrip
from powerstream_desktop.desktop.studio.scenes.scene_tile import SceneTile
from tests.unit.desktop.access_walk import keyboard_order, nameless
from tests.unit.desktop.driver import click, control, press, show, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient, a_status, studio_words, tell


class Stage:
    """A strip in a window, of three scenes."""

    def __init__(self) -> None:
        self.client = StudioClient()
        surroundings, _, self.feed, self.ways = surroundings_with(self.client)
        tell(self.feed)
        self.strip = show(SceneStrip(surroundings), 900, 60)

    def tile(self, name: str) -> SceneTile:
        return control(self.strip, name, SceneTile)

    def names(self) -> list[str]:
        return [tile.accessibleName() for tile in self.strip.tiles]

    def tell(self, **values: Any) -> None:
        tell(self.feed, a_status(studio_words(**values)))

    def menu(self, kind: type[QMenu] = QMenu) -> QMenu:
        wait_for(lambda: any(menu.isVisible() for menu in self.strip.findChildren(kind)))
        return next(menu for menu in self.strip.findChildren(kind) if menu.isVisible())

    def choose(self, menu: QMenu, text: str) -> None:
        next(action for action in menu.actions() if action.text() == text).trigger()
        menu.close()

    def order_wanted(self) -> list[str]:
        """Return the order of scenes that was asked for, as the only thing."""
        ((path, body),) = self.client.asked
        assert path == "replace"
        return [scene["id"] for scene in body["studio"]["scenes"]]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_scenes_stand_in_their_order_with_their_keys_and_the_one_that_is_on(stage: Stage) -> None:
    assert stage.names() == ["Starting soon", "Screen + camera", "Be right back"]
    assert [tile.is_on for tile in stage.strip.tiles] == [False, True, False]
    assert "On now." in stage.tile("Screen + camera").accessibleDescription()


def test_a_press_puts_a_scene_on_and_the_outline_follows_the_engine(stage: Stage) -> None:
    click(stage.tile("Be right back"))
    assert stage.client.asked == [("scene", {"scene": "back"})]
    assert stage.tile("Be right back").is_wanted
    assert stage.tile("Screen + camera").is_on
    stage.tell(current="back")
    assert stage.tile("Be right back").is_on
    assert not stage.tile("Be right back").is_wanted


def test_a_scene_that_is_on_is_not_asked_for_again(stage: Stage) -> None:
    click(stage.tile("Screen + camera"))
    assert stage.client.asked == []


def test_a_refused_switch_is_said_and_wanted_no_more(stage: Stage) -> None:
    stage.client.refusal = RefusedError("There is no such scene.", status=400, code="no", hint="Look again.")
    click(stage.tile("Be right back"))
    assert stage.ways.said == [("There is no such scene.", "Look again.")]
    assert not stage.tile("Be right back").is_wanted


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_scene_is_put_on_by_the_keyboard(stage: Stage, key: Qt.Key) -> None:
    press(stage.tile("Starting soon"), key)
    assert stage.client.asked == [("scene", {"scene": "soon"})]


def test_control_and_an_arrow_moves_a_scene(stage: Stage) -> None:
    press(stage.tile("Starting soon"), Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert stage.client.asked == []  # it is the first already
    press(stage.tile("Starting soon"), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert stage.order_wanted() == ["both", "soon", "back"]


def test_a_scene_is_dragged_to_another_place(stage: Stage) -> None:
    tile, last = stage.tile("Starting soon"), stage.tile("Be right back")
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=tile.rect().center())
    there = tile.mapFromGlobal(last.mapToGlobal(last.rect().topRight() - QPoint(4, -10)))
    QTest.mouseMove(tile, tile.rect().center() + QPoint(30, 0))
    QTest.mouseMove(tile, there)
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=there)
    assert stage.order_wanted() == ["both", "back", "soon"]


def test_a_hand_that_shakes_does_not_drag(stage: Stage) -> None:
    tile = stage.tile("Starting soon")
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=tile.rect().center())
    QTest.mouseMove(tile, tile.rect().center() + QPoint(2, 1))
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=tile.rect().center() + QPoint(2, 1))
    assert stage.client.asked == [("scene", {"scene": "soon"})]


def test_a_scene_is_renamed_in_its_place(stage: Stage) -> None:
    press(stage.tile("Starting soon"), Qt.Key.Key_F2)
    line = control(stage.strip, "Name of the scene", QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "Welcome")
    press(line, Qt.Key.Key_Return)
    ((path, body),) = stage.client.asked
    assert (path, body["scene"]["name"]) == ("scenes", "Welcome")


@pytest.mark.parametrize("name", ["", "   ", "Starting soon"])
def test_a_name_that_is_none_changes_nothing(stage: Stage, name: str) -> None:
    press(stage.tile("Starting soon"), Qt.Key.Key_F2)
    line = control(stage.strip, "Name of the scene", QLineEdit)
    line.setText(name)
    press(line, Qt.Key.Key_Return)
    assert stage.client.asked == []


def test_escape_leaves_the_name_as_it_was(stage: Stage) -> None:
    press(stage.tile("Starting soon"), Qt.Key.Key_F2)
    line = control(stage.strip, "Name of the scene", QLineEdit)
    line.setText("Welcome")
    press(line, Qt.Key.Key_Escape)
    assert stage.client.asked == []
    assert not any(each.isVisible() for each in stage.strip.findChildren(QLineEdit))


def test_a_new_scene_is_added_and_named_at_once(stage: Stage) -> None:
    click(control(stage.strip, "+ Scene"))
    stage.choose(stage.menu(), "Empty scene")
    path, body = stage.client.asked[0]
    assert (path, body["scene"]["name"]) == ("scenes", "Scene")
    stage.tell(scenes=[*studio_words()["scenes"], body["scene"]])
    assert stage.names()[-1] == "Scene"
    assert control(stage.strip, "Name of the scene", QLineEdit).isVisible()


def test_a_scene_is_added_from_a_copy_under_a_free_name(stage: Stage) -> None:
    click(control(stage.strip, "+ Scene"))
    stage.choose(stage.menu(), "Copy of “Screen + camera”")
    _, body = stage.client.asked[0]
    assert body["scene"]["name"] == "Screen + camera 2"
    assert [layer["source"] for layer in body["scene"]["layers"]] == ["screen", "camera"]


def test_deleting_asks_once_in_the_menu(stage: Stage) -> None:
    tile = stage.tile("Starting soon")
    tile.menu_wanted.emit(tile.mapToGlobal(QPoint(5, 5)))
    menu = stage.menu(SceneMenu)
    (deleting,) = menu.findChildren(QMenu)
    assert stage.client.asked == []
    deleting.actions()[0].trigger()
    menu.close()
    assert stage.client.asked == [("scenes/remove", {"scene": "soon"})]


def test_the_scene_that_is_on_cannot_be_deleted(stage: Stage) -> None:
    tile = stage.tile("Screen + camera")
    tile.menu_wanted.emit(tile.mapToGlobal(QPoint(5, 5)))
    menu = stage.menu(SceneMenu)
    assert menu.findChildren(QMenu) == []
    assert not menu.actions()[-1].isEnabled()
    menu.close()


def test_an_ampersand_in_a_name_stays_one(stage: Stage) -> None:
    scenes = studio_words()["scenes"]
    scenes[0]["name"] = "Q & A"
    stage.tell(scenes=scenes)
    click(control(stage.strip, "+ Scene"))
    menu = stage.menu()
    assert "Copy of “Q && A”" in [action.text() for action in menu.actions()]
    menu.close()


def test_a_tile_stays_itself_when_another_scene_goes(stage: Stage) -> None:
    tile = stage.tile("Screen + camera")
    stage.tell(scenes=studio_words()["scenes"][1:])
    assert stage.strip.tiles[0] is tile
    assert stage.names() == ["Screen + camera", "Be right back"]


def test_before_the_engine_told_its_scenes_there_is_nothing_to_press() -> None:
    surroundings, _, _, _ = surroundings_with(StudioClient())
    strip = show(SceneStrip(surroundings), 900, 60)
    assert strip.tiles == ()
    assert not control(strip, "+ Scene").isEnabled()


def test_the_keyboard_reaches_every_scene_in_its_order_and_each_has_a_name(stage: Stage) -> None:
    assert nameless(stage.strip) == []
    order = [widget for widget in keyboard_order(stage.strip) if isinstance(widget, SceneTile)]
    assert order == list(stage.strip.tiles)


def test_many_scenes_are_scrolled_and_not_squeezed() -> None:
    surroundings, _, feed, _ = surroundings_with(StudioClient())
    scenes: list[dict[str, Any]] = [
        {"id": f"s{number}", "name": f"Scene {number}", "layers": [], "portrait": None}
        for number in range(30)
    ]
    tell(feed, a_status(studio_words(scenes=scenes, current="s0")))
    strip = show(SceneStrip(surroundings), 600, 70)
    assert all(tile.width() >= tile.sizeHint().width() for tile in strip.tiles)
    assert strip.tiles[9].accessibleDescription() == ""  # only nine have keys
    assert control(strip, "+ Scene").isVisible()


def test_the_keys_are_those_of_the_settings(stage: Stage) -> None:
    assert "2" in stage.tile("Screen + camera").accessibleDescription()
    stage.strip.show_hotkeys({1: "Ctrl+Alt+W"})
    assert stage.tile("Starting soon").accessibleDescription().endswith("W")
    assert stage.tile("Be right back").accessibleDescription() == ""
