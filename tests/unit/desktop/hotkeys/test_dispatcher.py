"""What a key has the service do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from powerstream_desktop.client.clips import Clip
from powerstream_desktop.client.live import LiveStatus, Marker, StartWish
from powerstream_desktop.client.sessions import Session, SessionsPage
from powerstream_desktop.client.studio import Channel, EngineStatus, Mixer, Scene, Scenery, StudioStatus
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import KeyEvent
from powerstream_desktop.desktop.hotkeys.dispatcher import PANIC_S, Dispatcher
from powerstream_desktop.desktop.outlook.outlook import Outlook
from tests.unit.desktop import driver
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.hotkeys.moments import clip, marker

A = HotkeyAction


def channel(name: str, content: str, **changes: Any) -> Channel:
    return Channel(words={"content": {"type": content}}, id=name, name=name, **changes)


class Studio:
    """``client.studio``; notes what it was told."""

    def __init__(self) -> None:
        self.said: list[tuple[Any, ...]] = []
        self.channels = [channel("voice", "microphone"), channel("game", "desktop")]
        self.is_private = False

    def status(self) -> StudioStatus:
        scenes = (Scene(words={}, id="s1", name="Talk"), Scene(words={}, id="s2", name="Screen"))
        return StudioStatus(
            words={},
            engine=EngineStatus(words={}, state="running"),
            studio=Scenery(words={}, scenes=scenes, current="s1"),
            sound=Mixer(words={}, channels=tuple(self.channels)),
            is_private=self.is_private,
        )

    wake = status

    def switch_scene(self, scene: str) -> None:
        self.said.append(("scene", scene))

    def change_audio(self, name: str, *, is_muted: bool) -> None:
        self.said.append(("mute", name, is_muted))
        self.channels = [
            channel(
                each.id,
                each.words["content"]["type"],
                is_muted=is_muted if each.id == name else each.is_muted,
            )
            for each in self.channels
        ]

    def set_privacy(self, is_on: bool) -> None:
        self.said.append(("privacy", is_on))
        self.is_private = is_on

    def hold_to_talk(self, name: str, is_held: bool, *, for_s: float | None = None) -> None:
        self.said.append(("talk", name, is_held, for_s))


class Live:
    """``client.live``."""

    def __init__(self) -> None:
        self.said: list[Any] = []

    def mark(self) -> Marker:
        self.said.append("mark")
        return marker(760_900)

    def split_recording(self) -> None:
        self.said.append("split")

    def stop(self, session_id: str) -> None:
        self.said.append(("stop", session_id))

    def start(self, wish: StartWish) -> None:
        self.said.append(wish)


class Sessions:
    """``client.sessions``."""

    def __init__(self) -> None:
        self.newest: tuple[Session, ...] = ()

    def page(self, *, limit: int) -> SessionsPage:
        assert limit == 1
        return SessionsPage(words={}, sessions=self.newest)


class Clips:
    """``client.clips``."""

    def __init__(self) -> None:
        self.said: list[float] = []

    def make_live(self, seconds: float) -> Clip:
        self.said.append(seconds)
        return clip()

    def all(self) -> tuple[Clip, ...]:
        return ()


class Service:
    def __init__(self) -> None:
        self.studio, self.live, self.sessions, self.clips = Studio(), Live(), Sessions(), Clips()


class Stage:
    """A dispatcher whose clock the test moves."""

    def __init__(self) -> None:
        self.service, self.now = Service(), 100.0
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.service)
        self.dispatcher = Dispatcher(surroundings, clock=lambda: self.now)

    def press(self, action: HotkeyAction) -> None:
        self.dispatcher.heard(KeyEvent(action=action, is_pressed=True))

    def release(self, action: HotkeyAction) -> None:
        self.dispatcher.heard(KeyEvent(action=action, is_pressed=False))

    def tap(self, action: HotkeyAction) -> None:
        self.press(action)
        self.release(action)

    def be_live(self, session_id: str = "b1") -> None:
        live = LiveStatus(words={}, is_live=True, state="live", session_id=session_id)
        self.feed.replace(Outlook(live=live))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_a_mark_is_set_once_for_each_press(stage: Stage) -> None:
    stage.tap(A.MARK)
    assert stage.service.live.said == ["mark"]
    assert stage.ways.told == [("Marked at 12:40.", "")]


def test_a_new_file_of_the_recording_begins_at_each_press(stage: Stage) -> None:
    stage.tap(A.SPLIT)
    assert stage.service.live.said == ["split"]


def test_the_last_half_minute_is_saved_once_for_each_press(stage: Stage) -> None:
    stage.tap(A.CLIP)
    assert stage.service.clips.said == [30.0]


def test_a_scene_is_put_on_by_its_place(stage: Stage) -> None:
    stage.tap(A.SCENE_2)
    assert stage.service.studio.said == [("scene", "s2")]


def test_a_scene_that_is_not_there_is_refused_in_a_sentence(stage: Stage) -> None:
    stage.tap(A.SCENE_7)
    assert [error.title for error in stage.desk.refused] == ["There is no scene 7."]
    assert stage.service.studio.said == []


def test_the_microphones_and_nothing_else_are_muted_and_heard_again(stage: Stage) -> None:
    stage.service.studio.channels.append(channel("guest", "microphone", is_muted=True))
    stage.tap(A.MUTE_MICROPHONE)
    assert stage.service.studio.said == [("mute", "voice", True)]
    stage.tap(A.MUTE_MICROPHONE)
    assert stage.service.studio.said[1:] == [("mute", "voice", False), ("mute", "guest", False)]


def test_no_microphone_to_mute_is_said(stage: Stage) -> None:
    stage.service.studio.channels = [channel("game", "desktop")]
    stage.tap(A.MUTE_MICROPHONE)
    assert [error.title for error in stage.desk.refused] == ["There is no microphone to mute."]


def test_privacy_stays_on_when_pressed_twice_in_a_hurry_and_ends_when_pressed_later(stage: Stage) -> None:
    stage.tap(A.PRIVACY)
    stage.now += PANIC_S / 2
    stage.tap(A.PRIVACY)
    assert stage.service.studio.said == [("privacy", True)]
    stage.now += PANIC_S
    stage.tap(A.PRIVACY)
    assert stage.service.studio.said == [("privacy", True), ("privacy", False)]


def test_push_to_talk_is_held_on_loan_said_again_and_let_go(stage: Stage) -> None:
    stage.service.studio.channels = [channel("voice", "microphone", is_push_to_talk=True)]
    stage.press(A.PUSH_TO_TALK)
    assert stage.service.studio.said == [("talk", "voice", True, 3.0)]
    driver.wait_for(lambda: len(stage.service.studio.said) == 2)
    stage.release(A.PUSH_TO_TALK)
    assert stage.service.studio.said == [("talk", "voice", True, 3.0)] * 2 + [("talk", "voice", False, None)]


def test_a_key_that_was_let_go_before_the_service_answered_opens_no_microphone(stage: Stage) -> None:
    stage.service.studio.channels = [channel("voice", "microphone", is_push_to_talk=True)]
    stage.desk.is_slow = True
    stage.tap(A.PUSH_TO_TALK)
    stage.desk.work()
    stage.desk.work()
    assert stage.service.studio.said == []


def test_push_to_talk_without_such_a_channel_is_said(stage: Stage) -> None:
    stage.tap(A.PUSH_TO_TALK)
    assert [error.title for error in stage.desk.refused] == ["No channel is set to push to talk."]


def test_a_broadcast_ends_by_two_presses_and_not_by_one(stage: Stage) -> None:
    stage.be_live()
    stage.tap(A.GO_LIVE_OR_END)
    assert stage.service.live.said == []
    assert stage.ways.said == [("Press the shortcut once more, or hold it, to end the broadcast.", "")]
    stage.now += 1.0
    stage.tap(A.GO_LIVE_OR_END)
    assert stage.service.live.said == [("stop", "b1")]


def test_a_broadcast_ends_by_holding_the_key_without_letting_it_go(stage: Stage) -> None:
    stage.be_live()
    stage.press(A.GO_LIVE_OR_END)
    stage.now += 1.0
    driver.wait_for(lambda: stage.service.live.said == [("stop", "b1")])
    stage.release(A.GO_LIVE_OR_END)
    assert stage.service.live.said == [("stop", "b1")]


def test_a_broadcast_that_ends_by_itself_between_two_presses_is_not_begun_anew(stage: Stage) -> None:
    stage.be_live()
    stage.tap(A.GO_LIVE_OR_END)
    stage.feed.replace(Outlook())
    stage.tap(A.GO_LIVE_OR_END)
    assert stage.service.live.said == [("stop", "b1")]


def test_going_live_is_as_last_time(stage: Stage) -> None:
    stage.service.sessions.newest = (
        Session(
            words={}, session_id="b0", title="Episode 12", source="studio", started_at=datetime.now(UTC),
            station_id="st1", profile_id="p1", is_recorded=True,
        ),
    )  # fmt: skip
    stage.tap(A.GO_LIVE_OR_END)
    stage.tap(A.GO_LIVE_OR_END)
    assert stage.service.live.said == [
        StartWish(title="Episode 12", station_id="st1", profile_id="p1", recording_enabled=True)
    ]


def test_without_a_last_time_nothing_goes_live(stage: Stage) -> None:
    stage.tap(A.GO_LIVE_OR_END)
    stage.tap(A.GO_LIVE_OR_END)
    assert stage.service.live.said == []
    assert "there was none yet" in stage.desk.refused[0].title
