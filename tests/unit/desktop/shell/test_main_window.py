"""The window as a person uses it: its pages, going live and ending."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.language.language import choose
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.shell.banner_bar import BannerBar
from powerstream_desktop.desktop.shell.page_loader import PageLoader
from powerstream_desktop.desktop.shell.pages import all_modules
from powerstream_desktop.desktop.shell.surroundings import PageName
from powerstream_desktop.desktop.shell.top_bar import TopBar
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, wait_for
from tests.unit.desktop.shell.outlooks import OFF_AIR, broadcast, live
from tests.unit.desktop.shell.windows import Windowed, entry


class TestPages:
    def test_the_studio_is_shown_first(self, windowed: Windowed) -> None:
        assert entry(windowed, "Studio").isChecked()
        assert windowed.page.heard == ["came up"]

    def test_the_rail_leads_to_each_page_and_back_to_the_same(self, windowed: Windowed) -> None:
        studio = windowed.page
        seen = {studio}
        for name in ("Station", "Destinations", "Replays", "Sessions", "Settings"):
            click(entry(windowed, name))
            seen.add(windowed.page)
            assert windowed.page.heard == ["came up"]
        assert len(seen) == len(PageName)
        click(entry(windowed, "Studio"))
        assert windowed.page is studio
        assert studio.heard == ["came up", "went down", "came up"]

    def test_the_rail_is_used_by_keyboard(self, windowed: Windowed) -> None:
        press(entry(windowed, "Replays"), Qt.Key.Key_Space)
        assert entry(windowed, "Replays").isChecked()
        assert not entry(windowed, "Studio").isChecked()

    def test_a_page_leads_to_another_and_says_what_to_show_there(self, windowed: Windowed) -> None:
        windowed.window.surroundings.ways.go_to(PageName.DESTINATIONS, "e1")
        assert windowed.page.heard == ["came up", "e1"]
        assert entry(windowed, "Destinations").isChecked()

    def test_a_page_that_nobody_sees_watches_nothing(self, windowed: Windowed) -> None:
        windowed.window.showMinimized()
        wait_for(lambda: windowed.page.heard != ["came up"])
        assert windowed.page.heard == ["came up", "went down"]
        windowed.window.show_again()
        wait_for(lambda: len(windowed.page.heard) > 2)
        assert windowed.page.heard == ["came up", "went down", "came up"]

    def test_in_another_language_everything_is_made_anew(self, windowed: Windowed) -> None:
        click(entry(windowed, "Replays"))
        before, chrome = windowed.page, windowed.window.chrome
        windowed.service.comes()
        windowed.service.tells("live", live())
        try:
            choose("de")
            wait_for(lambda: windowed.page is not before)
            assert windowed.page.heard == ["came up"]
            assert windowed.window.chrome is not chrome
            assert windowed.window.chrome.top.pill.text.startswith("LIVE")
            control(windowed.window, "Stream beenden", Button)
        finally:
            choose("en")
        wait_for(lambda: windowed.window.chrome.rail.findChildren(QToolButton)[3].text() == "Replays")
        assert entry(windowed, "Replays").isChecked()

    def test_look_and_language_follow_the_settings_whoever_changes_them(self, windowed: Windowed) -> None:
        click(entry(windowed, "Settings"))
        before = windowed.page
        before.subject_now = "appearance"
        try:
            values = {"appearance.theme": "light", "appearance.language": "de"}
            windowed.service.tells("settings", {"values": values})
            assert look().theme == "light"
            wait_for(lambda: windowed.page is not before)
            assert windowed.page.heard == ["came up", "appearance"]
        finally:
            choose("en")
            look().use("dark")

    def test_the_same_language_once_more_changes_nothing(self, windowed: Windowed) -> None:
        before, chrome = windowed.page, windowed.window.chrome
        choose("en")
        QApplication.processEvents()
        assert (windowed.page, windowed.window.chrome) == (before, chrome)


class TestGoingLiveAndEnding:
    def test_off_air_the_button_opens_the_sheet_with_the_chosen_station(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", OFF_AIR)
        click(control(windowed.window, "Go live", Button))
        assert windowed.asked_live == ["st1"]
        assert windowed.sheet is not None

    def test_the_button_rests_while_its_sheet_is_open_and_has_the_keyboard_again_when_it_is_closed(
        self, windowed: Windowed
    ) -> None:
        windowed.service.comes()
        windowed.service.tells("live", OFF_AIR)
        go = control(windowed.window, "Go live", Button)
        go.setFocus()
        wait_for(lambda: QApplication.focusWidget() is go)
        press(go, Qt.Key.Key_Space)
        windowed.service.tells("live", OFF_AIR)
        assert not go.isEnabled()
        windowed.window.surroundings.ways.open_sheet(Sheet("Above", 300))
        assert not go.isEnabled()
        windowed.window.surroundings.ways.close_sheet()
        assert not go.isEnabled()
        windowed.window.surroundings.ways.close_sheet()
        assert go.isEnabled()
        wait_for(lambda: QApplication.focusWidget() is go)
        windowed.window.surroundings.ways.open_sheet(Sheet("Another", 300))
        assert go.isEnabled()

    def test_nobody_goes_live_while_the_service_is_not_there(self, windowed: Windowed) -> None:
        assert not control(windowed.window, "Go live", Button).isEnabled()

    def test_ending_asks_once_in_its_place(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        click(control(windowed.window, "End stream", Button))
        assert windowed.client.stopped == []
        click(control(windowed.window, "End it now?", Button))
        assert windowed.client.stopped == ["s1"]

    def test_after_an_end_the_keyboard_is_where_a_broadcast_is_begun(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        end = control(windowed.window, "End stream", Button)
        end.setFocus()
        click(end)
        click(control(windowed.window, "End it now?", Button))
        windowed.service.tells("live", live("ending"))
        assert windowed.window.focusWidget() is windowed.window.findChild(TopBar)
        windowed.service.tells("live", OFF_AIR)
        assert windowed.window.focusWidget() is control(windowed.window, "Go live", Button)

    def test_after_going_live_the_keyboard_rests_in_the_bar_and_on_no_control_of_a_page(
        self, windowed: Windowed
    ) -> None:
        windowed.service.comes()
        windowed.service.tells("live", OFF_AIR)
        go = control(windowed.window, "Go live", Button)
        go.setFocus()
        windowed.service.tells("live", live())
        assert windowed.window.focusWidget() is windowed.window.findChild(TopBar)

    def test_an_end_that_comes_by_itself_takes_the_keyboard_from_nobody(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        before = windowed.window.focusWidget()
        windowed.service.tells("live", live("ending"))
        windowed.service.tells("live", OFF_AIR)
        assert windowed.window.focusWidget() is before

    def test_what_cannot_be_ended_is_said_in_a_banner(self, windowed: Windowed) -> None:
        def fail(_session_id: str) -> None:
            raise ServiceGoneError("PowerStream's service does not answer.", hint="Wait a moment.")

        windowed.client.live.stop = fail
        windowed.service.comes()
        windowed.service.tells("live", live())
        click(control(windowed.window, "End stream", Button))
        click(control(windowed.window, "End it now?", Button))
        banner = windowed.window.findChild(BannerBar)
        assert banner is not None
        assert "PowerStream's service does not answer. Wait a moment." in banner.text

    def test_title_and_pill_say_that_we_are_live(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live(elapsed_s=5025.0))
        assert windowed.window.windowTitle() == "● LIVE – Episode 12 – PowerStream"
        assert windowed.window.chrome.top.pill.text == "LIVE  01:23:45"
        windowed.service.tells("destinations", broadcast(None))
        assert windowed.window.chrome.top.pill.text.startswith("REHEARSAL")
        windowed.service.tells("live", OFF_AIR)
        assert windowed.window.windowTitle() == "PowerStream"
        assert windowed.window.chrome.top.pill.text == "Off air"

    def test_time_goes_on_by_itself_and_stands_still_while_nobody_tells(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live(elapsed_s=60.0))
        windowed.now += 2.0
        wait_for(lambda: windowed.window.chrome.top.pill.text == "LIVE  00:01:02")
        windowed.service.goes()
        windowed.now += 60.0
        windowed.service.tells("live", live(elapsed_s=60.0))
        assert windowed.window.chrome.top.pill.text == "LIVE  00:01:02"


def test_everything_the_keyboard_reaches_has_a_name(windowed: Windowed) -> None:
    windowed.service.comes()
    windowed.service.tells("live", live())
    windowed.window.surroundings.ways.say("Something.")
    windowed.window.close()
    assert nameless(windowed.window) == []


class TestPagesWhoseCodeIsNotThereYet:
    def test_the_last_wish_is_shown_as_soon_as_it_can_be(self) -> None:
        loader = PageLoader(all_modules())
        windowed = Windowed(loader=loader)
        show(windowed.window)
        assert windowed.window.page is None
        click(entry(windowed, "Replays"))
        windowed.window.surroundings.ways.go_to(PageName.DESTINATIONS, "e1")
        assert entry(windowed, "Destinations").isChecked()
        assert windowed.window.page is None
        loader.start()
        wait_for(lambda: windowed.window.page is not None)
        assert windowed.page.heard == ["came up", "e1"]
        wait_for(lambda: loader.is_loaded(all_modules()[-1]))
        loader.aclose()
