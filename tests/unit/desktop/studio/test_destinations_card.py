"""The studio's card of destinations: rows changed in place, clocks that go on, and what mends a troubled one."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.spark_line import SparkLine
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell.surroundings import PageName
from powerstream_desktop.desktop.studio.destinations import row as row_module
from powerstream_desktop.desktop.studio.destinations.cause_box import CauseBox
from powerstream_desktop.desktop.studio.destinations_card import DestinationsCard
from tests.unit.desktop.access_walk import focus_of, nameless
from tests.unit.desktop.driver import click, control, names, press, show, texts, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.sound_stage import (
    FakeClient,
    Watch,
    broadcast,
    cause,
    destination,
    endpoint,
    tell,
)


class Stage:
    """A card on a fake window."""

    def __init__(self, *found: Any, refuses: SystemFault | None = None) -> None:
        self.client = FakeClient()
        self.client.found, self.client.refuses = found, refuses
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        tell(self.feed, service=ServiceState.THERE)
        self.watch = Watch()
        self.card = show(DestinationsCard(surroundings, clock=self.watch), 384, 640)

    def tell(self, *destinations: dict[str, Any], **fields: Any) -> None:
        tell(self.feed, broadcast=broadcast(*destinations, **fields) if destinations else None)

    def tick(self, seconds: float = 1.0) -> None:
        self.watch.now_s += seconds
        self.card._timer.timeout.emit()

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.card.findChildren(Chip) if chip.isVisible()]


def test_off_air_the_card_shows_what_would_be_used() -> None:
    stage = Stage(endpoint(), endpoint("tt", "TikTok", isActive=False))
    assert texts(stage.card) == ["Destinations", "YouTube", "Ready", "TikTok", "Off for this stream"]
    assert stage.chips() == []
    assert not stage.card._timer.isActive(), "nothing runs that a clock could show"


def test_while_the_service_is_silent_no_light_says_how_it_is() -> None:
    stage = Stage(endpoint())
    stage.tell(destination(status="unheard"))
    assert stage.chips() == []
    assert "Not known now" in texts(stage.card)
    assert [each.kind for row in stage.card.rows for each in row.findChildren(Light)] == [LightKind.OFF]
    assert not stage.card._timer.isActive(), "its clock stands still"


def test_on_air_each_row_says_how_it_stands_and_the_chips_how_many() -> None:
    stage = Stage(endpoint(), endpoint("tt", "TikTok"))
    stage.tell(
        destination(sinceSeconds=5021.0),
        destination("fb", "Facebook", "slow", droppedFramesPerSecond=0.36, bitrateKbps=4310),
        destination("kick", "Kick", "retrying", attempt=3, retryInSeconds=4.0, bitrateKbps=0, cause=cause()),
        destination(
            "li", "LinkedIn", "rejected", bitrateKbps=0, cause=cause("key-refused", "No such key.", "")
        ),
    )
    assert stage.chips() == ["2 live", "1 retrying", "1 rejected"]
    assert {"Live · 01:23:41", "6\u202f000", "Slow · dropping 1.2\u00a0%", "Reconnecting · try 3, in\u00a04\u00a0s", "Rejected · key not accepted",
            "Off for this stream"} <= set(texts(stage.card))  # fmt: skip
    lights = [row.findChildren(Light)[0].kind for row in stage.card.rows]
    assert lights == [LightKind.LIVE, LightKind.SLOW, LightKind.WORKING, LightKind.BAD, LightKind.OFF]
    assert "Kick closed the connection. Wait." in texts(stage.card)


def test_who_only_begins_to_connect_is_not_called_a_retry() -> None:
    stage = Stage()
    stage.tell(destination(status="connecting"), destination("b", "B", "publishing"))
    assert stage.chips() == ["2 connecting"]


def test_clocks_and_countdowns_go_on_between_two_snapshots() -> None:
    stage = Stage()
    stage.tell(
        destination(sinceSeconds=59.0), destination("k", "Kick", "retrying", attempt=2, retryInSeconds=3.0)
    )
    stage.tick()
    assert {"Live · 00:01:00", "Reconnecting · try 2, in\u00a02\u00a0s"} <= set(texts(stage.card))
    stage.tick()
    assert {"Live · 00:01:01", "Reconnecting · try 2, in\u00a01\u00a0s"} <= set(texts(stage.card))
    assert stage.card._timer.isActive()
    stage.card.hide()
    assert not stage.card._timer.isActive()


def test_rows_are_changed_in_place_and_the_keyboard_stays_where_it_is() -> None:
    stage = Stage(endpoint(), endpoint("tw", "Twitch"))
    first, second = stage.card.rows
    second.setFocus()
    stage.tell(destination("tw", "Twitch"), destination())
    assert focus_of(stage.card) is second
    QApplication.processEvents()
    assert second.y() < first.y()
    assert stage.card.rows == (second, first)
    stage.tell()
    assert stage.card.rows == (first, second)


def test_an_endpoint_that_was_removed_leaves_the_card() -> None:
    stage = Stage(endpoint(), endpoint("tw", "Twitch"))
    stage.client.found = (endpoint(),)
    stage.card.hide()
    stage.card.show()
    assert [row.standing.name for row in stage.card.rows] == ["YouTube"]


def test_the_endpoints_are_asked_for_again_when_a_broadcast_begins_and_ends() -> None:
    stage = Stage(endpoint())
    asked = len(stage.client.said)
    stage.tell(destination(), session_id="s1")
    stage.tell(destination(bitrateKbps=1), session_id="s1")
    stage.tell()
    assert len(stage.client.said) == asked + 2


def test_a_troubled_destination_can_be_retried_at_once() -> None:
    stage = Stage()
    stage.tell(destination("kick", "Kick", "retrying", attempt=3, retryInSeconds=4.0, cause=cause()))
    click(control(stage.card, "Retry now: Kick"))
    assert stage.client.retried == ["kick"]


def test_a_refused_key_leads_to_where_a_new_one_is_pasted_and_to_the_platforms_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toString()))
    stage = Stage()
    why = cause("key-refused", "The key is not accepted.", "", helpUrl="https://studio.youtube.com/")
    stage.tell(destination(status="rejected", cause=why))
    assert not any(
        "Retry now" in name for name in names(stage.card.rows[0]) if control(stage.card, name).isVisible()
    )
    click(control(stage.card, "Paste new key: YouTube"))
    assert stage.ways.went == [(PageName.DESTINATIONS, "yt")]
    click(control(stage.card, "Open the page of Youtube"))
    assert opened == ["https://studio.youtube.com/"]


def test_an_address_that_is_no_web_page_cannot_be_opened() -> None:
    stage = Stage()
    stage.tell(destination(status="rejected", cause=cause("key-refused", helpUrl="file:///etc/passwd")))
    assert not control(stage.card, "Open the page of Youtube").isVisible()


def test_an_endpoint_without_a_key_says_so_before_the_broadcast() -> None:
    stage = Stage(endpoint(streamKey="unset"))
    click(control(stage.card, "Paste key: YouTube"))
    assert stage.ways.went == [(PageName.DESTINATIONS, "yt")]


def test_edit_leads_to_the_destinations_page() -> None:
    stage = Stage(endpoint())
    click(control(stage.card, "Edit destinations"))
    assert stage.ways.went == [(PageName.DESTINATIONS, "")]


def test_names_and_causes_are_plain_text() -> None:
    stage = Stage()
    stage.tell(destination(name="<b>Fat</b>", status="retrying", cause=cause(message="<img src=x>", hint="")))
    assert {"<b>Fat</b>", "<img src=x>"} <= set(texts(stage.card))


def test_the_line_of_a_destination_shows_what_it_took() -> None:
    stage = Stage()
    for second in range(10):
        stage.watch.now_s += 1
        stage.tell(destination(bitrateKbps=6000 if second < 6 else 0))
    [row] = stage.card.rows
    points = row.findChildren(SparkLine)[0].points
    assert points[0] == 6000
    assert points[-1] == 0


def test_a_change_of_state_is_announced_and_a_figure_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(row_module, "announce", lambda widget, sentence: announced.append(sentence))
    stage = Stage()
    stage.tell(destination())
    stage.tell(destination(bitrateKbps=5))
    stage.tick()
    assert announced == []
    stage.tell(destination(status="slow"))
    assert announced == ["YouTube: Slow."]


def test_each_row_is_one_thing_for_the_keyboard_and_a_whole_sentence() -> None:
    stage = Stage(endpoint("tt", "TikTok"))
    stage.tell(destination(sinceSeconds=61.0), destination("tw", "Twitch"))
    first, second, third = stage.card.rows
    first.setFocus()
    press(first, Qt.Key.Key_Down)
    assert focus_of(stage.card) is second
    press(second, Qt.Key.Key_Down)
    press(third, Qt.Key.Key_Down)
    assert focus_of(stage.card) is third
    press(third, Qt.Key.Key_Up)
    assert focus_of(stage.card) is second
    assert first.accessibleName() == "YouTube: Live · 00:01:01, 6\u202f000\u00a0kbit/s."
    assert nameless(stage.card) == []


def test_what_cannot_be_asked_is_said_with_a_way_to_try_again() -> None:
    stage = Stage(refuses=SystemFault("The service does not answer."))
    assert "The service does not answer." in texts(stage.card)
    assert stage.desk.refused == []
    stage.client.refuses, stage.client.found = None, (endpoint(),)
    click(control(stage.card, "Try again"))
    assert "YouTube" in texts(stage.card)
    assert "The service does not answer." not in texts(stage.card)


def test_who_has_no_platform_yet_is_told_what_to_do() -> None:
    assert "No platform yet." in texts(Stage().card)


def test_sixty_destinations_stay_quick() -> None:
    stage = Stage()
    many = [destination(str(number), f"Server {number}", bitrateKbps=number) for number in range(60)]
    stage.tell(*many)
    wait_for(lambda: len(stage.card.rows) == 60)
    QApplication.processEvents()
    taken_s = []
    for kbps in range(5):
        begun_s = time.perf_counter()
        stage.tell(*({**each, "bitrateKbps": 5000 + kbps, "sinceSeconds": 60.0 + kbps} for each in many))
        taken_s.append(time.perf_counter() - begun_s)
    assert min(taken_s) < 0.05


@pytest.mark.parametrize(("words", "is_below"), [("It went.", False), ("It went away. " * 24, True)])
def test_a_button_that_would_leave_a_long_cause_little_room_stands_below_it(
    words: str, is_below: bool
) -> None:
    stage = Stage(endpoint("kick", "Kick"))
    why = cause("closed", words.strip(), "")
    stage.tell(destination("kick", "Kick", "retrying", attempt=3, retryInSeconds=4.0, cause=why))
    [box] = [each for each in stage.card.findChildren(CauseBox) if each.isVisible()]
    QApplication.processEvents()
    button = next(each for each in box.findChildren(Button) if each.isVisible())
    said = next(each for each in box.findChildren(Label) if each.text())
    assert (button.geometry().top() >= said.geometry().bottom()) is is_below
