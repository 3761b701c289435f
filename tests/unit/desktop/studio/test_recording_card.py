"""The studio's card of the recording: shape and word, how much, and how much of it is safe."""

from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.outlook.outlook import Notice
from powerstream_desktop.desktop.studio.recording_card import RecordingCard
from powerstream_desktop.desktop.studio.recording_standing import (
    MAX_AGE_S,
    RecordingPlight,
    recording_standing,
)
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import show, texts
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.studio.sound_stage import Watch, broadcast, destination, recording, tell

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

    def __init__(self) -> None:
        surroundings, _, self.feed, _ = surroundings_with(None)
        self.watch = Watch()
        self.card = show(RecordingCard(surroundings, clock=self.watch), 384)

    def said(self, **parts: Any) -> list[str]:
        tell(self.feed, **parts)
        return texts(self.card)[1:]

    def light(self) -> LightKind:
        return self.card.findChildren(Light)[0].kind


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
     ({"broadcast": ON_AIR, "recording": recording("finalising")}, "Finishing", LightKind.WORKING),
     ({"broadcast": ON_AIR, "recording": recording("finalised")}, "Kept", LightKind.LIVE),
     ({"broadcast": ON_AIR, "recording": recording("failed", error="The disk is full.")}, "Stopped", LightKind.BAD)],
)  # fmt: skip
def test_each_plight_has_a_shape_and_a_word(parts: dict[str, Any], word: str, kind: LightKind) -> None:
    stage = Stage()
    assert stage.said(**parts)[0] == word
    assert stage.light() is kind
    assert nameless(stage.card) == []


def test_why_a_recording_has_stopped_is_said_with_what_to_do() -> None:
    stage = Stage()
    said = stage.said(
        broadcast=ON_AIR, recording=recording("failed", error="The disk is full."), notices=(REMEDY,)
    )
    assert said[-1] == "The disk is full. Free some space."
