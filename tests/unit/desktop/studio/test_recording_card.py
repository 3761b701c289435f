"""The studio's card of the recording: shape and word, how much, and how much of it is safe."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.outlook.outlook import Notice, ServiceState
from powerstream_desktop.desktop.outlook.recording_standing import (
    MAX_AGE_S,
    RecordingPlight,
    recording_standing,
)
from powerstream_desktop.desktop.studio.recording_card import RecordingCard
from powerstream_desktop.desktop.studio.room_left import RoomLeft, Scarcity, read_room
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import show, texts
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.sound_stage import FakeClient, Watch, broadcast, destination, recording, tell

ON_AIR = broadcast(destination())
REMEDY = Notice(severity="warning", code="recording", sentence="The disk is full.", remedy="Free some space.")


def test_what_is_not_recorded_says_why() -> None:
    assert recording_standing(None, None).plight is RecordingPlight.NONE
    assert recording_standing(None, ON_AIR).plight is RecordingPlight.LEFT_OUT


def test_time_grows_between_two_snapshots_and_what_is_safe_is_only_what_was_told() -> None:
    standing = recording_standing(recording(), ON_AIR, age_s=1.5)
    assert (standing.for_s, standing.safe_s) == (5026.5, 5024.0)
    assert recording_standing(recording(), ON_AIR, age_s=3600.0).for_s == 5025.0 + MAX_AGE_S
    assert recording_standing(recording("finalising"), ON_AIR, age_s=1.5).for_s == 5025.0


def test_an_error_is_said_with_its_remedy_whatever_the_state_says() -> None:
    standing = recording_standing(recording(error="The disk is full."), ON_AIR, (REMEDY,))
    assert standing.plight is RecordingPlight.FAILED
    assert (standing.error, standing.remedy) == ("The disk is full.", "Free some space.")
    assert recording_standing(recording(error="x"), ON_AIR).remedy == ""


class Stage:
    """A card on a fake window."""

    def __init__(self, room: Words | None = None, state: ServiceState = ServiceState.THERE) -> None:
        self.client = FakeClient()
        self.client.room = room
        surroundings, self.desk, self.feed, _ = surroundings_with(self.client)
        tell(self.feed, service=state)
        self.watch = Watch()
        self.card = show(RecordingCard(surroundings, clock=self.watch), 384)

    def said(self, **parts: Any) -> list[str]:
        tell(self.feed, **parts)
        return texts(self.card)[1:]

    def light(self) -> LightKind:
        return self.card.findChildren(Light)[0].kind


def test_a_recording_that_nobody_tells_of_is_not_called_one() -> None:
    stage = Stage()
    words = stage.said(broadcast=ON_AIR, recording=recording("unheard"))
    assert words[0] == "Not known now"
    assert stage.light() is LightKind.OFF
    assert not stage.card._timer.isActive(), "its clock stands still"


def test_a_recording_is_shown_with_its_time_and_what_nothing_can_take_away() -> None:
    stage = Stage()
    assert stage.said(broadcast=ON_AIR, recording=recording()) == [
        "Recording",
        "01:23:45",
        "4.1\u00a0GB",
        "Safe on disk to 01:23:44",
    ]
    assert stage.light() is LightKind.LIVE
    assert stage.card._timer.isActive()
    stage.watch.now_s += 2.0
    stage.card._timer.timeout.emit()
    assert "01:23:47" in texts(stage.card)
    assert "Safe on disk to 01:23:44" in texts(stage.card)
    stage.card.hide()
    assert not stage.card._timer.isActive()


@pytest.mark.parametrize(
    ("parts", "word", "kind"),
    [({}, "Begins when you go live", LightKind.OFF),
     ({"broadcast": ON_AIR}, "This stream is not recorded", LightKind.OFF),
     ({"broadcast": ON_AIR, "recording": recording("opening")}, "Waiting for the first picture", LightKind.WORKING),
     ({"broadcast": ON_AIR, "recording": recording(isPaused=True)}, "Paused: the stream goes on", LightKind.OFF),
     ({"broadcast": ON_AIR, "recording": recording("finalising")}, "Finishing", LightKind.WORKING),
     ({"broadcast": ON_AIR, "recording": recording("finalised")}, "Kept", LightKind.LIVE),
     ({"broadcast": ON_AIR, "recording": recording("failed", error="The disk is full.")}, "Stopped", LightKind.BAD)],
)  # fmt: skip
def test_each_plight_has_a_shape_and_a_word(parts: dict[str, Any], word: str, kind: LightKind) -> None:
    stage = Stage()
    assert stage.said(**parts)[0] == word
    assert stage.light() is kind
    assert nameless(stage.card) == []


def buttons(stage: Stage) -> dict[str, Button]:
    return {each.text(): each for each in stage.card.findChildren(Button) if each.isVisible()}


def test_a_recording_is_split_and_paused_by_its_buttons_while_it_runs() -> None:
    stage = Stage()
    assert buttons(stage) == {}
    stage.said(broadcast=ON_AIR, recording=recording())
    assert list(buttons(stage)) == ["Split", "Pause"]
    QTest.mouseClick(buttons(stage)["Split"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(buttons(stage)["Pause"], Qt.MouseButton.LeftButton)
    stage.said(recording=recording(isPaused=True, parts=2))
    assert list(buttons(stage)) == ["Resume"]
    assert "Safe on disk to 01:23:44 · file 2" in texts(stage.card)
    QTest.keyClick(buttons(stage)["Resume"], Qt.Key.Key_Space)
    assert [said[0] for said in stage.client.said if said[0] != "stats"] == ["split", "pause", "resume"]
    stage.said(recording=recording("finalising"))
    assert buttons(stage) == {}


@pytest.mark.parametrize(
    ("code", "word", "kind"),
    [("space_low", "Recording", LightKind.LIVE), ("not_growing", "NOT RECORDING", LightKind.BAD)],
)
def test_what_the_owner_of_a_recording_must_know_stands_on_the_card(
    code: str, word: str, kind: LightKind
) -> None:
    stage = Stage()
    warning = {"code": code, "message": "Only a little room is left.", "hint": "Free some space."}
    said = stage.said(broadcast=ON_AIR, recording=recording(warning=warning))
    assert said[-1] == "Only a little room is left. Free some space."
    assert (said[0], stage.light()) == (word, kind)
    failed = recording("failed", error="The disk is full.", warning=warning)
    assert stage.said(recording=failed)[-1] == "The disk is full."
    assert stage.said(recording=recording())[-1] == "Safe on disk to 01:23:44"


def test_why_a_recording_has_stopped_is_said_with_what_to_do() -> None:
    stage = Stage()
    said = stage.said(
        broadcast=ON_AIR, recording=recording("failed", error="The disk is full."), notices=(REMEDY,)
    )
    assert said[-1] == "The disk is full. Free some space."


@pytest.mark.parametrize(
    ("hours", "line"),
    [(78.4, "112\u00a0GB free · 78 h left"), (3.26, "112\u00a0GB free · 3.3 h left"), (0.5, "112\u00a0GB free · 30 min left")],
)  # fmt: skip
def test_how_much_room_there_is_is_said_on_air_and_off(hours: float, line: str) -> None:
    stage = Stage({"freeBytes": 112_000_000_000, "hours": hours})
    assert line in stage.said()
    assert line in stage.said(broadcast=ON_AIR, recording=recording())


@pytest.mark.parametrize(
    ("hours", "scarcity"), [(1.0, Scarcity.PLENTY), (0.99, Scarcity.SCARCE), (0.24, Scarcity.ALMOST_NONE)]
)
def test_room_that_ends_soon_is_a_warning(hours: float, scarcity: Scarcity) -> None:
    assert RoomLeft(free_bytes=5, hours=hours).scarcity is scarcity


@pytest.mark.parametrize(
    "stats",
    [{}, {"recordingRoom": None}, {"recordingRoom": {}}, {"recordingRoom": {"freeBytes": 5, "hours": "x"}}],
)
def test_figures_that_say_nothing_of_the_disk_are_no_room_and_no_error(stats: Words) -> None:
    assert read_room(stats) is None


def test_the_room_is_asked_for_when_the_service_is_there_again_and_not_while_nobody_looks() -> None:
    stage = Stage({"freeBytes": 5, "hours": 2.0}, ServiceState.AWAY)
    assert stage.client.of("stats") == []
    tell(stage.feed, service=ServiceState.THERE)
    assert len(stage.client.of("stats")) == 1
    stage.card.hide()
    assert not any(timer.isActive() for timer in stage.card.findChildren(QTimer))
    stage.client.refuses = SystemFault("It does not answer.")
    stage.card.show()
    assert stage.desk.refused == []
