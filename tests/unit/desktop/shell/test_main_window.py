"""The window as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.language.language import choose
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.shell.banner_bar import BannerBar
from powerstream_desktop.desktop.shell.foot import NewestNotice
from powerstream_desktop.desktop.shell.kept_window import KeptWindow
from powerstream_desktop.desktop.shell.notice_log import NoticeLog
from powerstream_desktop.desktop.shell.page_loader import PageLoader
from powerstream_desktop.desktop.shell.pages import all_modules
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts, wait_for
from tests.unit.desktop.shell.outlooks import OFF_AIR, broadcast, live
from tests.unit.desktop.shell.windows import FakePage, FirstPage, Windowed


@pytest.fixture
def windowed() -> Iterator[Windowed]:
    windowed = Windowed()
    show(windowed.window)
    yield windowed
    windowed.window.session_ends()
    windowed.window.close()


def entry(windowed: Windowed, name: str) -> QToolButton:
    return control(windowed.window, name, QToolButton)


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
        wait_for(lambda: windowed.page.heard == ["came up", "went down"])
        windowed.window.show_again()
        wait_for(lambda: windowed.page.heard == ["came up", "went down", "came up"])

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


class TestTheFirstStart:
    def test_a_home_without_anything_begins_with_its_page(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        show(windowed.window)
        assert not windowed.shows(FakePage)
        windowed.desk.work()
        assert windowed.shows(FirstPage)
        assert not windowed.window.kept.is_first_start_over
        click(entry(windowed, "Studio"))
        assert not windowed.shows(FirstPage)
        assert windowed.window.kept.is_first_start_over

    @pytest.mark.parametrize("what", ["endpoint_list", "session_list"])
    def test_who_has_set_something_up_or_was_live_begins_with_the_studio(self, what: str) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        setattr(windowed.client, what, ("something",))
        windowed.desk.work()
        assert windowed.shows(FakePage)
        assert not windowed.shows(FirstPage)

    def test_who_went_elsewhere_meanwhile_stays_there(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        show(windowed.window)
        click(entry(windowed, "Settings"))
        settings = windowed.page
        windowed.desk.work()
        assert windowed.page is settings

    def test_another_language_shows_its_page_once_more(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        windowed.desk.work()
        before = windowed.window.page
        try:
            choose("de")
            wait_for(lambda: windowed.window.page is not before)
            windowed.desk.work()
            assert windowed.shows(FirstPage)
        finally:
            choose("en")

    def test_who_has_been_in_the_studio_is_shown_it_no_more(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        show(windowed.window)
        windowed.desk.work()
        click(entry(windowed, "Settings"))
        assert not windowed.window.kept.is_first_start_over
        click(entry(windowed, "Studio"))
        assert windowed.window.kept.is_first_start_over

    def test_a_service_that_cannot_say_does_not_keep_anybody_waiting(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)

        def gone() -> None:
            raise ServiceGoneError("It is gone.")

        windowed.client.endpoints.all = gone
        windowed.desk.work()
        assert windowed.shows(FakePage)

    def test_a_broadcast_that_begins_leads_to_the_studio(self) -> None:
        windowed = Windowed(kept=KeptWindow(), is_service_slow=True)
        windowed.client.endpoint_list = ()
        windowed.desk.work()
        assert windowed.shows(FirstPage)
        windowed.service.comes()
        windowed.service.tells("live", live("starting"))
        assert not windowed.shows(FirstPage)


class TestGoingLiveAndEnding:
    def test_off_air_the_button_opens_the_sheet_with_the_chosen_station(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", OFF_AIR)
        click(control(windowed.window, "Go live", Button))
        assert windowed.asked_live == ["st1"]
        assert windowed.sheet is not None

    def test_nobody_goes_live_while_the_service_is_not_there(self, windowed: Windowed) -> None:
        assert not control(windowed.window, "Go live", Button).isEnabled()

    def test_ending_asks_once_in_its_place(self, windowed: Windowed) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        click(control(windowed.window, "End stream", Button))
        assert windowed.client.stopped == []
        click(control(windowed.window, "End it now?", Button))
        assert windowed.client.stopped == ["s1"]

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


class TestNotices:
    def test_a_service_that_is_away_is_said_and_the_page_stays(self, windowed: Windowed) -> None:
        windowed.service.comes()
        page = windowed.page
        windowed.service.goes()
        assert "does not answer" in " ".join(texts(windowed.window))
        assert windowed.page is page
        windowed.service.comes()
        assert "does not answer" not in " ".join(texts(windowed.window))

    def test_who_is_shut_out_can_try_again(self, windowed: Windowed) -> None:
        wanted: list[bool] = []
        windowed.window.wants_service.connect(lambda: wanted.append(True))
        windowed.service.shuts()
        windowed.window.notices.shut_out(
            ServiceGoneError("PowerStream's service did not come up.", hint="No room.")
        )
        assert "PowerStream's service did not come up. No room." in texts(windowed.window)
        click(control(windowed.window, "Try again", Button))
        assert wanted == [True]

    def test_what_was_said_can_be_closed_and_read_again_in_the_log(self, windowed: Windowed) -> None:
        windowed.window.surroundings.ways.say("The clip was saved.", "Look at it on the page Replays.")
        click(control(windowed.window, "Close this notice", QToolButton))
        assert "The clip was saved. Look at it on the page Replays." not in texts(windowed.window)
        newest = windowed.window.findChild(NewestNotice)
        assert newest is not None
        assert newest.text() == "The clip was saved."
        click(newest)
        assert isinstance(windowed.sheet, NoticeLog)
        assert {"The clip was saved.", "Look at it on the page Replays."} <= set(texts(windowed.sheet))

    def test_an_engine_that_failed_is_said_until_it_is_back(self, windowed: Windowed) -> None:
        windowed.service.comes()
        failed = {
            "state": "failed",
            "isComingBack": True,
            "failure": {"message": "It died.", "hint": "", "fault": "bug"},
        }
        windowed.service.tells("engine", failed)
        assert "is being started again" in " ".join(texts(windowed.window))
        windowed.service.tells("engine", {"state": "running", "isComingBack": False, "failure": None})
        assert "is being started again" not in " ".join(texts(windowed.window))

    def test_a_sentence_with_markup_is_shown_as_it_is(self, windowed: Windowed) -> None:
        windowed.window.surroundings.ways.say("<b>Fish & chips</b>")
        assert "<b>Fish & chips</b>" in texts(windowed.window)

    def test_the_foot_shows_the_recording(self, windowed: Windowed) -> None:
        recording = {
            "state": "recording",
            "durationSeconds": 5025.0,
            "durableSeconds": 5024.0,
            "bytes": 4_100_000_000,
        }
        windowed.service.tells("recording", {"recording": recording})
        assert "● 01:23:45 · 4.1\u00a0GB" in texts(windowed.window)
        windowed.service.tells("recording", {"recording": {**recording, "error": "The disk is full."}})
        assert "✖ failed" in texts(windowed.window)
        windowed.service.tells("recording", {"recording": None})
        assert "Recording" not in texts(windowed.window)


class TestFigures:
    def test_the_disk_is_asked_for_and_shown(self, windowed: Windowed) -> None:
        assert windowed.window.chrome.top.figures.disk.value == "78 h left"

    def test_what_cannot_be_known_is_not_shown(self, windowed: Windowed) -> None:
        windowed.client.computer.stats = lambda: (_ for _ in ()).throw(ServiceGoneError("It is gone."))
        windowed.window.hide()
        show(windowed.window)
        assert windowed.window.chrome.top.figures.disk.value == "—"

    def test_what_goes_out_is_shown_while_it_does(self, windowed: Windowed) -> None:
        windowed.service.tells("destinations", broadcast("e1", "e2"))
        assert windowed.window.chrome.top.figures.upload.value == "12.0\u00a0Mb/s"
        windowed.service.tells("destinations", {"sessions": [], "totalActive": 0})
        assert windowed.window.chrome.top.figures.upload.value == "—"

    def test_tooltips_keep_the_causes_apart(self, windowed: Windowed) -> None:
        figures = windowed.window.chrome.top.figures
        windowed.service.tells("destinations", broadcast("e1"))
        stats = {"framesSkipped": 0, "renditions": [{"framesMade": 1, "framesSkipped": 0}]}
        windowed.service.tells("engine", {"state": "running", "stats": stats})
        assert figures.dropped.toolTip().startswith("Your internet:")
        assert figures.skipped.toolTip().startswith("Your computer:")
        assert "Your graphics:" in figures.skipped.toolTip()


class TestStations:
    def test_another_one_can_be_chosen_and_is_remembered(self, windowed: Windowed) -> None:
        windowed.service.comes()
        picker = control(windowed.window, "Station: No Limit Live", Button)
        [action] = [each for each in picker.menu().actions() if each.text() == "B && B"]
        action.trigger()
        assert picker.text() == "B && B"
        assert windowed.window.kept.station_id == "st2"

    def test_the_one_on_air_is_shown_while_it_is(self, windowed: Windowed) -> None:
        windowed.service.comes()
        [other] = [
            each
            for each in control(windowed.window, "Station: No Limit Live", Button).menu().actions()
            if each.text() == "B && B"
        ]
        other.trigger()
        windowed.service.tells("live", live())
        control(windowed.window, "Station: No Limit Live", Button)
        windowed.service.tells("live", OFF_AIR)
        control(windowed.window, "Station: B & B", Button)

    def test_the_picker_leads_to_the_page_of_stations(self, windowed: Windowed) -> None:
        windowed.service.comes()
        control(windowed.window, "Station: No Limit Live", Button).menu().actions()[-1].trigger()
        assert entry(windowed, "Station").isChecked()


class TestClosing:
    @pytest.fixture
    def gone(self, windowed: Windowed) -> list[bool]:
        gone: list[bool] = []
        windowed.window.gone.connect(lambda: gone.append(True))
        return gone

    def test_off_air_it_closes(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.window.close()
        assert gone == [True]

    def test_while_live_it_asks_once(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        assert (gone, windowed.window.isVisible()) == ([], True)
        assert windowed.is_asking()
        windowed.window.close()
        assert gone == [True]
        assert windowed.client.stopped == []

    def test_the_broadcast_can_be_kept(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        click(control(windowed.window, "Keep it running", Button))
        assert (gone, windowed.client.stopped) == ([True], [])

    def test_the_broadcast_can_be_ended_and_the_window_waits_for_that(
        self, windowed: Windowed, gone: list[bool]
    ) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.desk.is_slow = True
        windowed.window.close()
        click(control(windowed.window, "End the broadcast", Button))
        assert gone == []
        windowed.desk.work()
        assert (gone, windowed.client.stopped) == ([True], ["s1"])

    def test_it_can_stay_and_asks_again_next_time(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        click(control(windowed.window, "Cancel", Button))
        assert not windowed.is_asking()
        windowed.window.close()
        assert windowed.is_asking()
        press(control(windowed.window, "Cancel", Button), Qt.Key.Key_Escape)
        assert (gone, windowed.is_asking()) == ([], False)

    def test_a_desktop_that_logs_off_is_not_kept_waiting(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.session_ends()
        windowed.window.close()
        assert gone == [True]


class TestTheTray:
    def test_a_window_whose_broadcast_is_kept_goes_on_there(self, qt_complains: list[str]) -> None:
        windowed = Windowed(has_tray=True)
        qt_complains.clear()  # this platform has no tray, and says so
        show(windowed.window)
        gone: list[bool] = []
        windowed.window.gone.connect(lambda: gone.append(True))
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        click(control(windowed.window, "Keep it running", Button))
        assert (gone, windowed.window.isVisible()) == ([], False)
        assert windowed.page.heard[-1] == "went down"
        windowed.window.show_again()
        assert not windowed.is_asking()
        windowed.service.tells("live", OFF_AIR)
        windowed.window.close()
        assert gone == [True]


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
