"""The multistream dashboard shows what is kept and what happens, and has done what somebody wants done."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from powerstream_desktop.client.endpoints import EndpointWish
from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.destinations.page import ADD, MultistreamDashboard
from powerstream_desktop.desktop.destinations.profile_sheet import ProfileSheet
from powerstream_desktop.desktop.golive.dialog import GoLiveDialog
from powerstream_desktop.desktop.kit.buttons import Button, IconButton
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState
from tests.unit.desktop.destinations.stage import Stage, settled, unnamed
from tests.unit.desktop.destinations.values import ENDPOINTS, STATUSES, finding, status
from tests.unit.desktop.driver import click, control, press, show, texts


def opened(stage: Stage) -> MultistreamDashboard:
    page = MultistreamDashboard(stage.surroundings)
    page.came_up()
    return settled(show(page, 1280, 720))


def lights(page: QWidget) -> list[LightKind]:
    settled(page)
    return [each.kind for each in page.findChildren(Light) if each.isVisible()]


def choose(page: QWidget, name: str, words: str) -> None:
    """Choose an entry of a "More" menu."""
    menu = control(page, f"More for {name}", IconButton).menu()
    entry = next(each for each in entries(menu) if each.text().replace("&&", "&") == words)
    assert entry.isEnabled(), f"{words} cannot be chosen"
    entry.trigger()


def entries(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for action in menu.actions():
        below = action.menu()
        found += entries(below) if isinstance(below, QMenu) else [action]
    return found


def test_every_endpoint_has_a_line_with_what_is_kept() -> None:
    page = opened(Stage())
    shown = texts(settled(page))
    assert {"YouTube", "Main channel", "a.rtmps.youtube.com", "key set", "no key"} <= set(shown)
    assert lights(page) == [LightKind.OFF] * len(ENDPOINTS)
    assert control(page, "Use YouTube Main channel", Switch).isChecked()
    assert not control(page, "Use TikTok Portrait", Switch).isChecked()


def test_everything_that_the_keyboard_reaches_has_a_name() -> None:
    found = unnamed(opened(Stage(live=True)))
    assert [each for each in found if "Filler" not in each] == [], (
        "a filler's button has words while it is seen"
    )


def test_a_broadcast_is_shown_as_it_goes_and_its_widgets_stay() -> None:
    stage = Stage(live=True)
    page = opened(stage)
    assert lights(page) == [
        LightKind.LIVE,
        LightKind.LIVE,
        LightKind.SLOW,
        LightKind.WORKING,
        LightKind.BAD,
        LightKind.OFF,
    ]
    assert "LinkedIn does not accept the key." in texts(settled(page))
    more = control(page, "More for Kick nolimit", IconButton)
    stage.go_on_air(*STATUSES[:3], status("ki", "nolimit (2)", "live", bitrate_kbps=5990), STATUSES[4])
    assert lights(page)[3] is LightKind.LIVE
    assert "Live 5\u202f990\u00a0kbit/s" in texts(settled(page))
    assert control(page, "More for Kick nolimit", IconButton) is more, "the keyboard would lose its place"


def test_the_stream_is_shown_minute_by_minute_and_stays_when_it_is_over() -> None:
    stage = Stage(live=True)
    page = opened(stage)
    assert "This stream, minute by minute" in texts(settled(page))
    assert "97.5\u00a0%" in texts(settled(page))
    stage.client.sessions.told = Stage().client.sessions.told
    stage.go_off_air()
    assert "The last stream, minute by minute" in texts(settled(page))


def test_a_light_that_turns_is_on_the_bars_at_once() -> None:
    stage = Stage(live=True)
    page = opened(stage)
    asked = stage.client.sessions.asked
    stage.go_on_air(*STATUSES)
    assert stage.client.sessions.asked == asked, "nothing turned"
    stage.go_on_air(status("yt", "Main channel", "retrying"), *STATUSES[1:])
    assert stage.client.sessions.asked == asked + 1
    page.went_down()
    stage.go_on_air(*STATUSES)
    assert stage.client.sessions.asked == asked + 1, "nobody looks"


def test_a_stream_that_has_just_begun_has_no_figures_yet() -> None:
    stage = Stage(live=True)
    told = stage.client.sessions.told
    assert told is not None
    bare = tuple(dataclasses.replace(each, figures=()) for each in told.destinations)
    stage.client.sessions.told = dataclasses.replace(told, destinations=bare)
    page = opened(stage)
    assert "The first figures come after a minute." in texts(page)
    assert "Bitrate per destination" not in texts(page)


def test_the_first_destination_is_one_press_away() -> None:
    stage = Stage(empty=True)
    page = opened(stage)
    assert "No destination yet." in texts(settled(page))
    assert not control(page, "Check all", Button).isEnabled()
    click(control(page, "Add a destination", Button))
    assert isinstance(stage.ways.sheets[0], DestinationSheet)


def test_nothing_can_be_added_before_it_is_known_what_can() -> None:
    stage = Stage()
    stage.desk.is_slow = True
    page = opened(stage)
    assert not control(page, "+ Add destination", Button).isEnabled()
    stage.desk.work()
    click(control(page, "+ Add destination", Button))
    assert isinstance(stage.ways.sheets[0], DestinationSheet)


def test_use_is_switched_and_shown_as_the_service_says_it_is() -> None:
    stage = Stage()
    page = opened(stage)
    click(control(page, "Use YouTube Main channel", Switch))
    [(endpoint_id, wish)] = stage.client.did("endpoints.save")
    assert (endpoint_id, wish.is_active, wish.stream_key) == ("yt", False, None)
    assert not control(page, "Use YouTube Main channel", Switch).isChecked()


def test_a_change_that_is_refused_is_said_and_the_switch_goes_back() -> None:
    stage = Stage()
    page = opened(stage)
    stage.client.endpoints.refuses = ServiceGoneError("The service does not answer.", hint="Wait a moment.")
    switch = control(page, "Use YouTube Main channel", Switch)
    press(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert stage.ways.said == [("The service does not answer. Wait a moment.", "")]


def test_an_endpoint_is_moved_up_and_keeps_the_picture_longer() -> None:
    stage = Stage()
    page = opened(stage)
    choose(page, "Twitch nolimit", "Move up: keeps the picture longer")
    assert {each: wish.priority for each, wish in stage.client.did("endpoints.save")} == {"tw": 5, "yt": 4}
    assert [each.id for each in stage.client.endpoints.all()][:2] == ["tw", "yt"]


def test_deleting_asks_once_in_the_menu_and_the_line_is_gone() -> None:
    stage = Stage()
    page = opened(stage)
    choose(page, "Facebook Station page", "Yes, delete Facebook Station page and its key")
    assert stage.client.did("endpoints.remove") == [("fb",)]
    assert "Station page" not in texts(settled(page))


def test_retry_is_offered_only_where_there_is_something_to_retry() -> None:
    stage = Stage(live=True)
    page = opened(stage)
    choose(page, "Kick nolimit", "Retry now")
    assert stage.client.did("endpoints.retry") == [("ki",)]
    live = control(page, "More for YouTube Main channel", IconButton).menu()
    assert not next(each for each in entries(live) if each.text() == "Retry now").isEnabled()


def test_a_new_key_is_pasted_in_the_sheet_of_its_endpoint() -> None:
    stage = Stage()
    choose(opened(stage), "LinkedIn Event", "Paste a new key")
    [sheet] = stage.ways.sheets
    assert "New key for Event" in texts(show(sheet))


def test_all_that_are_in_use_are_checked_and_no_light_becomes_green() -> None:
    stage = Stage()
    stage.client.preflight.findings["tw"] = (
        finding("warning", "key-age", "The key is old.", "Get another."),
    )
    page = opened(stage)
    stage.desk.is_slow = True
    click(control(page, "Check all", Button))
    assert texts(settled(page)).count("Checking…") == 5
    stage.desk.work()
    assert lights(page) == [
        LightKind.OFF,
        LightKind.SLOW,
        LightKind.OFF,
        LightKind.OFF,
        LightKind.BAD,
        LightKind.OFF,
    ]
    shown = texts(settled(page))
    assert (shown.count("Answers"), "The key is old." in shown, "LinkedIn has no stream key." in shown) == (
        3,
        True,
        True,
    )


def test_a_check_that_cannot_be_made_says_why() -> None:
    stage = Stage()
    stage.client.preflight.refuses = ServiceGoneError("The service does not answer.")
    page = opened(stage)
    choose(page, "Twitch nolimit", "Check")
    assert {"Not checked", "The service does not answer."} <= set(texts(settled(page)))


def test_a_page_that_learns_nothing_says_so_and_tries_again() -> None:
    stage = Stage()
    stage.client.stations.refuses = ServiceGoneError("The service does not answer.")
    page = opened(stage)
    assert "The service does not answer." in texts(settled(page))
    stage.client.stations.refuses = None
    click(control(page, "Try again", Button))
    assert "Main channel" in texts(settled(page))


def test_while_nobody_answers_no_page_says_that_there_was_no_stream() -> None:
    stage = Stage()
    stage.client.sessions.refuses = ServiceGoneError("The service does not answer.")
    page = opened(stage)
    shown = texts(settled(page))
    assert "No stream yet." not in shown
    assert "The service does not answer." in shown
    stage.client.sessions.refuses = None
    stage.feed.replace(Outlook(service=ServiceState.AWAY))
    stage.feed.replace(Outlook(service=ServiceState.THERE))
    assert "The service does not answer." not in texts(settled(page))


def test_a_service_that_is_there_again_is_asked_how_things_are() -> None:
    stage = Stage()
    page = opened(stage)
    stage.client.endpoints.save("yt", EndpointWish(name="Renamed meanwhile", platform="youtube", priority=9))
    stage.feed.replace(Outlook(service=ServiceState.AWAY))
    assert "Main channel" in texts(settled(page)), "what was known stays"
    stage.feed.replace(Outlook(service=ServiceState.THERE))
    assert "Renamed meanwhile" in texts(settled(page))
    page.went_down()
    stage.client.endpoints.save("yt", EndpointWish(name="Renamed again", platform="youtube", priority=9))
    stage.feed.replace(Outlook(service=ServiceState.AWAY))
    stage.feed.replace(Outlook(service=ServiceState.THERE))
    assert "Renamed again" not in texts(settled(page)), "nobody looks"


def test_a_subject_opens_the_key_of_an_endpoint_also_when_it_comes_before_the_facts() -> None:
    stage = Stage()
    page = MultistreamDashboard(stage.surroundings)
    page.show_subject("li")
    assert stage.ways.sheets == []
    page.came_up()
    assert len(stage.ways.sheets) == 1
    page.show_subject(ADD)
    assert len(stage.ways.sheets) == 2
    page.show_subject("gone")
    assert len(stage.ways.sheets) == 2


def test_lines_stand_in_the_order_in_which_they_keep_the_picture() -> None:
    stage = Stage()
    page = opened(stage)
    choose(page, "Twitch nolimit", "Move up: keeps the picture longer")
    settled(page)
    tops = {each: each.mapTo(page, each.rect().topLeft()).y() for each in page.findChildren(Switch)}
    in_order = [each.accessibleName() for each in sorted(tops, key=lambda each: tops[each])]
    assert in_order[:3] == ["Use Twitch nolimit", "Use YouTube Main channel", "Use Facebook Station page"]


def test_profiles_are_listed_edited_chosen_and_deleted() -> None:
    stage = Stage(live=True)
    page = opened(stage)
    assert {"Weekly show", "YouTube, Twitch, Facebook, Kick, LinkedIn"} <= set(texts(settled(page)))
    choose(page, "Quick update", "Edit")
    choose(page, "Quick update", "Go live with it")
    assert [type(each) for each in stage.ways.sheets] == [ProfileSheet, GoLiveDialog]
    choose(page, "Quick update", "Yes, delete Quick update")
    assert stage.client.did("profiles.remove") == [("pr2",)]
    assert "Quick update" not in texts(settled(page))


def test_a_hostile_name_is_shown_as_it_is() -> None:
    stage = Stage()
    stage.client.endpoints.save("yt", EndpointWish(name="<b>&loud</b>", platform="youtube", priority=9))
    assert "<b>&loud</b>" in texts(opened(stage))
