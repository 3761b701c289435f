"""The first page: what is seen and heard, the first platform, a rehearsal, going live, and the way past all of it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from powerstream_desktop.client.computer import DeviceProblem, Devices
from powerstream_desktop.client.errors import RefusedError, ServiceGoneError
from powerstream_desktop.client.studio import Channel, EngineStatus, Mixer, Scene, Scenery, StudioStatus
from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.first_start.page import FirstStartPage
from powerstream_desktop.desktop.golive.dialog import GoLiveDialog
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState
from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.unit.desktop.destinations.stage import Stage, settled, unnamed
from tests.unit.desktop.driver import click, control, show, texts, type_text
from tests.unit.desktop.first_start.test_senses import levels


def opened(stage: Stage) -> FirstStartPage:
    page = FirstStartPage(stage.surroundings)
    page.came_up()
    return settled(show(page, 1280, 720))


def shown(page: FirstStartPage) -> list[str]:
    return texts(settled(page))


def test_it_tells_what_is_there_and_that_a_scene_is_ready() -> None:
    stage = Stage(empty=True)
    page = opened(stage)
    assert {"Screen: Screen 1, 1920×1080", "Camera: Integrated Camera", "Microphone: USB Microphone"} <= set(
        shown(page)
    )
    scenery = Scenery(words={}, scenes=(Scene(words={}, id="sc", name="Screen + camera"),), current="sc")
    studio = StudioStatus(words={}, engine=EngineStatus(words={}, state="running"), studio=scenery)
    stage.feed.replace(Outlook(service=ServiceState.THERE, studio=studio))
    assert "“Screen + camera” is ready" in shown(page)


def test_a_voice_is_noticed() -> None:
    stage = Stage(empty=True)
    page = opened(stage)
    sound = Mixer(
        words={}, channels=(Channel(words={"content": {"type": "microphone"}}, id="mic", name="Mic"),)
    )
    studio = StudioStatus(words={}, engine=EngineStatus(words={}, state="running"), sound=sound)
    stage.feed.replace(Outlook(service=ServiceState.THERE, studio=studio, levels=levels("mic", -12.0)))
    assert "Your microphone is heard" in shown(page)


def test_meters_are_watched_while_the_page_is_seen_and_no_longer() -> None:
    stage = Stage(empty=True)
    stage.feed.replace(Outlook(service=ServiceState.THERE))
    page = opened(stage)
    assert stage.client.did("studio.watch_levels") == [(True,)]
    page.hide()
    assert stage.client.did("studio.watch_levels") == [(True,), (False,)]


def test_devices_that_cannot_be_listed_are_looked_for_again() -> None:
    stage = Stage(empty=True)
    stage.client.computer.refuses = ServiceGoneError("The engine does not come up.")
    page = opened(stage)
    assert "The engine does not come up." in shown(page)
    stage.client.computer.refuses = None
    click(control(page, "Look again", Button))
    assert "Camera: Integrated Camera" in shown(page)


def test_why_a_list_is_empty_is_told() -> None:
    stage = Stage(empty=True)
    no_sound = DeviceProblem(kinds=("microphone",), title="No sound system is running.")
    stage.client.computer.found = Devices(words={}, problems=(no_sound,))
    assert "No sound system is running." in shown(opened(stage))


def test_the_first_platform_is_added_here_and_shown() -> None:
    stage = Stage(empty=True)
    page = opened(stage)
    click(control(page, "Add a platform", Button))
    [sheet] = stage.ways.sheets
    assert isinstance(sheet, DestinationSheet)
    settled(show(sheet))
    click(control(sheet, "Twitch", Button))
    type_text(control(sheet, "Stream key", QLineEdit), "live_0815_madeUpKeyOfATest")
    click(control(sheet, "Save", Button))
    assert "Twitch: the key is kept" in shown(page)
    assert control(page, "Add another platform", Button).isEnabled()


def test_a_platform_without_a_key_is_said() -> None:
    stage = Stage()
    assert "TikTok: needs a key" in shown(opened(stage))


def test_a_rehearsal_begins_and_the_studio_shows_it() -> None:
    stage = Stage(empty=True)
    page = opened(stage)
    click(control(page, "Rehearse", Button))
    [(wish,)] = stage.client.did("live.start")
    assert (wish.is_rehearsal, wish.recording_enabled) == (True, False)
    assert stage.ways.went == [(PageName.STUDIO, "")]


def test_a_rehearsal_that_is_refused_says_why_and_can_be_tried_again() -> None:
    stage = Stage(empty=True)
    stage.client.live.refuses = RefusedError(
        "The encoder cannot do that.", status=422, code="x", hint="Choose another."
    )
    page = opened(stage)
    click(control(page, "Rehearse", Button))
    assert "The encoder cannot do that. Choose another." in shown(page)
    assert control(page, "Rehearse", Button).isEnabled()
    assert stage.ways.went == []


def test_going_live_asks_first() -> None:
    stage = Stage(empty=True)
    click(control(opened(stage), "Go live", Button))
    assert isinstance(stage.ways.sheets[0], GoLiveDialog)


def test_all_of_it_can_be_skipped() -> None:
    stage = Stage(empty=True)
    click(control(opened(stage), "Skip: show me the studio", Button))
    assert stage.ways.went == [(PageName.STUDIO, "")]


def test_a_service_that_does_not_answer_is_asked_again_by_the_button() -> None:
    stage = Stage(empty=True)
    stage.client.stations.refuses = ServiceGoneError("The service does not answer.")
    page = opened(stage)
    assert "The service does not answer." in shown(page)
    stage.client.stations.refuses = None
    click(control(page, "Add a platform", Button))
    assert "The service does not answer." not in shown(page)
    assert [type(each) for each in stage.ways.sheets] == [DestinationSheet]


def test_who_is_quicker_than_the_service_gets_the_sheet_once_it_has_answered() -> None:
    stage = Stage(empty=True)
    stage.desk.is_slow = True
    page = opened(stage)
    click(control(page, "Add a platform", Button))
    assert stage.ways.sheets == []
    stage.desk.work()
    assert [type(each) for each in stage.ways.sheets] == [DestinationSheet]


def test_everything_that_the_keyboard_reaches_has_a_name() -> None:
    page = opened(Stage())
    assert unnamed(page) == []
