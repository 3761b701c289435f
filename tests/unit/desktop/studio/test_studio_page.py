from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from powerstream_desktop.client.settings import Value
from powerstream_desktop.desktop.studio.page import StudioPage
from tests.unit.desktop.access_walk import keyboard_order, nameless
from tests.unit.desktop.driver import click, control, press, show, texts
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.page_client import PageClient
from tests.unit.desktop.studio.studio_words import a_status, an_engine, layer_words, studio_words, tell

SETTINGS: dict[str, Value] = {
    "video.size": "1920x1080",
    "video.fps": 30,
    "hotkeys.scene_1": "Ctrl+Alt+W",
}
BOTH = {"renditions": [{"rendition": "landscape"}, {"rendition": "portrait"}]}


class Stage:
    """The page in a window."""

    def __init__(self) -> None:
        self.client = PageClient()
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        tell(self.feed)
        self.tell_settings(SETTINGS)
        self.page = StudioPage(surroundings)
        self.page.came_up()
        show(self.page, 1364, 820)

    def tell_settings(self, values: dict[str, Value]) -> None:
        self.feed.replace(replace(self.feed.now, settings=values))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_program_is_watched_while_the_page_is_up(stage: Stage) -> None:
    assert stage.page.program.preview.is_watching
    watched = []
    for turn in (stage.page.went_down, stage.page.came_up):
        turn()
        watched.append(stage.page.program.preview.is_watching)
    assert watched == [False, True]


def test_size_and_pace_of_the_program_and_the_keys_of_scenes_are_those_of_the_settings(stage: Stage) -> None:
    assert "1920×1080 · 30 fps" in texts(stage.page)
    assert stage.page.scenes.tiles[0].accessibleDescription().endswith("W")


def test_settings_that_somebody_changes_meanwhile_are_shown(stage: Stage) -> None:
    stage.tell_settings({**SETTINGS, "video.fps": 60, "hotkeys.scene_1": "Ctrl+Alt+F1"})
    assert "1920×1080 · 60 fps" in texts(stage.page)
    assert stage.page.scenes.tiles[0].accessibleDescription().endswith("F1")


def test_the_editor_takes_the_destinations_place_and_gives_it_back(stage: Stage) -> None:
    page = stage.page
    assert page.destinations.isVisible()
    assert not page.program.layers.isVisible()
    click(page.sources)
    assert page.panel.isVisible()
    assert page.program.layers.isVisible()
    assert page.recording.isVisible()
    click(control(page.panel, "Done"))
    assert page.destinations.isVisible()
    assert not page.sources.isChecked()
    assert not page.program.layers.isVisible()


def test_nothing_on_the_picture_is_dragged_before_the_editor_is_open(stage: Stage) -> None:
    preview = stage.page.program.preview
    QTest.mousePress(preview, Qt.MouseButton.LeftButton, pos=preview.rect().center())
    QTest.mouseMove(preview, preview.rect().center() + QPoint(60, 30))
    QTest.mouseRelease(preview, Qt.MouseButton.LeftButton)
    assert stage.client.asked == []


def test_a_double_click_on_the_picture_opens_the_editor(stage: Stage) -> None:
    QTest.mouseDClick(stage.page.program.preview, Qt.MouseButton.LeftButton)
    assert stage.page.panel.isVisible()


def test_the_editor_is_opened_by_its_name(stage: Stage) -> None:
    stage.page.show_subject("sources")
    assert stage.page.panel.isVisible()


def test_undo_and_redo_are_offered_as_the_engine_says(stage: Stage) -> None:
    program = stage.page.program
    assert not program.undo.isEnabled()
    tell(stage.feed, a_status(canUndo=True))
    click(program.undo)
    assert not program.redo.isEnabled()
    tell(stage.feed, a_status(canRedo=True))
    click(program.redo)
    assert stage.client.asked == [("undo", {}), ("redo", {})]


def test_undo_has_the_systems_own_key(stage: Stage) -> None:
    tell(stage.feed, a_status(canUndo=True))
    tile = stage.page.scenes.tiles[0]
    tile.setFocus()
    press(tile, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stage.client.asked == [("undo", {})]


def test_the_portrait_stands_beside_the_program_while_it_is_made(stage: Stage) -> None:
    program = stage.page.program
    assert not program.portrait.isVisible()
    tell(stage.feed, engine=an_engine(stats=BOTH))
    assert program.portrait.isVisible()
    assert program.window_handle.isVisible()
    tell(stage.feed, engine=an_engine())
    assert not program.portrait.isVisible()
    assert not program.window_handle.isVisible()


def test_a_scene_with_a_portrait_layout_of_its_own_has_no_window_to_move(stage: Stage) -> None:
    words = studio_words()
    words["scenes"][1]["portrait"] = []
    tell(stage.feed, a_status(words), an_engine(stats=BOTH))
    assert stage.page.program.portrait.isVisible()
    assert not stage.page.program.window_handle.isVisible()


def test_a_scene_without_anything_to_see_says_so_on_the_picture(stage: Stage) -> None:
    said = []
    for layers in ([], [layer_words("a", "screen", visible=False)], [layer_words("a", "screen")]):
        words = studio_words()
        words["scenes"][1]["layers"] = layers
        tell(stage.feed, a_status(words))
        said.append(stage.page.program.preview._hint)
    assert [bool(hint) for hint in said] == [True, True, False]
    assert said[0] != said[1]


def test_the_keyboard_reaches_everything_and_everything_has_a_name(stage: Stage) -> None:
    assert nameless(stage.page) == []
    order = keyboard_order(stage.page)
    assert order.index(stage.page.program.privacy) < order.index(stage.page.scenes.tiles[0])
    assert order.index(stage.page.scenes.tiles[0]) < order.index(stage.page.sources)


def test_the_page_fits_into_the_smallest_window(stage: Stage) -> None:
    hint = stage.page.minimumSizeHint()
    assert (hint.width() <= 1280 - 76, hint.height() <= 800 - 80) == (True, True)
