"""A destination is added and changed: platform, key, check, keep."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from powerstream_desktop.client.errors import RefusedError
from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.kit.buttons import Button
from tests.unit.desktop.destinations.stage import Stage, settled, unnamed
from tests.unit.desktop.destinations.values import NO_KEY, destination_report, finding, report
from tests.unit.desktop.driver import click, control, press, show, texts, type_text

KEY = "live_0815_madeUpKeyOfATest"


class Scene:
    """A sheet, and what was told of it."""

    def __init__(self, endpoint_id: str = "", *, at_key: bool = False) -> None:
        self.stage = Stage()
        self.saved = 0
        facts = self.stage.dashboard_facts()
        endpoint = facts.endpoint(endpoint_id)
        self.sheet = DestinationSheet(
            self.stage.surroundings, facts, endpoint, at_key=at_key, done=self._done
        )
        self.stage.ways.open_sheet(self.sheet)
        settled(show(self.sheet))

    def _done(self) -> None:
        self.saved += 1

    def button(self, words: str) -> Button:
        return control(self.sheet, words, Button)

    def press(self, words: str) -> None:
        click(self.button(words))

    @property
    def server(self) -> QComboBox:
        return control(self.sheet, "Server", QComboBox)

    @property
    def server_line(self) -> QLineEdit:
        line = self.server.lineEdit()
        assert line is not None
        return line

    @property
    def key(self) -> QLineEdit:
        return control(self.sheet, "Stream key", QLineEdit)

    @property
    def name(self) -> QLineEdit:
        return control(self.sheet, "Name", QLineEdit)


def test_the_keyboard_reaches_the_platforms_before_what_closes_the_sheet() -> None:
    scene = Scene()
    tile, cancel = scene.button("Twitch"), scene.button("Cancel")
    order: list[QWidget] = []
    each: QWidget | None = scene.sheet.nextInFocusChain()
    while each is not None and each is not scene.sheet:
        order.append(each)
        each = each.nextInFocusChain()
    assert order.index(tile) < order.index(cancel)


def test_a_platform_is_picked_its_key_pasted_and_it_is_kept() -> None:
    scene = Scene()
    assert {"Add a destination"} <= set(texts(settled(scene.sheet)))
    scene.press("Twitch")
    assert scene.server.currentText() == "rtmp://live.twitch.tv/app"
    assert scene.name.text() == "Twitch"
    type_text(scene.key, f"  {KEY} ")
    scene.press("Save")
    [(endpoint_id, wish)] = scene.stage.client.did("endpoints.save")
    assert (wish.name, wish.platform, wish.server_url) == ("Twitch", "twitch", "rtmp://live.twitch.tv/app")
    assert scene.stage.client.endpoints.keys[endpoint_id].reveal() == KEY
    assert (scene.saved, scene.stage.ways.sheets) == (1, [])


def test_return_in_a_line_keeps_it_once_there_is_enough() -> None:
    scene = Scene()
    scene.press("Custom server")
    press(scene.name, Qt.Key.Key_Return)
    assert scene.stage.client.did("endpoints.save") == []
    type_text(scene.name, "Mine")
    type_text(scene.server_line, "rtmp://203.0.113.7/live")
    type_text(scene.key, KEY)
    press(scene.key, Qt.Key.Key_Return)
    [(_, wish)] = scene.stage.client.did("endpoints.save")
    assert wish.name == "Mine"


@pytest.mark.parametrize(("platform", "first"), [("Custom server", "Name"), ("Twitch", "Stream key")])
def test_the_keyboard_begins_where_something_is_missing(platform: str, first: str) -> None:
    scene = Scene()
    scene.press(platform)
    assert control(scene.sheet, first, QLineEdit).hasFocus()


def test_the_key_is_never_seen_while_it_is_typed() -> None:
    scene = Scene()
    scene.press("Twitch")
    type_text(scene.key, KEY)
    assert scene.key.echoMode() is QLineEdit.EchoMode.Password
    assert KEY not in " ".join(texts(settled(scene.sheet)))


def test_everything_that_the_keyboard_reaches_has_a_name() -> None:
    assert unnamed(Scene("yt").sheet) == []
    scene = Scene()
    scene.press("Twitch")
    assert unnamed(scene.sheet) == []


def test_a_key_that_was_pasted_with_its_address_goes_into_its_own_field() -> None:
    scene = Scene()
    scene.press("Custom server")
    type_text(scene.name, "Mine")
    scene.server_line.clear()
    scene.server_line.insert(f"rtmp://live.example.com/app/{KEY}")
    assert scene.server.currentText() == "rtmp://live.example.com/app"
    assert scene.key.text() == KEY
    assert scene.key.echoMode() is QLineEdit.EchoMode.Password


def test_who_types_an_address_with_a_key_is_not_interrupted() -> None:
    scene = Scene()
    scene.press("Custom server")
    type_text(scene.server_line, f"rtmp://live.example.com/app/{KEY}")
    assert scene.server.currentText() == f"rtmp://live.example.com/app/{KEY}"
    press(scene.server_line, Qt.Key.Key_Return)
    assert (scene.server.currentText(), scene.key.text()) == ("rtmp://live.example.com/app", KEY)
    assert "The key at the end of the address went into its own field." in texts(settled(scene.sheet))


def test_a_key_that_was_typed_is_not_thrown_away_for_the_end_of_an_address() -> None:
    scene = Scene()
    scene.press("Custom server")
    type_text(scene.key, KEY)
    scene.server_line.insert("rtmp://live.example.com/app/instance")
    assert (scene.server.currentText(), scene.key.text()) == ("rtmp://live.example.com/app/instance", KEY)


def test_an_address_that_was_pasted_as_a_key_goes_into_its_own_field() -> None:
    scene = Scene()
    scene.press("Kick")
    type_text(scene.key, f"rtmps://fa72.live-video.net/app/{KEY}")
    assert (scene.server.currentText(), scene.key.text()) == ("rtmps://fa72.live-video.net/app", KEY)


def test_without_a_server_or_a_name_nothing_can_be_kept() -> None:
    scene = Scene()
    scene.press("LinkedIn")
    assert not scene.button("Save").isEnabled()
    type_text(scene.server_line, "rtmps://x.channel.media.azure.net/live/abc")
    assert scene.button("Save").isEnabled()
    scene.name.clear()
    assert not scene.button("Save").isEnabled()


def test_what_the_platform_wants_is_told_beside_the_form() -> None:
    scene = Scene()
    scene.press("LinkedIn")
    shown = " ".join(texts(settled(scene.sheet)))
    assert "page of the LinkedIn event" in shown
    assert "today's key" in shown
    assert scene.button("Open LinkedIn's page with the key").isEnabled()
    scene.press("Another platform")
    scene.press("TikTok")
    assert control(scene.sheet, "Picture", QComboBox).currentData() == "portrait"


def test_a_check_keeps_it_first_and_tells_what_was_found() -> None:
    scene = Scene("yt")
    scene.press("Save and check")
    assert [each[0] for each in scene.stage.client.asked] == ["endpoints.save", "endpoints.check"]
    assert "Nothing speaks against it. No key was sent, nothing was published." in texts(settled(scene.sheet))
    assert scene.saved == 1
    scene.stage.client.endpoints.check_report = report(destination_report("Main channel", NO_KEY))
    scene.press("Save and check")
    shown = texts(settled(scene.sheet))
    assert "LinkedIn has no stream key." in shown
    assert not any("Nothing speaks" in each for each in shown)


def test_a_new_one_that_was_checked_is_kept_and_stays_what_it_is() -> None:
    scene = Scene()
    scene.press("Twitch")
    scene.press("Save and check")
    assert not any(
        each.text() == "Another platform" and each.isVisible() for each in scene.sheet.findChildren(Button)
    )
    scene.press("Save")
    saved = [each[0] for each in scene.stage.client.did("endpoints.save")]
    assert saved == [saved[0], saved[0]], "it is not kept twice"


def test_a_check_says_nothing_that_can_be_pressed_and_nothing_about_others() -> None:
    scene = Scene("yt")
    about_all = finding("note", "upload-unknown", "1 destination needs 6.1 Mbit/s.")
    scene.stage.client.endpoints.check_report = report(
        destination_report("Main channel", NO_KEY), findings=(about_all,)
    )
    scene.press("Save and check")
    assert "1 destination needs 6.1 Mbit/s." not in texts(settled(scene.sheet))
    assert not any(each.text() == "Paste a new key" for each in scene.sheet.findChildren(Button))


def test_an_edit_keeps_the_key_and_everything_that_is_not_shown() -> None:
    scene = Scene("yt")
    scene.name.clear()
    type_text(scene.name, "Second channel")
    scene.press("Save")
    [(endpoint_id, wish)] = scene.stage.client.did("endpoints.save")
    assert (endpoint_id, wish.name, wish.stream_key) == ("yt", "Second channel", None)
    assert (wish.priority, wish.is_active, wish.rendition) == (5, True, "landscape")


def test_a_new_key_is_from_today() -> None:
    scene = Scene("li", at_key=True)
    assert scene.sheet.focusWidget() is scene.key
    type_text(scene.key, KEY)
    press(scene.key, Qt.Key.Key_Tab)
    scene.press("Save")
    [(_, wish)] = scene.stage.client.did("endpoints.save")
    assert wish.stream_key is not None
    assert wish.key_saved_on is None, "the service writes down today"


def test_what_the_service_refuses_is_said_in_place_and_can_be_mended() -> None:
    scene = Scene("yt")
    scene.stage.client.endpoints.refuses = RefusedError(
        "The key was given for another server.", status=422, code="not-possible", hint="Give it again."
    )
    scene.press("Save")
    assert "The key was given for another server. Give it again." in texts(settled(scene.sheet))
    assert scene.stage.ways.sheets == [scene.sheet]
    assert scene.button("Save").isEnabled()


def test_nothing_can_be_pressed_twice_while_it_is_being_kept() -> None:
    scene = Scene("yt")
    scene.stage.desk.is_slow = True
    scene.press("Save and check")
    assert not scene.button("Save").isEnabled()
    assert "Asking the server for a connection…" in texts(settled(scene.sheet))
    scene.stage.desk.work()
    assert scene.button("Save").isEnabled()


def test_deleting_asks_once() -> None:
    scene = Scene("fb")
    scene.press("Delete")
    assert scene.stage.client.did("endpoints.remove") == []
    scene.press("Delete it and its key?")
    assert scene.stage.client.did("endpoints.remove") == [("fb",)]
    assert (scene.saved, scene.stage.ways.sheets) == (1, [])


@pytest.mark.parametrize("name", ["<b>bold</b>", "a&b"])
def test_a_hostile_name_is_shown_as_it_is(name: str) -> None:
    scene = Scene("yt")
    scene.name.setText(name)
    scene.press("Save")
    again = DestinationSheet(
        scene.stage.surroundings,
        scene.stage.dashboard_facts(),
        scene.stage.dashboard_facts().endpoint("yt"),
        done=lambda: None,
    )
    assert f"Edit {name}" in texts(show(again))
