"""Station, replays and broadcasts have room for their words at 1280 × 800, in German and in a language of long words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from powerstream_desktop.desktop.replays.asset_sheet import AssetSheet
from powerstream_desktop.desktop.replays.page import ReplaysPage
from powerstream_desktop.desktop.replays.query import ReplayQuery
from powerstream_desktop.desktop.review.mark_sheet import MarkSheet
from powerstream_desktop.desktop.sessions.page import SessionsPage
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.station.page import StationPage
from powerstream_desktop.desktop.station.station_sheet import StationSheet
from tests.unit.desktop.clipping import clipped
from tests.unit.desktop.driver import show
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.player.fake_media import MediaMakers
from tests.unit.desktop.replays.fake_client import FakeClient, asset, live_on, marker, station
from tests.unit.desktop.review.fake_frames import FrameMakers
from tests.unit.desktop.sessions.pasts import FakeSessions, session

PAGE_PX = (1204, 692)
"""What a window of 1280 × 800 leaves for a page."""


class FullClient(FakeClient):
    """A client with something of everything."""

    def __init__(self) -> None:
        super().__init__()
        self.stations.stations = [station(1, "Evening"), station(2, "Morning")]
        self.library.assets = [
            asset(1, markers=(marker(1, 1000, "Guest joins"),), description="With guests.")
        ]
        self.sessions = FakeSessions(
            sessions=[session(1, ending="interrupted", ending_words="The computer was switched off.")]
        )


def replays(lent: Surroundings) -> Page:
    page = ReplaysPage(lent, make_media=MediaMakers(), make_frames=FrameMakers())
    page.came_up()
    page.review.show_replay(asset(1, status="recovered", markers=(marker(1, 1000, "Guest joins"),)))
    return page


def empty_replays(lent: Surroundings) -> Page:
    page = ReplaysPage(lent, make_media=MediaMakers(), make_frames=FrameMakers())
    page.content.show_query(ReplayQuery(words="nothing like it"))
    return page


def on_air(lent: Surroundings) -> Page:
    page = StationPage(lent, make_media=MediaMakers(), make_frames=FrameMakers())
    page.came_up()
    lent.feed.replace(replace(lent.feed.now, live=live_on("st1")))
    return page


def replay_over_broadcast(lent: Surroundings) -> Page:
    page = StationPage(lent, make_media=MediaMakers(), make_frames=FrameMakers())
    page.came_up()
    lent.feed.replace(replace(lent.feed.now, live=live_on("st1")))
    page.view.show_replay(asset(1, status="missing", video_url=None))
    return page


def replay_at_station(lent: Surroundings) -> Page:
    page = StationPage(lent, make_media=MediaMakers(), make_frames=FrameMakers())
    page.came_up()
    shown = asset(
        1, status="recovered", description="With guests.", markers=(marker(1, 1000, "Guest joins"),)
    )
    page.view.show_replay(shown)
    return page


def broadcasts(lent: Surroundings) -> Page:
    page = SessionsPage(lent)
    page.came_up()
    return page


@pytest.mark.parametrize("language", ["en", "de", "qps"])
@pytest.mark.parametrize(
    "made", [replays, empty_replays, on_air, replay_over_broadcast, replay_at_station, broadcasts]
)
def test_a_page_has_room(made: Callable[[Surroundings], Page], language: str) -> None:
    with speaking(language):
        page = made(surroundings_with(FullClient())[0])
        show(page, *PAGE_PX)
        QApplication.processEvents()
        assert (page.width(), page.height()) == PAGE_PX, "it does not demand more than there is"
        assert clipped(page) == []
        page.close()


def station_sheet(lent: Surroundings) -> QWidget:
    return StationSheet(lent, replace(station(1), picture="x.png"), ask_picture=lambda *_: None)


def asset_sheet(lent: Surroundings) -> QWidget:
    return AssetSheet(lent, asset(1))


def mark_sheet(lent: Surroundings) -> QWidget:
    return MarkSheet(lent, "as1", 34_000)


@pytest.mark.parametrize("language", ["en", "de", "qps"])
@pytest.mark.parametrize("made", [station_sheet, asset_sheet, mark_sheet])
def test_a_sheet_has_room(made: Callable[[Surroundings], QWidget], language: str) -> None:
    with speaking(language):
        client = FullClient()
        client.stations.pictures["st1"] = b""
        sheet = show(made(surroundings_with(client)[0]), 560, 640)
        QApplication.processEvents()
        assert clipped(sheet) == []
        sheet.close()
