"""What is said around the pages: notices, figures, the station."""

from __future__ import annotations

from typing import Any, Final

import pytest
from PySide6.QtWidgets import QToolButton

from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.client.live import RunningRecording
from powerstream_desktop.client.reading import read_answer
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.shell.banner_bar import BannerBar
from powerstream_desktop.desktop.shell.foot import HEIGHT_PX, Foot, NewestNotice
from powerstream_desktop.desktop.shell.notice_log import NoticeLog
from powerstream_desktop.desktop.shell.station_picker import StationPicker
from tests.unit.desktop.driver import click, control, show, texts
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.shell.outlooks import OFF_AIR, broadcast, live
from tests.unit.desktop.shell.windows import Windowed, entry

RECORDING: Final = {
    "state": "recording",
    "durationSeconds": 5025.0,
    "durableSeconds": 5024.0,
    "bytes": 4_100_000_000,
}
NOT_GROWING: Final = {
    "code": "not_growing",
    "message": "NOT RECORDING: what is streamed does not reach the file.",
    "hint": "A new file begins as soon as the disk takes one; check the disk.",
}


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

    @pytest.mark.parametrize(("is_good", "light"), [(True, LightKind.LIVE), (False, LightKind.SLOW)])
    def test_good_news_is_calm(self, is_good: bool, light: LightKind, windowed: Windowed) -> None:
        ways = windowed.window.surroundings.ways
        (ways.tell if is_good else ways.say)("The clip was saved.")
        (bar,) = windowed.window.findChildren(BannerBar)
        assert [each.kind for each in bar.findChildren(Light)] == [light]

    def test_what_was_said_can_be_closed_and_read_again_in_the_log(self, windowed: Windowed) -> None:
        windowed.window.surroundings.ways.say("The clip was saved.", "Look at it on the page Replays.")
        click(control(windowed.window, "Close this notice", QToolButton))
        assert "The clip was saved. Look at it on the page Replays." not in texts(windowed.window)
        newest = windowed.window.findChild(NewestNotice)
        assert newest is not None
        assert newest.text() == "The clip was saved. Look at it on the page Replays.", (
            "what to do is said as well"
        )
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
        windowed.service.tells("recording", {"recording": RECORDING})
        assert "● 01:23:45 · 4.1\u00a0GB" in texts(windowed.window)
        windowed.service.tells("recording", {"recording": {**RECORDING, "error": "The disk is full."}})
        assert "✖ failed" in texts(windowed.window)
        windowed.service.tells("recording", {"recording": None})
        assert "Recording" not in texts(windowed.window)

    @pytest.mark.parametrize(
        ("changes", "word"),
        [({"warning": NOT_GROWING}, "✖ NOT RECORDING"), ({"isPaused": True}, "○ paused")],
    )
    def test_on_every_page_the_foot_says_that_nothing_is_recorded_now(
        self, windowed: Windowed, changes: dict[str, Any], word: str
    ) -> None:
        windowed.service.tells("recording", {"recording": {**RECORDING, **changes}})
        assert word in texts(windowed.window)
        assert "● 01:23:45 · 4.1\u00a0GB" not in texts(windowed.window)

    def test_why_nothing_is_recorded_is_said_in_the_persons_language(self) -> None:
        with speaking("de"):
            foot = show(Foot(), 1280, HEIGHT_PX)
            foot.show_recording(
                read_answer(RunningRecording, {**RECORDING, "warning": NOT_GROWING}, "recording")
            )
            tips = {each.text(): each.toolTip() for each in foot.findChildren(Label)}
        assert tips["✖ KEINE AUFZEICHNUNG"].startswith("KEINE AUFZEICHNUNG: was gestreamt wird")


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
        assert windowed.window.chrome.top.figures.upload.value == "12.0\u00a0Mbit/s"
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
        assert picker(windowed).text() == "No Limit Live"
        windowed.service.tells("live", OFF_AIR)
        assert picker(windowed).text() == "B && B"

    def test_the_picker_leads_to_the_page_of_stations(self, windowed: Windowed) -> None:
        windowed.service.comes()
        control(windowed.window, "Station: No Limit Live", Button).menu().actions()[-1].trigger()
        assert entry(windowed, "Station").isChecked()


def picker(windowed: Windowed) -> StationPicker:
    [found] = windowed.window.findChildren(StationPicker)
    return found
