"""Every text has its room, in German and in a language of long words, in a window of 1280 × 800."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.destinations.page import MultistreamDashboard
from powerstream_desktop.desktop.destinations.profile_sheet import ProfileSheet
from powerstream_desktop.desktop.first_start.page import FirstStartPage
from powerstream_desktop.desktop.golive.dialog import GoLiveDialog
from tests.unit.desktop.clipping import clipped
from tests.unit.desktop.destinations.stage import Stage, settled
from tests.unit.desktop.destinations.values import PROFILES
from tests.unit.desktop.driver import click, show
from tests.unit.desktop.language.speaking import speaking

PAGE_PX = (1204, 720)
"""What frame, rail and foot leave of 1280 × 800."""


def dashboard(stage: Stage) -> QWidget:
    page = MultistreamDashboard(stage.surroundings)
    page.came_up()
    return show(page, *PAGE_PX)


def first_page(stage: Stage) -> QWidget:
    page = FirstStartPage(stage.surroundings)
    page.came_up()
    return show(page, *PAGE_PX)


def go_live(stage: Stage) -> QWidget:
    sheet = show(GoLiveDialog(stage.surroundings))
    source = sheet.findChildren(QComboBox)[-1]
    source.setCurrentIndex(1)
    source.activated.emit(1)
    return sheet


def destination(stage: Stage) -> QWidget:
    sheet = DestinationSheet(stage.surroundings, stage.dashboard_facts(), done=lambda: None)
    settled(show(sheet))
    click(next(each for each in sheet.findChildren(QPushButton) if each.text() == "LinkedIn"))
    return sheet


def profile(stage: Stage) -> QWidget:
    facts = stage.dashboard_facts()
    sheet = ProfileSheet(
        stage.surroundings,
        PROFILES[0],
        endpoints=facts.endpoints,
        stations=facts.stations,
        label_of=facts.label_of,
        done=lambda: None,
    )
    return show(sheet)


@pytest.mark.parametrize("language", ["en", "de", "qps"])
@pytest.mark.parametrize("make", [dashboard, first_page, go_live, destination, profile])
def test_nothing_is_cut_off(make: Callable[[Stage], QWidget], language: str) -> None:
    with speaking(language):
        assert clipped(settled(make(Stage(live=make is dashboard)))) == []


@pytest.mark.parametrize("language", ["de", "qps"])
def test_an_empty_home_has_room_for_its_words(language: str) -> None:
    with speaking(language):
        assert clipped(settled(dashboard(Stage(empty=True)))) == []
