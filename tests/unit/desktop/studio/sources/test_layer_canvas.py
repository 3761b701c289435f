from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from powerstream_desktop.client.errors import RefusedError
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView
from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.sources.handles import Handle
from powerstream_desktop.desktop.studio.sources.layer_canvas import LayerCanvas
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing
from tests.unit.desktop.driver import press, show, wait_for
from tests.unit.desktop.fakes import FakeDesk, surroundings_with
from tests.unit.desktop.studio.studio_words import StudioClient, a_status, studio_words, tell

CORNER = Box(x=0.7, y=0.7, width=0.25, height=0.25)
WIDTH, HEIGHT = 640, 360


class Stage:
    """The layers of "Screen + camera" over a preview of 640x360."""

    def __init__(self) -> None:
        self.client = StudioClient()
        surroundings, desk, self.feed, self.ways = surroundings_with(self.client)
        self.desk: FakeDesk = desk
        tell(self.feed)
        self.preview = PreviewView(surroundings)
        self.editing = SceneEditing(surroundings, self.preview)
        self.canvas = LayerCanvas(self.preview, self.editing)
        show(self.preview, WIDTH, HEIGHT)

    @property
    def selected(self) -> str:
        return self.editing.selected.id if self.editing.selected is not None else ""

    @property
    def wanted(self) -> list[dict[str, Any]]:
        return [body["layer"] for path, body in self.client.asked if path == "layer"]

    @property
    def place(self) -> Box:
        """Where the newest wish has the layer."""
        return Box(**self.wanted[-1]["place"])

    def press(self, x: float, y: float) -> None:
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=point(x, y))

    def move(self, x: float, y: float, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        # QTest.mouseMove takes no modifiers, and where the real pointer stands must not matter.
        event = _move_event(point(x, y), keys)
        self.canvas.mouseMoveEvent(event)

    def release(self) -> None:
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton)
        wait_for(lambda: not self.editing._hand.is_dragging)

    def drag(
        self, start: tuple[float, float], end: tuple[float, float], keys: Any = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.press(*start)
        self.move(*end, keys)
        self.release()


def _move_event(at: QPoint, keys: Qt.KeyboardModifier) -> Any:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    return QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        keys,
    )


def point(x: float, y: float) -> QPoint:
    return QPoint(round(x * WIDTH), round(y * HEIGHT))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_a_press_selects_the_foremost_layer(stage: Stage) -> None:
    stage.press(0.8, 0.8)
    stage.release()
    assert stage.selected == "l-camera"
    stage.press(0.2, 0.2)
    stage.release()
    assert stage.selected == "l-screen"
    assert stage.client.asked == []


def test_a_layer_is_dragged(stage: Stage) -> None:
    stage.drag((0.8, 0.8), (0.5, 0.5), Qt.KeyboardModifier.ControlModifier)
    assert stage.place.is_near(CORNER.moved(-0.3, -0.3), 0.005)


def test_a_dragged_layer_snaps_to_the_edge_of_the_picture(stage: Stage) -> None:
    stage.drag((0.8, 0.8), (0.8 + 0.045, 0.8))
    assert stage.place.right == pytest.approx(1.0)


def test_a_handle_of_the_selected_layer_resizes_it(stage: Stage) -> None:
    stage.editing.select("l-camera")
    stage.drag(Handle.TOP_LEFT.of(CORNER), (0.61, 0.55), Qt.KeyboardModifier.ControlModifier)
    assert stage.place.right == pytest.approx(0.95)
    assert stage.place.bottom == pytest.approx(0.95)
    assert stage.place.x == pytest.approx(0.61, abs=0.005)


def test_alt_and_a_handle_crops(stage: Stage) -> None:
    stage.editing.select("l-camera")
    stage.drag(Handle.LEFT.of(CORNER), (0.825, 0.825), Qt.KeyboardModifier.AltModifier)
    assert stage.wanted[-1]["crop"]["left"] == pytest.approx(0.5, abs=0.02)
    assert stage.place.right == pytest.approx(0.95)


def test_while_dragging_at_most_thirty_wishes_a_second_leave_and_the_last_always(stage: Stage) -> None:
    stage.press(0.8, 0.8)
    for step in range(200):
        stage.move(0.8 - step / 1000, 0.8, Qt.KeyboardModifier.ControlModifier)
    before = len(stage.wanted)
    stage.release()
    assert before < 100
    assert stage.place.x == pytest.approx(CORNER.x - 0.199, abs=0.003)


def test_the_frame_follows_the_mouse_and_not_the_engines_older_word(stage: Stage) -> None:
    stage.desk.is_slow = True
    stage.press(0.8, 0.8)
    stage.move(0.5, 0.8, Qt.KeyboardModifier.ControlModifier)
    tell(stage.feed, a_status(canUndo=True))  # told before the wish was obeyed
    assert stage.editing.selected is not None
    assert stage.editing.selected.place.x == pytest.approx(0.4, abs=0.005)
    stage.desk.is_slow = False
    stage.desk.work()
    stage.release()


def test_when_the_drag_is_over_the_engines_word_counts(stage: Stage) -> None:
    stage.drag((0.8, 0.8), (0.5, 0.8), Qt.KeyboardModifier.ControlModifier)
    words = studio_words()
    words["scenes"][1]["layers"][1]["place"]["x"] = 0.123
    tell(stage.feed, a_status(words))
    assert stage.editing.selected is not None
    assert stage.editing.selected.place.x == 0.123


def test_a_refused_drag_is_said_and_the_layer_stays_where_it_is(stage: Stage) -> None:
    stage.client.refusal = RefusedError("A layer cannot lie there.", status=400, code="refused")
    stage.drag((0.8, 0.8), (0.5, 0.8))
    assert stage.ways.said[0] == ("A layer cannot lie there.", "")
    assert stage.editing.selected is not None
    assert stage.editing.selected.place == CORNER


def test_escape_gives_a_drag_up(stage: Stage) -> None:
    stage.press(0.8, 0.8)
    stage.move(0.5, 0.5)
    press(stage.canvas, Qt.Key.Key_Escape)
    stage.move(0.3, 0.3)
    stage.release()
    assert stage.place.is_near(CORNER)


@pytest.mark.parametrize(
    ("key", "modifiers", "way"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, (-1 / 1920, 0)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (0, 1 / 1080)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, (10 / 1920, 0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, (0, -10 / 1080)),
    ],
)
def test_arrow_keys_nudge_by_a_pixel_and_with_shift_by_ten(
    stage: Stage, key: Qt.Key, modifiers: Qt.KeyboardModifier, way: tuple[float, float]
) -> None:
    stage.editing.select("l-camera")
    press(stage.canvas, key, modifiers)
    assert stage.place.is_near(CORNER.moved(*way), 1e-9)


def test_delete_removes_the_layer_with_a_source_that_nothing_else_shows(stage: Stage) -> None:
    stage.editing.select("l-camera")
    press(stage.canvas, Qt.Key.Key_Delete)
    assert stage.client.asked == [("source/remove", {"source": "camera"})]


def test_a_source_that_another_scene_shows_stays(stage: Stage) -> None:
    tell(stage.feed, a_status(studio_words(current="back")))
    stage.editing.select("l-back")
    press(stage.canvas, Qt.Key.Key_Delete)
    assert stage.client.asked == [("layer/remove", {"layer": "l-back"})]


def test_a_locked_layer_is_neither_taken_nor_moved_nor_removed(stage: Stage) -> None:
    words = studio_words()
    words["scenes"][1]["layers"][1]["locked"] = True
    tell(stage.feed, a_status(words))
    stage.press(0.8, 0.8)
    stage.release()
    assert stage.selected == "l-screen"
    stage.editing.select("l-camera")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Delete):
        press(stage.canvas, key)
    assert stage.client.asked == []


def test_page_keys_walk_through_the_layers(stage: Stage) -> None:
    seen = []
    for _ in range(3):
        press(stage.canvas, Qt.Key.Key_PageUp)
        seen.append(stage.selected)
    assert seen == ["l-screen", "l-camera", "l-screen"]


def test_a_layer_that_goes_is_selected_no_more(stage: Stage) -> None:
    stage.editing.select("l-camera")
    tell(stage.feed, a_status(studio_words(current="back")))
    assert stage.selected == ""


def test_the_frame_and_its_handles_are_painted(stage: Stage) -> None:
    before = stage.preview.grab().toImage()
    stage.editing.select("l-camera")
    after = stage.preview.grab().toImage()
    corner = point(*Handle.TOP_LEFT.of(CORNER))
    assert before.pixelColor(corner) != after.pixelColor(corner)
    assert after.pixelColor(corner).lightness() > 200


def test_the_frames_cover_the_preview_in_every_size(stage: Stage) -> None:
    stage.preview.resize(800, 500)
    wait_for(lambda: stage.canvas.size() == stage.preview.size())
    assert dataclasses.is_dataclass(stage.preview.fit)
