"""The settings page, driven by mouse and keys against the service's own declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QListWidget, QSpinBox

from powerstream_desktop.client.settings import Value
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.hotkeys import Hotkeys
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.language.language import choose
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.settings.keys_editor import KeyCatcher
from powerstream_desktop.desktop.settings.option_row import OptionRow
from powerstream_desktop.desktop.settings.page import SettingsPage
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.shell.surroundings import PageName
from powerstream_desktop.service.settings.settings import OPTIONS
from tests.unit.desktop import driver
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.hotkeys.test_hotkeys import Backend
from tests.unit.desktop.settings.stage import FakeService


class Stage:
    """A page that is shown."""

    def __init__(self, service: FakeService | None = None) -> None:
        self.service = service or FakeService()
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.service)
        self.backend = Backend()
        self.hotkeys = Hotkeys(surroundings, backend=self.backend)
        self.hotkeys.start()
        self.service.settings.on_change = self.tell
        self.tell({name: option.default_json() for name, option in OPTIONS.items()})
        self.page = SettingsPage(replace(surroundings, hotkeys=self.hotkeys))
        driver.show(self.page, 1200, 720)
        self.page.came_up()
        if self.service.settings.error is None:
            driver.wait_for(lambda: len(self.page.findChildren(OptionRow)) == len(OPTIONS))

    def tell(self, values: Mapping[str, Value]) -> None:
        """Be the service, whose event tells what was changed."""
        self.feed.replace(replace(self.feed.now, settings=values))

    def go_to(self, section: Section) -> None:
        self.page.show_subject(section.value)

    def row(self, name: str) -> OptionRow:
        [found] = [row for row in self.page.findChildren(OptionRow) if row.name == name]
        return found

    def changed(self) -> dict[str, object]:
        return dict(self.service.settings.changes[-1])

    def wait_for_change(self, name: str, value: object) -> None:
        driver.wait_for(lambda: bool(self.service.settings.changes))
        assert self.changed() == {name: value}


@pytest.fixture
def stage() -> Iterator[Stage]:
    yield Stage()
    look().use("dark")
    look().set_text_size(100)
    choose("en")


def test_every_option_that_the_service_declares_stands_somewhere_under_a_name(stage: Stage) -> None:
    rows = stage.page.findChildren(OptionRow)
    assert sorted(row.name for row in rows) == sorted(OPTIONS)
    named = {text for row in rows for text in driver.names(row)}
    assert not named & set(OPTIONS), "an option without a name for people"


def test_the_keyboard_finds_a_name_everywhere(stage: Stage) -> None:
    hidden = [
        name for name in nameless(stage.page) if "in Filler" not in name
    ]  # a filler's button has its words when it is shown
    assert hidden == []


def test_one_part_is_shown_at_a_time_and_the_arrow_keys_lead_through_them(stage: Stage) -> None:
    parts = driver.control(stage.page, "Parts of the settings", QListWidget)
    assert stage.row("video.fps").isVisible()
    driver.press(parts, Qt.Key.Key_Down)
    driver.press(parts, Qt.Key.Key_Down)
    assert stage.row("recording.folder").isVisible()
    assert not stage.row("video.fps").isVisible()


def test_a_switch_is_sent_at_once(stage: Stage) -> None:
    driver.click(driver.control(stage.page, "Follow the upload", Switch))
    assert stage.changed() == {"video.adapt_bitrate": True}
    assert driver.control(stage.page, "Follow the upload", Switch).isChecked()


def test_a_number_is_sent_once_the_steps_have_ended(stage: Stage) -> None:
    box = driver.control(stage.page, "Frame rate", QSpinBox)
    for _ in range(3):
        driver.press(box, Qt.Key.Key_Up)
    assert stage.service.settings.changes == []
    stage.wait_for_change("video.fps", 33)
    assert (box.minimum(), box.maximum(), box.suffix()) == (1, 120, "\u00a0frames/s")


def test_a_choice_is_sent_at_once_and_shown_in_words(stage: Stage) -> None:
    box = driver.control(stage.page, "Latency", QComboBox)
    assert [box.itemText(place) for place in range(box.count())] == ["Normal", "Low"]
    driver.press(box, Qt.Key.Key_Down)
    assert stage.changed() == {"video.latency": "low"}


def test_a_value_that_is_refused_says_so_in_its_place_and_what_is_stays(stage: Stage) -> None:
    box = driver.control(stage.page, "Size", QComboBox)
    line = box.lineEdit()
    assert line is not None
    line.selectAll()
    driver.type_text(line, "big")
    driver.press(line, Qt.Key.Key_Return)
    row = stage.row("video.size")
    assert row.error == "The setting video.size must look like 1280x720."
    assert box.currentText() == "1280x720"
    line.selectAll()
    driver.type_text(line, "1920x1080")
    driver.press(line, Qt.Key.Key_Return)
    assert stage.changed() == {"video.size": "1920x1080"}
    assert row.error == ""


def test_what_does_not_go_together_is_refused_in_the_services_words(stage: Stage) -> None:
    stage.service.settings.change({"video.codec": "hevc"})
    stage.page.came_up()
    box = driver.control(stage.page, "Encoder", QComboBox)
    driver.press(box, Qt.Key.Key_Down)
    assert "cannot make hevc" in stage.row("video.encoder").error


def test_reset_brings_the_default_back_and_is_not_there_for_what_has_it(stage: Stage) -> None:
    reset = driver.control(stage.page, "Reset to the default: Follow the upload", QAbstractButton)
    assert not reset.isVisible()
    driver.click(driver.control(stage.page, "Follow the upload", Switch))
    driver.click(reset)
    assert stage.changed() == {"video.adapt_bitrate": None}
    assert not driver.control(stage.page, "Follow the upload", Switch).isChecked()


def test_a_search_shows_what_is_meant_of_all_parts_and_says_when_there_is_nothing(stage: Stage) -> None:
    search = driver.control(stage.page, "Search settings", QLineEdit)
    driver.type_text(search, "port DEVICES")
    shown = [row.name for row in stage.page.findChildren(OptionRow) if row.isVisible()]
    assert shown == ["lan.port"]
    search.selectAll()
    driver.type_text(search, "teapot")
    assert "No setting is called like that." in driver.texts(stage.page)
    search.clear()
    assert stage.row("video.fps").isVisible()


def said_of_effects(stage: Stage, section: Section) -> list[str]:
    stage.go_to(section)
    words = {"From the next broadcast on.", "At once.", "After the next start of PowerStream."}
    return [text for text in driver.texts(stage.page) if text in words]


def test_when_a_change_shows_is_said_once_for_all_and_beside_what_is_otherwise(stage: Stage) -> None:
    assert said_of_effects(stage, Section.VIDEO) == ["From the next broadcast on."]
    assert said_of_effects(stage, Section.APPEARANCE) == []
    recording = said_of_effects(stage, Section.RECORDING)
    assert recording == ["From the next broadcast on.", "At once.", "At once.", "At once."]


def test_a_group_without_a_common_effect_says_it_in_each_row(stage: Stage) -> None:
    assert sorted(said_of_effects(stage, Section.SECURITY)) == [
        "After the next start of PowerStream.",
        "From the next broadcast on.",
        "From the next broadcast on.",
    ]


def test_a_folder_is_typed_or_picked_in_a_window_that_blocks_nothing(stage: Stage) -> None:
    stage.go_to(Section.RECORDING)
    line = driver.control(stage.page, "Folder", QLineEdit)
    driver.type_text(line, "/srv/shows")
    driver.press(line, Qt.Key.Key_Return)
    assert stage.changed() == {"recording.folder": "/srv/shows"}
    driver.click(driver.control(stage.page, "Choose a folder", QAbstractButton))
    [picker] = stage.page.window().findChildren(QFileDialog)
    assert picker.isVisible()
    assert not picker.isModal()
    picker.fileSelected.emit("/srv/other")
    assert stage.changed() == {"recording.folder": "/srv/other"}
    picker.close()


def test_what_somebody_else_changed_is_shown_at_once(stage: Stage) -> None:
    stage.service.settings.change({"video.fps": 60})
    assert driver.control(stage.page, "Frame rate", QSpinBox).value() == 60


def test_what_was_changed_here_is_not_asked_for_again(stage: Stage) -> None:
    room, told = stage.service.settings, [dict(stage.feed.now.settings or {})]
    room.on_change = lambda values: told.append(dict(values))
    driver.click(driver.control(stage.page, "Follow the upload", Switch))
    asked = room.asked
    stage.tell(told[-1])
    assert (len(told), room.asked) == (2, asked)


def test_a_page_that_nobody_sees_asks_when_it_is_seen_again(stage: Stage) -> None:
    stage.page.went_down()
    asked = stage.service.settings.asked
    stage.service.settings.change({"video.fps": 60})
    assert stage.service.settings.asked == asked + 1, "the change, and nobody else"
    stage.page.came_up()
    assert driver.control(stage.page, "Frame rate", QSpinBox).value() == 60


def test_what_it_shows_can_be_come_back_to(stage: Stage) -> None:
    stage.go_to(Section.APPEARANCE)
    assert stage.page.subject == Section.APPEARANCE.value
    stage.page.show_subject(stage.page.subject)
    assert driver.control(stage.page, "Theme", QComboBox).isVisible()


def test_a_shortcut_is_chosen_by_pressing_it_while_nothing_listens(stage: Stage) -> None:
    stage.go_to(Section.HOTKEYS)
    row = stage.row("hotkeys.mark")
    [catcher] = row.findChildren(KeyCatcher)
    assert catcher.text() == "Ctrl+Alt+M"
    driver.click(catcher)
    assert len(stage.backend.asked[-1][0]) == 0
    assert catcher.waits
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    driver.press(catcher, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    driver.press(catcher, Qt.Key.Key_F9, held)
    assert stage.changed() == {"hotkeys.mark": "Ctrl+Shift+F9"}
    assert catcher.text() == "Ctrl+Shift+F9"
    assert str(stage.backend.asked[-1][0][HotkeyAction.MARK]) == "Ctrl+Shift+F9"


def test_escape_stops_the_wait_and_a_key_that_types_is_refused(stage: Stage) -> None:
    stage.go_to(Section.HOTKEYS)
    row = stage.row("hotkeys.mark")
    [catcher] = row.findChildren(KeyCatcher)
    driver.click(catcher)
    driver.press(catcher, Qt.Key.Key_M)
    assert row.error.startswith("A shortcut needs Ctrl")
    assert catcher.waits
    driver.press(catcher, Qt.Key.Key_Escape)
    assert catcher.text() == "Ctrl+Alt+M"
    assert stage.service.settings.changes == []


def test_a_shortcut_is_removed(stage: Stage) -> None:
    stage.go_to(Section.HOTKEYS)
    driver.click(driver.control(stage.page, "Remove the shortcut of: Mark a moment", QAbstractButton))
    assert stage.changed() == {"hotkeys.mark": ""}


def test_collisions_and_what_works_are_shown_beside_each_key(stage: Stage) -> None:
    stage.service.settings.change({"hotkeys.scene_1": "Ctrl+Alt+M", "hotkeys.privacy": "Ctrl+C"})
    stage.page.came_up()
    stage.go_to(Section.HOTKEYS)
    driver.wait_for(lambda: "works" in driver.texts(stage.row("hotkeys.mark")))
    assert stage.row("hotkeys.scene_1").error == "“Mark a moment” has this shortcut."
    assert stage.row("hotkeys.privacy").error == "All programs need this shortcut; take another."
    assert "Working" in driver.texts(stage.page)


def test_the_mixer_is_a_click_away(stage: Stage) -> None:
    stage.go_to(Section.AUDIO)
    driver.click(driver.control(stage.page, "Open the mixer", QAbstractButton))
    assert stage.ways.went == [(PageName.STUDIO, "")]


def test_settings_that_cannot_be_had_say_why_and_are_asked_for_again() -> None:
    service = FakeService()
    service.settings.error = UserError("The service is not there.")
    stage = Stage(service)
    assert "The service is not there." in driver.texts(stage.page)
    service.settings.error = None
    [again] = [b for b in stage.page.findChildren(QAbstractButton) if b.isVisible() and "gain" in b.text()]
    driver.click(again)
    assert stage.row("video.fps").isVisible()
    assert "The service is not there." not in driver.texts(stage.page)
