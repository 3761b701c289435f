"""What the control thread does for privacy, which waits for nobody and outlives what cannot be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.engine.control.commands import ForceKeyframe, Privacy, Stop
from powerstream_desktop.engine.control.control_loop import EXIT_STOPPED
from powerstream_desktop.engine.control.desk_reports import PrivacyChanged, StudioChanged
from powerstream_desktop.engine.control.sound_commands import Mute
from powerstream_desktop.engine.control.wire import Order
from powerstream_desktop.engine.mixer.starting_sound import MICROPHONE, starting_sound
from powerstream_desktop.engine.scene.starting_studio import BE_RIGHT_BACK, starting_studio
from powerstream_desktop.engine.scene.studio import Studio, Transition, TransitionKind
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.control.controls import START, Control
from tests.unit.engine.control.fake_engine import broken

FADE = Transition(kind=TransitionKind.FADE, duration_ms=400)


PORTRAIT = frozenset({Rendition.LANDSCAPE, Rendition.PORTRAIT})


@pytest.fixture
def control(tmp_path: Path) -> Control:
    return Control(tmp_path)


def test_privacy_mutes_first_then_cuts_and_ends_as_it_began(control: Control) -> None:
    control.run(START, Privacy(is_on=True), Privacy(is_on=True), Privacy(is_on=False))
    muted, hidden, heard, shown, _ = control.told
    assert all(channel.is_muted for channel in muted.channels)  # type: ignore[attr-defined]
    assert hidden.current == BE_RIGHT_BACK  # type: ignore[attr-defined]
    assert (heard, shown) == (starting_sound(), starting_studio())
    assert control.of_kind(PrivacyChanged) == [PrivacyChanged(is_on=True), PrivacyChanged(is_on=False)]
    assert len(control.of_kind(StudioChanged)) == 1


def test_an_engine_that_died_in_privacy_comes_back_private(tmp_path: Path) -> None:
    Control(tmp_path).run(START, Privacy(is_on=True))
    again = Control(tmp_path)
    again.run(START)
    assert again.engine is not None
    assert again.engine.config.studio is not None
    assert again.engine.config.studio.current == BE_RIGHT_BACK
    assert again.engine.config.sound is not None
    assert all(channel.is_muted for channel in again.engine.config.sound.channels)
    assert again.of_kind(PrivacyChanged) == [PrivacyChanged(is_on=True)]


def test_privacy_is_not_taken_back_when_its_scene_cannot_be_shown(tmp_path: Path) -> None:
    control = Control(tmp_path, apply_studio=broken())
    control.run(START, Privacy(is_on=True))
    muted, _tried, _ = control.told
    assert all(channel.is_muted for channel in muted.channels)  # type: ignore[attr-defined]
    assert control.answers() == ["1", broken().title]
    assert control.of_kind(PrivacyChanged) == [PrivacyChanged(is_on=True)]


def test_what_privacy_could_not_show_stays_behind_the_curtain_until_it_can(tmp_path: Path) -> None:
    control = Control(tmp_path, apply_studio=broken())
    drawn: list[bool] = []
    control.meanwhile = {"force_keyframe": lambda: drawn.append(control.inbox.curtain.is_drawn)}
    mute = Mute(channel=MICROPHONE, is_muted=True)
    control.run(START, Privacy(is_on=True), ForceKeyframe(), mute, ForceKeyframe())
    assert control.answers() == ["1", broken().title, "3", "4", "5"]
    assert drawn == [True, False]
    assert [each.current for each in control.told if isinstance(each, Studio)] == [BE_RIGHT_BACK] * 2


def test_sound_that_could_not_be_muted_stays_behind_the_curtain(tmp_path: Path) -> None:
    control = Control(tmp_path, apply_sound=broken())
    control.run(START, Privacy(is_on=True))
    assert control.inbox.curtain.is_drawn


def test_privacy_hides_the_program_while_a_slow_command_is_still_being_obeyed(control: Control) -> None:
    drawn: list[bool] = []

    def want_privacy() -> None:
        control.inbox.put(Order(Privacy(is_on=True), "privacy"))
        drawn.append(control.inbox.curtain.is_drawn)
        control.inbox.put(Order(Stop()))

    control.meanwhile = {
        "force_keyframe": want_privacy,
        "apply_studio": lambda: drawn.append(control.inbox.curtain.is_drawn),
    }
    control.inbox.put(Order(START))
    control.inbox.put(Order(ForceKeyframe(), "slow"))
    assert control.loop.run() == EXIT_STOPPED
    assert drawn == [True, True], "until what privacy shows is on"
    assert not control.inbox.curtain.is_drawn
    assert control.answers() == ["slow", "privacy"]


def test_privacy_that_is_refused_hides_nothing_and_to_end_it_neither(control: Control) -> None:
    control.run(Privacy(is_on=True), START, Privacy(is_on=False))
    assert control.answers() == ["The engine has not been started yet.", "2", "3"]
    assert not control.inbox.curtain.is_drawn
    assert control.inbox.curtain.draws == 1
