"""A profile gets a name and the endpoints that belong to it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from powerstream_desktop.client.catalogue import Profile
from powerstream_desktop.client.errors import RefusedError
from powerstream_desktop.desktop.destinations.profile_sheet import ProfileSheet
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.toggle_chip import ToggleChip
from tests.unit.desktop.destinations.stage import Stage, settled, unnamed
from tests.unit.desktop.destinations.values import PROFILES
from tests.unit.desktop.driver import click, control, show, texts, type_text


def opened(stage: Stage, profile: Profile | None = None) -> ProfileSheet:
    facts = stage.dashboard_facts()
    sheet = ProfileSheet(
        stage.surroundings,
        profile,
        endpoints=facts.endpoints,
        stations=facts.stations,
        label_of=facts.label_of,
        done=lambda: None,
    )
    stage.ways.open_sheet(sheet)
    return settled(show(sheet))


def test_a_profile_needs_a_name_and_a_destination_and_keeps_their_order() -> None:
    stage = Stage()
    sheet = opened(stage)
    save = control(sheet, "Save", Button)
    assert not save.isEnabled()
    type_text(control(sheet, "Name", QLineEdit), "Friday")
    assert not save.isEnabled()
    click(control(sheet, "Kick", ToggleChip))
    click(control(sheet, "YouTube", ToggleChip))
    click(save)
    [(_, wish)] = stage.client.did("profiles.save")
    assert (wish.name, wish.station_id, wish.endpoint_ids) == ("Friday", None, ("yt", "ki"))
    assert stage.ways.sheets == []


def test_a_profile_is_shown_as_it_is_kept_and_saved_under_its_id() -> None:
    stage = Stage()
    sheet = opened(stage, PROFILES[1])
    chosen = [each.words for each in sheet.findChildren(ToggleChip) if each.isChecked()]
    assert chosen == ["YouTube", "Facebook"]
    station = control(sheet, "Station", QComboBox)
    station.setCurrentIndex(station.findData("st1"))
    click(control(sheet, "Save", Button))
    [(profile_id, wish)] = stage.client.did("profiles.save")
    assert (profile_id, wish.station_id) == ("pr2", "st1")


def test_deleting_asks_once() -> None:
    stage = Stage()
    sheet = opened(stage, PROFILES[0])
    click(control(sheet, "Delete", Button))
    assert stage.client.did("profiles.remove") == []
    click(control(sheet, "Really delete?", Button))
    assert stage.client.did("profiles.remove") == [("pr1",)]


def test_what_is_refused_is_said_in_place() -> None:
    stage = Stage()
    sheet = opened(stage, PROFILES[0])
    stage.client.profiles.refuses = RefusedError("No such endpoint.", status=404, code="not-found")
    click(control(sheet, "Save", Button))
    assert "No such endpoint." in texts(settled(sheet))
    assert stage.ways.sheets == [sheet]


def test_everything_that_the_keyboard_reaches_has_a_name() -> None:
    assert unnamed(opened(Stage(), PROFILES[0])) == []
