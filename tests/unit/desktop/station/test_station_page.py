"""The page of a station."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from powerstream_desktop.client.live import LiveStatus
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.asset_sheet import AssetSheet
from powerstream_desktop.desktop.review.review_panel import ReviewPanel
from powerstream_desktop.desktop.shell.surroundings import PageName
from powerstream_desktop.desktop.station.page import StationPage
from powerstream_desktop.desktop.station.picture_file import MAX_BYTES, SIDE_PX, picture_of
from powerstream_desktop.desktop.station.station_picture import StationPicture
from powerstream_desktop.desktop.station.station_sheet import StationSheet
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.player.fake_media import FakeMedia, MediaMakers
from tests.unit.desktop.replays.fake_client import FakeClient, asset, live_on, station
from tests.unit.desktop.review.fake_frames import FrameMakers

PLAYLIST = "open http://127.0.0.1:5001/live/slug-1/index.m3u8"


def write_picture(path: Path, width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    assert image.save(str(path))


def shows_image(page: StationPage) -> bool:
    picture = page.head.findChild(StationPicture)
    assert isinstance(picture, StationPicture)
    return picture.has_image


def sheet_named(name: str) -> QWidget:
    sheet = QWidget()
    sheet.setObjectName(name)
    return sheet


class Scene:
    """The page, shown once ``come_up`` was called."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library, self.stations = self.client.library, self.client.stations
        self.stations.stations = [station(1, "Evening"), station(2, "Morning")]
        self.library.assets = [asset(1), asset(2, station_id="st2")]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.makers, self.frames = MediaMakers(), FrameMakers()
        self.shown: list[Path] = []
        self.picture_file = Path("nowhere.png")
        self.page = StationPage(
            surroundings,
            make_media=self.makers,
            make_frames=self.frames,
            show_file=self.shown.append,
            ask_picture=lambda _, then: then(self.picture_file),
            make_go_live=lambda _, station_id: sheet_named(f"go live with {station_id}"),
        )

    def come_up(self) -> StationPage:
        show(self.page, 1200, 760)
        self.page.came_up()
        return self.page

    def live(self, live: LiveStatus | None) -> None:
        self.feed.replace(replace(self.feed.now, live=live))

    @property
    def media(self) -> FakeMedia:
        return self.makers.media

    def sheet(self) -> StationSheet:
        [sheet] = self.ways.sheets
        assert isinstance(sheet, StationSheet)
        return show(sheet)


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.page.close()


def test_a_station_is_shown_with_its_shows_and_that_it_is_off_air(scene: Scene) -> None:
    page = scene.come_up()
    assert {"Evening", "/slug-1", "○ Off air"} <= set(texts(page))
    assert [each.id for each in page.content.model.rows] == ["as1"]


def test_another_station_is_picked(scene: Scene) -> None:
    page = scene.come_up()
    press(control(page, "Station", QComboBox), Qt.Key.Key_Down)
    assert "Morning" in texts(page.head)
    assert [each.id for each in page.content.model.rows] == ["as2"]


def test_another_page_may_lead_to_a_station(scene: Scene) -> None:
    page = scene.come_up()
    page.show_subject("st2")
    assert "Morning" in texts(page.head)


def test_the_station_on_air_is_shown_first(scene: Scene) -> None:
    scene.live(live_on("st2"))
    assert "Morning" in texts(scene.come_up().head)


def test_its_broadcast_is_played_while_it_is_on_air(scene: Scene) -> None:
    page = scene.come_up()
    scene.live(live_on("st1"))
    assert "● LIVE" in texts(page)
    assert not page.head.go_live.isVisible()
    assert scene.media.asked[-1] == PLAYLIST
    assert "muted True" in scene.media.asked, "a microphone would send it once more"
    scene.live(live_on("st1", None))
    assert "○ Off air" in texts(page)
    assert scene.media.asked[-1] == "close"
    assert not page.view.live.isVisible()


def test_a_minimised_window_decodes_nothing(scene: Scene) -> None:
    page = scene.come_up()
    scene.live(live_on("st1"))
    page.went_down()
    assert scene.media.asked[-1] == "close"
    page.came_up()
    assert scene.media.asked[-1] == PLAYLIST


def test_its_shows_are_asked_for_when_a_broadcast_ends(scene: Scene) -> None:
    page = scene.come_up()
    scene.live(live_on("st1"))
    scene.library.assets.insert(0, asset(3, "Tonight"))
    scene.live(live_on("st1", None))
    assert [each.title for each in page.content.model.rows] == ["Tonight", "Show 1"]


def test_a_show_that_was_recorded_appears_when_the_library_says_so(scene: Scene) -> None:
    page = scene.come_up()
    scene.library.assets.insert(0, asset(3, "Tonight"))
    scene.feed.library_changed.emit({"change": "added", "assetId": "as3"})
    assert [each.title for each in page.content.model.rows] == ["Tonight", "Show 1"]


def test_another_stations_broadcast_is_not_its_own(scene: Scene) -> None:
    page = scene.come_up()
    scene.live(live_on("st2"))
    assert "○ Off air" in texts(page)
    assert not page.head.go_live.isEnabled()
    assert page.head.go_live.toolTip() == "Another broadcast is running."
    assert scene.makers.made == []


def test_a_replay_may_be_opened_over_the_broadcast_which_is_left_meanwhile(scene: Scene) -> None:
    page = scene.come_up()
    scene.live(live_on("st1"))
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_Space)
    assert page.view.panel.isVisible()
    assert not page.view.live.isVisible()
    assert scene.media.asked[-1] == "close"
    click(control(page, "Back to the broadcast", Button))
    assert page.view.live.isVisible()
    assert scene.media.asked[-1] == PLAYLIST


def test_what_reviews_is_made_for_the_first_show_that_is_opened(scene: Scene) -> None:
    page = scene.come_up()
    assert page.view.findChild(ReviewPanel) is None, "the page would come up later"
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_Space)
    assert page.view.findChild(ReviewPanel) is page.view.panel
    assert page.view.panel.isVisible()


def test_opening_a_show_reviews_it_and_return_plays_it(scene: Scene) -> None:
    page = scene.come_up()
    assert "No replay is open." in texts(page.view)
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_Space)
    assert scene.frames.frames.asked[-1] == "open /replays/as1.mp4"
    assert scene.makers.made == [], "nothing is heard before play is pressed"
    press(page.content.list, Qt.Key.Key_Return)
    assert scene.media.asked[-1] == "open /replays/as1.mp4"
    page.went_down()
    assert scene.media.asked[-1] == "pause"


def test_a_show_that_is_removed_gives_its_place_back_to_the_broadcast(scene: Scene) -> None:
    page = scene.come_up()
    scene.live(live_on("st1"))
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_Space)
    assert not page.view.live.isVisible()
    scene.feed.library_changed.emit({"change": "removed", "assetId": "as1"})
    assert page.view.live.isVisible()
    assert "No recorded shows for this station yet." in texts(page)


def test_a_show_of_another_station_is_shown_no_more(scene: Scene) -> None:
    page = scene.come_up()
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_Space)
    press(control(page, "Station", QComboBox), Qt.Key.Key_Down)
    assert "No replay is open." in texts(page.view)


def test_a_show_goes_into_the_bin_and_comes_back(scene: Scene) -> None:
    page = scene.come_up()
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_Space)
    press(page.content.list, Qt.Key.Key_Delete)
    assert [each.id for each in scene.library.assets] == ["as2"]
    assert "No replay is open." in texts(page.view), "some systems move no file that is open"
    click(control(page, "Undo", Button))
    assert [each.id for each in page.content.model.rows] == ["as1"]


def test_folder_details_and_report_of_a_show_are_a_step_away(scene: Scene) -> None:
    scene.library.assets = [asset(1, multistream_session_id="s1")]
    page = scene.come_up()
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_Space)
    page.view.panel.deeds.folder.trigger()
    assert scene.shown == [Path("/replays/as1.mp4")]
    page.view.panel.deeds.report.trigger()
    assert scene.ways.went == [(PageName.SESSIONS, "s1")]
    click(control(page.view, "Edit details", Button))
    [sheet] = scene.ways.sheets
    assert isinstance(sheet, AssetSheet)
    show(sheet)
    sheet.title.selectAll()
    type_text(sheet.title, "Better")
    press(sheet.title, Qt.Key.Key_Return)
    assert page.content.model.rows[0].title == "Better"
    assert "Better" in texts(page.view)


def test_going_live_begins_with_this_station(scene: Scene) -> None:
    page = scene.come_up()
    click(page.head.go_live)
    assert [sheet.objectName() for sheet in scene.ways.sheets] == ["go live with st1"]


def test_without_a_station_there_is_a_way_to_make_one(scene: Scene) -> None:
    scene.stations.stations = []
    page = scene.come_up()
    assert "There is no station yet." in texts(page)
    click(control(page.filler, "New station", Button))
    sheet = scene.sheet()
    type_text(sheet.name, "Night")
    type_text(control(sheet, "Description", QPlainTextEdit), "Late")
    press(sheet.name, Qt.Key.Key_Return)
    assert {"Night", "Late"} <= set(texts(page.head))


def test_a_station_is_edited_and_keeps_its_address(scene: Scene) -> None:
    page = scene.come_up()
    click(page.head.edit)
    sheet = scene.sheet()
    sheet.name.selectAll()
    type_text(sheet.name, "Renamed")
    sheet.slug.clear()
    click(control(sheet, "Save", Button))
    assert {"Renamed", "/slug-1"} <= set(texts(page.head))


def test_a_sheet_begins_where_one_types(scene: Scene) -> None:
    page = scene.come_up()
    click(page.head.edit)
    sheet = scene.sheet()
    assert sheet.focusWidget() is sheet.name


def test_a_name_is_needed(scene: Scene) -> None:
    page = scene.come_up()
    click(page.add)
    sheet = scene.sheet()
    click(control(sheet, "Save", Button))
    assert "Give it a name." in texts(sheet)
    assert len(scene.stations.stations) == 2


def test_an_address_that_is_taken_is_said_at_its_field(scene: Scene) -> None:
    scene.stations.taken_slug = "show"
    page = scene.come_up()
    click(page.add)
    sheet = scene.sheet()
    type_text(sheet.name, "Show")
    type_text(sheet.slug, "show")
    click(control(sheet, "Save", Button))
    assert "This address is taken. Choose another." in texts(sheet)
    assert sheet.save.isEnabled()


def test_a_picture_is_chosen_made_small_shown_and_taken_away(scene: Scene, tmp_path: Path) -> None:
    scene.picture_file = tmp_path / "wide.png"
    write_picture(scene.picture_file, 1600, 900)
    page = scene.come_up()
    assert not shows_image(page)
    click(page.head.edit)
    sheet = scene.sheet()
    click(control(sheet, "Choose picture…", Button))
    assert scene.stations.pictures == {}, "nothing is kept before it is saved"
    click(control(sheet, "Save", Button))
    kept = QImage.fromData(scene.stations.pictures["st1"])
    assert (kept.width(), kept.height()) == (SIDE_PX, SIDE_PX)
    assert shows_image(page)
    scene.ways.close_sheet()
    click(page.head.edit)
    sheet = scene.sheet()
    click(control(sheet, "Remove picture", Button))
    click(control(sheet, "Save", Button))
    assert scene.stations.pictures == {}
    assert not shows_image(page)


def test_a_file_that_is_no_picture_says_so(scene: Scene) -> None:
    page = scene.come_up()
    click(page.add)
    sheet = scene.sheet()
    click(control(sheet, "Choose picture…", Button))
    assert "This file is no picture. Choose a JPEG or PNG file." in texts(sheet)
    assert sheet.save.isEnabled()


def test_a_picture_fits_into_what_the_service_takes_whatever_it_shows(tmp_path: Path) -> None:
    noise = QImage(os.urandom(512 * 512 * 4), 512, 512, QImage.Format.Format_RGB32)
    assert noise.save(str(tmp_path / "noise.png"))
    content = picture_of(tmp_path / "noise.png")
    assert content.startswith(b"\xff\xd8\xff")
    assert len(content) <= MAX_BYTES


def test_deleting_a_station_asks_once(scene: Scene) -> None:
    page = scene.come_up()
    click(page.head.edit)
    delete = control(scene.sheet(), "Delete station", Button)
    click(delete)
    assert len(scene.stations.stations) == 2
    click(delete)
    assert [each.id for each in scene.stations.stations] == ["st2"]
    assert "Morning" in texts(page.head)


def test_stations_that_cannot_be_had_say_why_and_can_be_tried_again(scene: Scene) -> None:
    scene.stations.is_gone = True
    page = scene.come_up()
    assert "PowerStream's service is not running." in texts(page)
    scene.stations.is_gone = False
    click(control(page, "Try again", Button))
    assert "Evening" in texts(page.head)


def test_a_service_that_goes_away_leaves_what_was(scene: Scene) -> None:
    page = scene.come_up()
    scene.stations.is_gone = True
    page.came_up()
    assert "Evening" in texts(page.head)
    assert scene.desk.refused == []


def test_everything_has_a_name(scene: Scene) -> None:
    page = scene.come_up()
    scene.live(live_on("st1"))
    assert nameless(page) == []
    click(page.head.edit)
    assert nameless(scene.sheet()) == []


def test_a_recorded_show_is_renamed_in_its_place(scene: Scene) -> None:
    page = scene.come_up()
    page.content.choose("as1")
    press(page.content.list, Qt.Key.Key_F2)
    editor = control(page.content, "Title", QLineEdit)
    editor.selectAll()
    type_text(editor, "Better")
    press(editor, Qt.Key.Key_Return)
    wait_for(lambda: page.content.model.rows[0].title == "Better")
    wait_for(lambda: page.content.list.findChildren(QLineEdit) == [])
    press(page.content.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.content.chosen) == 1, "many are chosen on the page of all replays"
