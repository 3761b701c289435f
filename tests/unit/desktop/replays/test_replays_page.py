"""The page of all replays: what is looked for, what is listed, and the one that is reviewed beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.asset_sheet import AssetSheet
from powerstream_desktop.desktop.replays.page import ReplaysPage, parted
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, type_text, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.player.fake_media import MediaMakers
from tests.unit.desktop.replays.fake_client import RECORDED_AT, FakeClient, asset, station
from tests.unit.desktop.review.fake_frames import FrameMakers


class Scene:
    """The page, shown."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.library.assets = [
            asset(1, "Evening show", multistream_session_id="s1", duration=60.0),
            asset(2, "Morning show", "st2", duration=60.0),
        ]
        self.client.stations.stations = [station(1, "First"), station(2, "Second")]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.makers, self.frames = MediaMakers(), FrameMakers()
        self.page = ReplaysPage(
            surroundings, make_media=self.makers, make_frames=self.frames, now=lambda: RECORDED_AT
        )
        show(self.page, 1200, 760)
        self.page.came_up()

    def open(self, number: int = 1) -> None:
        self.page.content.choose(f"as{number}")
        press(self.page.content.list, Qt.Key.Key_Space)

    def opened(self) -> str:
        found = self.page.review.asset
        return "" if found is None else found.title

    def titles(self) -> list[str]:
        return [each.title for each in self.page.content.model.rows]


@pytest.fixture
def scene() -> Iterator[Scene]:
    with speaking("en"):
        made = Scene()
        yield made
        made.page.close()


def test_words_find_replays_as_they_are_typed(scene: Scene) -> None:
    type_text(scene.page.filters.search, "morn")
    wait_for(lambda: scene.titles() == ["Morning show"])
    assert [each for each in scene.library.asked if "mor" in each] == ["page None morn None"]
    assert "1 found" in texts(scene.page.filters)


def test_an_answer_that_comes_after_a_newer_wish_is_nobodys(scene: Scene) -> None:
    scene.desk.is_slow = True
    page = scene.page
    page.content.show_query(page.filters.query)
    press(control(page, "Station", QComboBox), Qt.Key.Key_Down)
    scene.library.assets.pop(0)
    scene.desk.work()
    assert scene.titles() == []
    assert "No recorded shows for this station yet." in texts(page)


def test_a_station_can_be_chosen(scene: Scene) -> None:
    press(control(scene.page, "Station", QComboBox), Qt.Key.Key_Down)
    assert scene.page.filters.station.currentText() == "First"
    assert scene.titles() == ["Evening show"]
    assert "1 replay" in texts(scene.page.filters)


def test_date_state_and_order_are_asked_of_the_service(scene: Scene) -> None:
    filters = scene.page.filters
    for box in (filters.period, filters.status, filters.sort):
        box.setFocus()
        press(box, Qt.Key.Key_Down)
    assert scene.library.wishes[-1] == {
        "status": "ready",
        "since": "2026-11-23T00:00:00+00:00",
        "until": None,
        "sort": "oldest",
    }


def test_one_station_needs_no_choice(scene: Scene) -> None:
    scene.client.stations.stations = [station(1)]
    scene.page.came_up()
    assert not scene.page.filters.station.isVisible()


def test_space_opens_and_return_plays(scene: Scene) -> None:
    assert "No replay is open." in texts(scene.page)
    scene.open()
    assert scene.opened() == "Evening show"
    assert scene.makers.made == []
    scene.page.content.choose("as2")
    press(scene.page.content.list, Qt.Key.Key_Return)
    assert scene.opened() == "Morning show"
    assert scene.makers.media.asked[-1] == "open /replays/as2.mp4"


def test_details_of_the_one_that_is_reviewed_are_edited(scene: Scene) -> None:
    scene.open()
    scene.page.review.details_wanted.emit("as1")
    [sheet] = scene.ways.sheets
    assert isinstance(sheet, AssetSheet)
    show(sheet)
    sheet.title.selectAll()
    type_text(sheet.title, "Episode <12>")
    click(control(sheet, "Save", Button))
    assert scene.opened() == "Episode <12>"
    assert scene.titles()[0] == "Episode <12>"


def test_the_report_of_its_broadcast_is_a_step_away(scene: Scene) -> None:
    scene.page.review.report_wanted.emit("s1")
    assert scene.ways.went == [(PageName.SESSIONS, "s1")]


def test_another_page_may_lead_to_a_replay_and_to_a_moment_of_it(scene: Scene) -> None:
    scene.page.show_subject("as2@34000")
    assert scene.opened() == "Morning show"
    assert [each.id for each in scene.page.content.chosen] == ["as2"]
    assert scene.page.review.reviewer.transport.position_us == 34_000_000
    assert scene.page.subject == "as2"


@pytest.mark.parametrize(
    ("subject", "meant"),
    [("as1", ("as1", None)), ("as1@0", ("as1", 0)), ("as1@soon", ("as1", None)), ("as1@", ("as1", None))],
)
def test_a_subject_names_a_replay_and_may_name_a_moment(subject: str, meant: tuple[str, int | None]) -> None:
    assert parted(subject) == meant


def test_what_changes_is_shown_and_what_is_removed_goes(scene: Scene) -> None:
    scene.open()
    scene.library.change("as1", title="Renamed")
    scene.feed.library_changed.emit({"change": "changed", "assetId": "as1"})
    assert scene.titles()[0] == "Renamed"
    assert scene.opened() == "Renamed"
    scene.library.remove("as1")
    scene.feed.library_changed.emit({"change": "removed", "assetId": "as1"})
    assert scene.titles() == ["Morning show"]
    assert scene.opened() == ""
    assert "1 replay" in texts(scene.page.filters)


def test_a_page_that_is_left_pauses_its_film_and_measures_nothing(scene: Scene) -> None:
    scene.page.content.choose("as1")
    press(scene.page.content.list, Qt.Key.Key_Return)
    scene.page.went_down()
    assert scene.makers.media.asked[-1] == "pause"
    scene.library.asked.clear()
    scene.page.storage.look_soon()
    assert not scene.page.storage.is_measuring_soon


def test_everything_has_a_name(scene: Scene) -> None:
    scene.open()
    assert nameless(scene.page) == []
