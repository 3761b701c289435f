from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.studio.sources.layer_list import LayerList, LayerRow
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient, a_status, studio_words, tell


class Stage:
    """The layers of "Screen + camera" in a list."""

    def __init__(self) -> None:
        self.client = StudioClient()
        surroundings, _, self.feed, _ = surroundings_with(self.client)
        tell(self.feed)
        self.holder = QWidget()
        self.editing = SceneEditing(surroundings, self.holder)
        self.list = show(LayerList(self.editing), 360, 240)

    def names(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def tell(self, **layer: Any) -> None:
        """Have the engine tell the camera's layer otherwise."""
        words = studio_words()
        words["scenes"][1]["layers"][1].update(layer)
        tell(self.feed, a_status(words))

    def changed(self) -> dict[str, Any]:
        """Return the layer that was asked for, as the only thing."""
        ((path, body),) = self.client.asked
        assert path == "layer"
        layer: dict[str, Any] = body["layer"]
        return layer


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_foremost_layer_is_on_top(stage: Stage) -> None:
    assert stage.names() == ["Camera", "Screen"]


def test_list_and_picture_select_the_same(stage: Stage) -> None:
    stage.list.setCurrentRow(1)
    assert stage.editing.selected is not None
    assert stage.editing.selected.id == "l-screen"
    stage.editing.select("l-camera")
    assert stage.list.currentRow() == 0
    stage.editing.select("")
    assert stage.list.currentRow() == -1


def test_a_layer_is_hidden_and_locked_by_its_buttons(stage: Stage) -> None:
    click(control(stage.list, "Hide Camera"))
    assert stage.changed()["visible"] is False
    stage.client.asked.clear()
    stage.tell(visible=False)
    click(control(stage.list, "Lock Camera"))
    assert stage.changed()["locked"] is True


def test_a_locked_layer_can_only_be_unlocked(stage: Stage) -> None:
    stage.tell(locked=True)
    assert not control(stage.list, "Hide Camera").isEnabled()
    click(control(stage.list, "Unlock Camera"))
    assert stage.changed()["locked"] is False


def test_what_is_hidden_or_locked_is_said_in_words(stage: Stage) -> None:
    stage.tell(visible=False, locked=True)
    said = stage.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Camera, hidden, locked"


def test_space_hides_and_delete_removes_the_selected_layer(stage: Stage) -> None:
    stage.editing.select("l-camera")
    press(stage.list, Qt.Key.Key_Space)
    assert stage.changed()["visible"] is False
    stage.client.asked.clear()
    press(stage.list, Qt.Key.Key_Delete)
    assert stage.client.asked == [("source/remove", {"source": "camera"})]


@pytest.mark.parametrize(
    ("layer", "key", "wanted"),
    [
        ("l-camera", Qt.Key.Key_Down, [("layer/move", {"layer": "l-camera", "toIndex": 0})]),
        ("l-screen", Qt.Key.Key_Up, [("layer/move", {"layer": "l-screen", "toIndex": 1})]),
        ("l-camera", Qt.Key.Key_Up, []),
        ("l-screen", Qt.Key.Key_Down, []),
    ],
)
def test_control_and_an_arrow_changes_the_order(
    stage: Stage, layer: str, key: Qt.Key, wanted: list[Any]
) -> None:
    stage.editing.select(layer)
    press(stage.list, key, Qt.KeyboardModifier.ControlModifier)
    assert stage.client.asked == wanted


@pytest.mark.parametrize(
    ("row", "over", "share", "wanted"),
    [
        (0, 1, 0.8, [("layer/move", {"layer": "l-camera", "toIndex": 0})]),
        (0, None, 0.0, [("layer/move", {"layer": "l-camera", "toIndex": 0})]),
        (1, 0, 0.2, [("layer/move", {"layer": "l-screen", "toIndex": 1})]),
        (0, 1, 0.2, []),
        (1, 0, 0.8, []),
        (1, 1, 0.8, []),
    ],
)
def test_a_row_is_dropped_between_two_others(
    stage: Stage, row: int, over: int | None, share: float, wanted: list[Any]
) -> None:
    stage.list.setCurrentRow(row)
    rect = stage.list.visualItemRect(stage.list.item(over if over is not None else 1))
    y = rect.bottom() + 30 if over is None else rect.top() + share * rect.height()
    drop = QDropEvent(
        QPointF(20, y),
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    stage.list.dropEvent(drop)
    assert stage.client.asked == wanted
    assert drop.dropAction() is Qt.DropAction.IgnoreAction  # or Qt would take the row out by itself
    assert stage.names() == ["Camera", "Screen"]


def test_rows_stay_themselves_while_a_layer_is_dragged(stage: Stage) -> None:
    row = stage.list.itemWidget(stage.list.item(0))
    assert isinstance(row, LayerRow)
    stage.tell(opacity=0.5)
    assert stage.list.itemWidget(stage.list.item(0)) is row


def test_every_button_in_the_list_has_a_name(stage: Stage) -> None:
    assert nameless(stage.list) == []
