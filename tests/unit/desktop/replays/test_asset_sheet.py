"""The sheet that edits what is said of a replay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.asset_sheet import MAX_DESCRIPTION, AssetSheet
from tests.unit.desktop.driver import click, control, press, show, texts, type_text
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.replays.fake_client import FakeClient, asset


class Scene:
    """The sheet of a replay, shown, and what it said."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.library.assets = [asset(1, "Evening show")]
        surroundings = surroundings_with(self.client)[0]
        self.sheet = show(AssetSheet(surroundings, self.library.assets[0]))
        self.saved: list[Asset] = []
        self.closed: list[bool] = []
        self.sheet.saved.connect(self.saved.append)
        self.sheet.closed.connect(lambda: self.closed.append(True))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_title_and_description_are_kept_as_plain_text_when_they_are_saved(scene: Scene) -> None:
    scene.sheet.title.selectAll()
    type_text(scene.sheet.title, "Episode <12>")
    type_text(control(scene.sheet, "Description", QPlainTextEdit), "With guests")
    assert scene.saved == []
    click(control(scene.sheet, "Save", Button))
    [saved] = scene.saved
    assert (saved.title, saved.description) == ("Episode <12>", "With guests")
    assert scene.library.assets == [saved]
    assert scene.closed == [True]


def test_a_title_is_needed(scene: Scene) -> None:
    scene.sheet.title.clear()
    press(scene.sheet.title, Qt.Key.Key_Return)
    assert "Give it a title." in texts(scene.sheet)
    assert scene.library.get("as1").title == "Evening show"


def test_a_description_that_is_too_long_is_said_at_its_field(scene: Scene) -> None:
    scene.sheet.description.setPlainText("x" * (MAX_DESCRIPTION + 1))
    click(control(scene.sheet, "Save", Button))
    assert f"At most {MAX_DESCRIPTION} characters." in texts(scene.sheet)
    assert scene.saved == []


def test_a_refusal_says_why_and_can_be_tried_again(scene: Scene) -> None:
    scene.library.refuses = {"as1"}
    click(control(scene.sheet, "Save", Button))
    assert any("It is being played." in each for each in texts(scene.sheet))
    assert scene.sheet.save.isEnabled()
    assert scene.closed == []
