from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from powerstream_desktop.client.computer import DeviceProblem
from powerstream_desktop.client.errors import RefusedError, ServiceGoneError
from powerstream_desktop.desktop.studio.sources.add_sheet import AddSourceSheet
from powerstream_desktop.desktop.studio.sources.content.kinds import KINDS, kind_of
from powerstream_desktop.engine.scene.sources import Source
from powerstream_desktop.service.api.frozen_wishes import value_of
from powerstream_desktop.service.api.studio_wishes import WISHES
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient, a_studio, devices


class Stage:
    """The sheet over a studio of three sources."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.client = StudioClient()
        self.client.found = devices()
        self.client.refusal = refusal
        surroundings, self.desk, _, self.ways = surroundings_with(self.client)
        self.sheet = AddSourceSheet(surroundings, a_studio())
        self.closed: list[bool] = []
        self.sheet.closed.connect(lambda: self.closed.append(True))
        show(self.sheet)

    def choose(self, name: str) -> None:
        rows = [row for row in range(self.sheet.kinds.count()) if self.sheet.kinds.item(row).text() == name]
        self.sheet.kinds.setCurrentRow(rows[0])
        wait_for(lambda: self.sheet.form is None or self.sheet.form.isVisible())

    def added(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the source and the layer that were asked for."""
        (first, source), (second, layer) = self.client.asked
        assert (first, second) == ("source", "layer/add")
        return source["source"], layer


def the_engines(source: dict[str, Any]) -> Source:
    import json

    put = next(wish.command for wish in WISHES if wish.path == "source")
    found: Source = value_of(put, json.dumps({"source": source}).encode()).source
    return found


def test_a_text_is_added_under_its_own_words() -> None:
    stage = Stage()
    stage.choose("Text")
    assert not stage.sheet.add.isEnabled()
    type_text(control(stage.sheet, "Text", QPlainTextEdit), "Welcome")
    click(stage.sheet.add)
    source, layer = stage.added()
    assert (source["name"], source["content"]["text"]) == ("Welcome", "Welcome")
    assert (layer["scene"], layer["layer"]["source"]) == ("both", source["id"])
    assert stage.closed == [True]
    assert the_engines(source).name == "Welcome"


def test_the_first_camera_is_chosen_by_itself_and_lies_in_a_corner() -> None:
    stage = Stage()
    stage.choose("Camera")
    click(stage.sheet.add)
    source, layer = stage.added()
    assert (source["name"], source["content"]["device"]) == ("Webcam C270", "usb:1")
    assert layer["layer"]["place"]["width"] < 0.5
    assert the_engines(source).id == source["id"]


def test_a_network_camera_is_added_by_its_address_and_named_without_it() -> None:
    stage = Stage()
    stage.choose("Camera")
    line = control(stage.sheet, "Network camera", QLineEdit)
    line.setText("rtsp://user:secret@10.0.0.9/live")
    line.editingFinished.emit()
    click(stage.sheet.add)
    source, _ = stage.added()
    assert source["content"]["device"] == "rtsp://user:secret@10.0.0.9/live"
    assert "secret" not in source["name"]
    assert line.displayText() != line.text()


def test_a_window_has_to_be_chosen() -> None:
    stage = Stage()
    stage.choose("Window")
    assert not stage.sheet.add.isEnabled()
    box = control(stage.sheet, "Window", QComboBox)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    click(stage.sheet.add)
    source, _ = stage.added()
    assert source["content"] == {"type": "window", "title": "Notes"}


def test_a_screen_and_a_test_picture_need_nothing() -> None:
    for name, kind in (("Screen", "screen"), ("Test picture", "test")):
        stage = Stage()
        stage.choose(name)
        click(stage.sheet.add)
        source, _ = stage.added()
        assert source["content"]["type"] == kind
        assert the_engines(source).content.type == kind


@pytest.mark.parametrize("kind", ["Image", "Media file"])
def test_a_file_is_added_under_its_own_name(kind: str) -> None:
    stage = Stage()
    stage.choose(kind)
    assert not stage.sheet.add.isEnabled()
    line = control(stage.sheet, "Picture file" if kind == "Image" else "Media file", QLineEdit)
    line.setText("/somewhere/Opening titles.mov")
    line.editingFinished.emit()
    click(stage.sheet.add)
    source, _ = stage.added()
    assert (source["name"], source["content"]["path"]) == ("Opening titles", "/somewhere/Opening titles.mov")


def test_a_name_of_ones_own_is_taken() -> None:
    stage = Stage()
    type_text(stage.sheet.name, "Left screen")
    click(stage.sheet.add)
    assert stage.added()[0]["name"] == "Left screen"


def test_no_two_sources_get_the_same_name() -> None:
    stage = Stage()
    stage.choose("Colour")
    assert stage.sheet.name.placeholderText() == "Colour"
    stage.choose("Screen")
    assert stage.sheet.name.placeholderText() == "Screen 2"


def test_a_source_that_is_there_already_is_shown_in_this_scene_too() -> None:
    stage = Stage()
    stage.choose("Night")
    click(stage.sheet.add)
    ((path, body),) = stage.client.asked
    assert (path, body["layer"]["source"]) == ("layer/add", "night")


def test_a_refusal_is_said_in_place_and_the_sheet_stays() -> None:
    stage = Stage()
    stage.client.refusal = RefusedError("There is no room.", status=400, code="refused", hint="Remove one.")
    click(stage.sheet.add)
    assert "There is no room. Remove one." in texts(stage.sheet)
    assert stage.closed == []
    assert stage.sheet.add.isEnabled()


def test_devices_that_cannot_be_listed_are_said_to_be_so() -> None:
    stage = Stage(ServiceGoneError("No service runs."))
    stage.choose("Camera")
    assert any("No service runs." in text for text in texts(stage.sheet))
    assert stage.desk.refused == []


def test_no_camera_is_said_to_be_none() -> None:
    stage = Stage()
    stage.client.found = devices(cameras=())
    stage.choose("Camera")
    click(control(stage.sheet, "Look again"))
    assert any("No camera is connected." in text for text in texts(stage.sheet))


@pytest.mark.parametrize(("kind", "is_its"), [("Screen", False), ("Window", False), ("Camera", True)])
def test_what_is_wrong_with_a_list_is_said_beside_that_list_only(kind: str, *, is_its: bool) -> None:
    stage = Stage()
    problem = DeviceProblem(kinds=("camera",), title="The cameras cannot be listed.")
    stage.client.found = devices(windows=(), cameras=(), problems=(problem,))
    stage.choose(kind)
    click(control(stage.sheet, "Look again"))
    assert any("The cameras cannot be listed." in text for text in texts(stage.sheet)) is is_its


@pytest.mark.parametrize("row", range(len(KINDS)))
def test_every_control_of_every_kind_has_a_name(row: int) -> None:
    stage = Stage()
    stage.sheet.kinds.setCurrentRow(row)
    assert nameless(stage.sheet) == []


def test_a_kind_of_another_age_has_a_name_and_an_icon() -> None:
    kind = kind_of("hologram")
    assert (kind.type, kind.name) == ("hologram", "Source")


def test_what_is_there_already_stands_below_a_heading_that_is_passed_over() -> None:
    stage = Stage()
    kinds = stage.sheet.kinds
    kinds.setCurrentRow(len(KINDS) - 1)
    press(kinds, Qt.Key.Key_Down)
    assert kinds.item(len(KINDS)).flags() == Qt.ItemFlag.NoItemFlags
    assert kinds.currentItem().text() == "Screen"
    assert stage.sheet.form is None
