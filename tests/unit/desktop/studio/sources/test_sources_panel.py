from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QSlider, QWidget

from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.studio.sources.add_sheet import AddSourceSheet
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing
from powerstream_desktop.desktop.studio.sources.sources_panel import SourcesPanel
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.studio_words import (
    StudioClient,
    a_status,
    devices,
    layer_words,
    studio_words,
    tell,
)

TITLE = {
    "type": "text",
    "text": "Episode 12",
    "kind": "fixed",
    "countdownToS": 0.0,
    "font": "",
    "size": 0.08,
    "bold": False,
    "colour": {"red": 255, "green": 255, "blue": 255, "alpha": 255},
    "outlineColour": {"red": 0, "green": 0, "blue": 0, "alpha": 0},
    "outline": 0.0,
    "alignment": "centre",
}
FILM = {"type": "file", "path": "/films/intro.mp4", "loop": True}


def words_with_title(**title: Any) -> dict[str, Any]:
    words = studio_words()
    words["sources"].append({"id": "title", "name": "Title", "content": {**TITLE, **title}})
    words["sources"].append({"id": "film", "name": "Intro", "content": FILM})
    words["scenes"][1]["layers"].append(layer_words("l-title", "title"))
    words["scenes"][1]["layers"].append(layer_words("l-film", "film"))
    return words


class Stage:
    """The panel beside a scene with a text and a film."""

    def __init__(self) -> None:
        self.client = StudioClient()
        self.client.found = devices()
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        tell(self.feed, a_status(words_with_title()))
        self.holder = QWidget()
        self.editing = SceneEditing(surroundings, self.holder)
        self.panel = show(SourcesPanel(surroundings, self.editing), 384, 800)

    def sources(self) -> list[dict[str, Any]]:
        return [body["source"] for path, body in self.client.asked if path == "source"]

    def layers(self) -> list[dict[str, Any]]:
        return [body["layer"] for path, body in self.client.asked if path == "layer"]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_without_a_selection_it_says_what_can_be_done(stage: Stage) -> None:
    assert any("Select a layer" in text for text in texts(stage.panel))


def test_an_empty_scene_says_so(stage: Stage) -> None:
    words = studio_words()
    words["scenes"][1]["layers"] = []
    tell(stage.feed, a_status(words))
    assert any("shows nothing yet" in text for text in texts(stage.panel))


def test_what_is_typed_is_sent_once_the_keys_rest(stage: Stage) -> None:
    stage.editing.select("l-title")
    box = control(stage.panel, "Text", QPlainTextEdit)
    box.selectAll()
    type_text(box, "Episode 13")
    assert stage.sources() == []
    wait_for(lambda: bool(stage.sources()))
    assert [source["content"]["text"] for source in stage.sources()] == ["Episode 13"]
    assert stage.sources()[0]["name"] == "Title"


def test_what_was_typed_is_sent_when_another_layer_is_selected(stage: Stage) -> None:
    stage.editing.select("l-title")
    type_text(control(stage.panel, "Text", QPlainTextEdit), "!")
    stage.editing.select("l-camera")
    assert [source["id"] for source in stage.sources()] == ["title"]


def test_what_the_engine_tells_does_not_overwrite_what_is_being_typed(stage: Stage) -> None:
    stage.editing.select("l-title")
    box = control(stage.panel, "Text", QPlainTextEdit)
    type_text(box, "X")
    tell(stage.feed, a_status(words_with_title(), canUndo=True))
    assert "X" in box.toPlainText()


def test_what_somebody_else_changed_is_shown(stage: Stage) -> None:
    stage.editing.select("l-title")
    tell(stage.feed, a_status(words_with_title(text="Episode 99", bold=True)))
    assert control(stage.panel, "Text", QPlainTextEdit).toPlainText() == "Episode 99"
    assert control(stage.panel, "Bold", Switch).isChecked()
    assert stage.client.asked == []


def test_a_source_is_renamed(stage: Stage) -> None:
    stage.editing.select("l-title")
    line = control(stage.panel, "Name", QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "Headline")
    press(line, Qt.Key.Key_Return)
    assert stage.sources()[0]["name"] == "Headline"


def test_a_film_is_looped_and_begun_anew(stage: Stage) -> None:
    stage.editing.select("l-film")
    wait_for(control(stage.panel, "Play from the beginning").isVisible)
    click(control(stage.panel, "Play from the beginning"))
    assert stage.client.asked == [("source/restart", {"source": "film"})]
    click(control(stage.panel, "Play again and again", Switch))
    wait_for(lambda: bool(stage.sources()))
    assert stage.sources()[0]["content"] == {**FILM, "loop": False}


def test_a_camera_is_chosen_from_those_that_are_there(stage: Stage) -> None:
    stage.editing.select("l-camera")
    box = control(stage.panel, "Camera", QComboBox)
    assert box.currentText() == "Webcam C270"
    box.setCurrentIndex(1)
    box.activated.emit(1)
    wait_for(lambda: bool(stage.sources()))
    assert stage.sources()[0]["content"]["device"] == "usb:2"


def test_a_camera_that_is_not_there_stays_chosen(stage: Stage) -> None:
    words = words_with_title()
    words["sources"][1]["content"] = {**words["sources"][1]["content"], "device": "usb:9"}
    tell(stage.feed, a_status(words))
    stage.editing.select("l-camera")
    assert control(stage.panel, "Camera", QComboBox).currentText() == "usb:9 (not there now)"
    assert stage.client.asked == []


def test_place_fit_and_opacity_are_changed_by_figures(stage: Stage) -> None:
    stage.editing.select("l-camera")
    control(stage.panel, "Left", QDoubleSpinBox).setValue(10.0)
    assert stage.layers()[-1]["place"]["x"] == pytest.approx(0.1)
    fit = control(stage.panel, "In its place", QComboBox)
    fit.setCurrentIndex(2)
    fit.activated.emit(2)
    wait_for(lambda: stage.layers()[-1]["fit"] == "stretch")
    control(stage.panel, "Opacity", QSlider).setValue(40)
    wait_for(lambda: stage.layers()[-1]["opacity"] == pytest.approx(0.4))


def test_a_layer_fills_the_picture_and_is_uncropped_by_a_press(stage: Stage) -> None:
    words = studio_words()
    words["scenes"][1]["layers"][1]["crop"]["left"] = 0.2
    tell(stage.feed, a_status(words))
    stage.editing.select("l-camera")
    click(control(stage.panel, "Undo the crop"))
    wait_for(lambda: bool(stage.layers()))
    assert stage.layers()[-1]["crop"]["left"] == 0.0
    click(control(stage.panel, "Fill the picture"))
    wait_for(lambda: stage.layers()[-1]["place"]["width"] == 1.0)


def test_a_crop_is_given_in_figures_too_and_leaves_something(stage: Stage) -> None:
    stage.editing.select("l-camera")
    control(stage.panel, "Cut off left", QDoubleSpinBox).setValue(60.0)
    assert stage.layers()[-1]["crop"]["left"] == pytest.approx(0.6)
    control(stage.panel, "Cut off right", QDoubleSpinBox).setValue(90.0)
    wait_for(lambda: stage.layers()[-1]["crop"]["right"] > 0)
    assert stage.layers()[-1]["crop"]["right"] == pytest.approx(0.38)


def test_nothing_of_a_locked_layer_can_be_changed(stage: Stage) -> None:
    words = studio_words()
    words["scenes"][1]["layers"][1]["locked"] = True
    tell(stage.feed, a_status(words))
    stage.editing.select("l-camera")
    assert not stage.panel.layer_form.isEnabled()
    assert not stage.panel.remove.isEnabled()


def test_showing_a_layer_asks_for_nothing(stage: Stage) -> None:
    for layer in ("l-title", "l-film", "l-camera", "l-screen", ""):
        stage.editing.select(layer)
    assert stage.client.asked == []


@pytest.mark.parametrize("layer", ["", "l-title", "l-film", "l-camera", "l-screen"])
def test_every_control_has_a_name(stage: Stage, layer: str) -> None:
    stage.editing.select(layer)
    assert nameless(stage.panel) == []


def test_a_source_is_added_on_a_sheet(stage: Stage) -> None:
    click(control(stage.panel, "+ Source"))
    assert isinstance(stage.ways.sheets[-1], AddSourceSheet)


def test_done_ends_editing(stage: Stage) -> None:
    ended: list[bool] = []
    stage.panel.done.connect(lambda: ended.append(True))
    click(control(stage.panel, "Done"))
    assert ended == [True]
