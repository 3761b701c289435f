"""The card beside a station's recorded shows: what is said of the one that is open, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPlainTextEdit

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.player.playback import PlaybackState
from powerstream_desktop.desktop.station.asset_sheet import AssetSheet
from powerstream_desktop.desktop.station.asset_view import AssetView
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.player.fake_media import MediaMakers
from tests.unit.desktop.replays.fake_client import FakeClient, asset, marker, station


class Scene:
    """The card, shown."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.library.assets = [
            asset(
                1,
                "Evening show",
                markers=(marker(1, 12_000, "Guest joins"), marker(2, 34_000, "<b>Joke</b>")),
            ),
            asset(2, "Morning show", "st2"),
        ]
        self.client.stations.stations = [station(1, "First"), station(2, "Second")]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.makers = MediaMakers()
        self.folders: list[Path] = []
        self.view = AssetView(surroundings, make_media=self.makers, open_folder=self.folders.append)
        show(self.view, 520, 760)

    def open(self, number: int = 1) -> None:
        self.view.show_asset(self.library.get(f"as{number}"))

    def sheet(self) -> AssetSheet:
        [sheet] = self.ways.sheets
        assert isinstance(sheet, AssetSheet)
        return show(sheet)


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.view.close()


def test_nothing_is_open_at_first(scene: Scene) -> None:
    assert "No replay is open." in texts(scene.view)
    assert not scene.view.player.isVisible()


def test_opening_shows_what_is_known_and_offers_to_play(scene: Scene) -> None:
    scene.open()
    assert {"Evening show", "this computer only"} <= set(texts(scene.view))
    assert scene.view.player.state is PlaybackState.OFFERED
    assert scene.makers.made == []
    press(scene.view.player, Qt.Key.Key_Space)
    assert scene.makers.media.asked[-1] == "open /replays/as1.mp4"


def test_a_marker_leads_to_its_moment(scene: Scene) -> None:
    scene.open()
    rows = control(scene.view, "Markers", QListWidget)
    assert [rows.item(row).text() for row in range(rows.count())] == [
        "0:12   Guest joins",
        "0:34   <b>Joke</b>",
    ]
    rows.setCurrentRow(1)
    press(rows, Qt.Key.Key_Return)
    scene.makers.media.measured.emit(65_000)
    assert scene.makers.media.asked[-1] == "seek 34000"


def test_moments_are_marked_and_marks_removed(scene: Scene) -> None:
    scene.open()
    press(scene.view.player, Qt.Key.Key_Space)
    scene.makers.media.moved.emit(20_000)
    click(control(scene.view, "Mark this moment", Button))
    assert [each.offset_ms for each in scene.library.get("as1").markers] == [12_000, 34_000, 20_000]
    rows = control(scene.view, "Markers", QListWidget)
    assert rows.item(1).text() == "0:20"
    rows.setCurrentRow(0)
    click(control(scene.view, "Remove marker", Button))
    assert [each.offset_ms for each in scene.library.get("as1").markers] == [34_000, 20_000]
    assert rows.count() == 2


def test_the_folder_is_shown(scene: Scene) -> None:
    scene.open()
    click(control(scene.view, "Show in folder", Button))
    assert scene.folders == [Path("/replays")]


def test_a_replay_without_a_file_says_why_it_cannot_be_played(scene: Scene) -> None:
    scene.library.assets = [asset(1, status="missing", video_url=None)]
    scene.open()
    assert "The file is not where it was." in texts(scene.view)
    assert not control(scene.view, "Show in folder", Button).isEnabled()
    assert [each for each in scene.library.asked if each.startswith("file")] == []


def test_details_are_edited_in_a_sheet(scene: Scene) -> None:
    scene.open()
    click(control(scene.view, "Edit details", Button))
    sheet = scene.sheet()
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))
    sheet.title.selectAll()
    type_text(sheet.title, "Episode <12>")
    type_text(control(sheet, "Description", QPlainTextEdit), "With guests")
    click(control(sheet, "Save", Button))
    assert closed == [True]
    assert {"Episode <12>", "With guests"} <= set(texts(scene.view))


def test_a_title_is_needed(scene: Scene) -> None:
    scene.open()
    click(control(scene.view, "Edit details", Button))
    sheet = scene.sheet()
    sheet.title.clear()
    press(sheet.title, Qt.Key.Key_Return)
    assert "Give it a title." in texts(sheet)
    assert scene.library.get("as1").title == "Evening show"


def test_removing_asks_once_and_says_where_the_file_stays(scene: Scene) -> None:
    scene.open()
    remove = control(scene.view, "Remove", Button)
    click(remove)
    assert remove.text() == "Really remove?"
    assert len(scene.library.assets) == 2
    click(remove)
    assert [each.id for each in scene.library.assets] == ["as2"]
    assert scene.ways.said == [("Removed from the library.", "The file stays at its place: /replays/as1.mp4")]
    scene.view.follow_change("removed", "as1")
    assert "No replay is open." in texts(scene.view)


def test_a_change_is_shown_while_the_replay_plays_on(scene: Scene) -> None:
    scene.open()
    press(scene.view.player, Qt.Key.Key_Space)
    scene.makers.media.asked.clear()
    scene.library.change("as1", title="Renamed")
    scene.view.follow_change("changed", "as1")
    assert "Renamed" in texts(scene.view)
    assert scene.makers.media.asked == []


def test_the_answer_for_a_replay_that_is_not_shown_any_more_is_nobodys(scene: Scene) -> None:
    scene.desk.is_slow = True
    scene.open(1)
    scene.open(2)
    scene.desk.work()
    press(scene.view.player, Qt.Key.Key_Space)
    assert scene.makers.media.asked[-1] == "open /replays/as2.mp4"


def test_everything_has_a_name(scene: Scene) -> None:
    scene.open()
    assert nameless(scene.view) == []
