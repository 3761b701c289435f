"""What the control thread does with orders: each is obeyed or refused, and a broadcast outlives all but a bad start."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    ForceKeyframe,
    HoldToTalk,
    ListDevices,
    Publish,
    RestartSource,
    SetBitrate,
    SetRenditions,
    Stop,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.control_loop import (
    EXIT_FAILED,
    EXIT_STOPPED,
    EXIT_WRONG_USE,
    ControlLoop,
)
from powerstream_desktop.engine.control.desk_reports import Devices, SoundChanged, SoundLevels, StudioChanged
from powerstream_desktop.engine.control.device_watch import DeviceWatch
from powerstream_desktop.engine.control.reports import Done, EngineReport, Failed, Refused
from powerstream_desktop.engine.control.sound_commands import Mute
from powerstream_desktop.engine.control.studio_commands import (
    RemoveScene,
    SetPortraitWindow,
    SwitchScene,
    Undo,
)
from powerstream_desktop.engine.control.user_files import UserFiles
from powerstream_desktop.engine.control.wire import BadOrder, Order
from powerstream_desktop.engine.mixer.starting_sound import MICROPHONE, starting_sound
from powerstream_desktop.engine.preview.wish import PreviewWish
from powerstream_desktop.engine.scene.starting_studio import STARTING_SOON, starting_studio
from powerstream_desktop.engine.scene.studio import CUT, Studio, Transition, TransitionKind
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.control.controls import START, Control, NoDevices
from tests.unit.engine.control.examples import TARGET
from tests.unit.engine.control.fake_engine import STOPPED, FakeEngine, broken

FADE = Transition(kind=TransitionKind.FADE, duration_ms=400)


PORTRAIT = frozenset({Rendition.LANDSCAPE, Rendition.PORTRAIT})


@pytest.fixture
def control(tmp_path: Path) -> Control:
    return Control(tmp_path)


def test_an_engine_starts_with_the_users_own_studio_and_tells_it(control: Control) -> None:
    assert control.run(START) == EXIT_STOPPED
    assert control.engine is not None
    assert control.engine.config.studio == starting_studio()
    assert control.engine.config.sound == starting_sound()
    assert control.engine.told == ["start", "close"]
    assert control.reports == [
        StudioChanged(studio=starting_studio(), can_undo=False, can_redo=False),
        SoundChanged(sound=starting_sound()),
        Done(id="1"),
        STOPPED,
    ]


def test_an_engine_that_is_stopped_before_it_started_just_ends(control: Control) -> None:
    assert control.run() == EXIT_STOPPED
    assert control.reports == []


def test_every_command_reaches_the_engine_and_is_answered(control: Control) -> None:
    control.run(
        START,
        Publish(target=TARGET),
        Unpublish(),
        SetRenditions(renditions=PORTRAIT),
        ForceKeyframe(),
        SetBitrate(video_kbps=2500),
        RestartSource(source="screen"),
        HoldToTalk(channel=MICROPHONE, is_held=True),
        WatchPreview(width=640, height=360, fps=15),
        StopPreview(),
    )
    assert control.told == [
        TARGET,
        "unpublish",
        PORTRAIT,
        "keyframe",
        (Rendition.LANDSCAPE, 2500),
        ("restart", "screen"),
        (MICROPHONE, True),
        ("preview", PreviewWish(width=640, height=360, fps=15)),
        ("preview", None),
        "close",
    ]
    assert control.answers() == [str(number) for number in range(1, 11)]


def test_an_order_without_an_id_is_obeyed_without_an_answer(control: Control) -> None:
    control.inbox.put(Order(START))
    control.inbox.put(Order(ForceKeyframe()))
    control.run()
    assert control.told == ["keyframe", "close"]
    assert control.answers() == []


def test_an_edit_is_shown_and_told(control: Control) -> None:
    control.run(START, SetPortraitWindow(position=0.25), Undo())
    shown = control.told[0]
    assert control.told == [shown, starting_studio(), "close"]
    assert control.of_kind(StudioChanged)[1:] == [
        StudioChanged(studio=shown, can_undo=True, can_redo=False),  # type: ignore[arg-type]
        StudioChanged(studio=starting_studio(), can_undo=False, can_redo=True),
    ]
    assert len(control.of_kind(SoundChanged)) == 1


def test_a_change_of_the_sound_leaves_the_picture_alone(control: Control) -> None:
    control.run(START, Mute(channel=MICROPHONE, is_muted=True))
    [sound, _] = control.told
    assert control.of_kind(SoundChanged)[-1] == SoundChanged(sound=sound)  # type: ignore[arg-type]
    assert len(control.of_kind(StudioChanged)) == 1


def test_a_scene_may_come_on_in_a_way_of_its_own(control: Control) -> None:
    control.run(START, SwitchScene(scene=STARTING_SOON, transition=FADE))
    [shown, _] = control.told
    assert shown == _with_transition(FADE)
    assert control.of_kind(StudioChanged)[-1] == StudioChanged(
        studio=_with_transition(CUT), can_undo=False, can_redo=False
    )


def _with_transition(transition: Transition) -> Studio:
    return dataclasses.replace(starting_studio().switched_to(STARTING_SOON), transition=transition)


def test_what_cannot_be_done_is_refused_and_changes_nothing(control: Control) -> None:
    control.run(
        START,
        SwitchScene(scene="nowhere"),
        RemoveScene(scene=starting_studio().current),
        RestartSource(source="nothing"),
        HoldToTalk(channel="nothing", is_held=True),
        Mute(channel="nothing", is_muted=True),
        START,
    )
    assert control.told == ["close"]
    assert control.answers() == [
        "1",
        "There is no such scene.",
        "'Screen + camera' is on air.",
        "There is no such source.",
        "There is no such channel.",
        "There is no such channel.",
        "The engine runs already.",
    ]
    assert len(control.of_kind(StudioChanged)) == 1


def test_nothing_but_a_start_or_a_look_at_devices_is_obeyed_before_the_start(control: Control) -> None:
    control.run(ForceKeyframe(), Undo(), WatchLevels(is_watched=False), WatchDevices(is_watched=False), START)
    assert control.answers() == ["The engine has not been started yet."] * 2 + ["3", "4", "5"]


def test_a_line_that_was_no_command_is_refused_and_the_engine_goes_on(control: Control) -> None:
    control.run(
        BadOrder(BugError("It is not JSON.")),
        START,
        BadOrder(UserError("A bitrate of 1 kbit/s."), "a", is_start=True),
        ForceKeyframe(),
    )
    assert control.of_kind(Refused) == [
        Refused(id=None, title="It is not JSON."),
        Refused(id="a", title="A bitrate of 1 kbit/s."),
    ]
    assert control.told == ["keyframe", "close"]


@pytest.mark.parametrize(
    ("error", "code"), [(BugError("Malformed."), EXIT_FAILED), (UserError("0 frames."), EXIT_WRONG_USE)]
)
def test_a_start_that_cannot_be_understood_ends_the_engine(
    control: Control, error: BugError | UserError, code: int
) -> None:
    assert control.run(BadOrder(error, is_start=True)) == code
    assert control.reports == [Failed(title=error.title, hint="", fault=error.fault)]


@pytest.mark.parametrize(
    ("error", "code"), [(broken(), EXIT_FAILED), (UserError("There is no file."), EXIT_WRONG_USE)]
)
def test_an_engine_that_cannot_start_is_closed_and_says_why(
    tmp_path: Path, error: SystemFault | UserError, code: int
) -> None:
    control = Control(tmp_path, start=error)
    assert control.run(START) == code
    assert control.told == ["vanish"]
    assert control.reports[-1] == Failed(title=error.title, hint=error.hint, fault=error.fault)


def test_a_failure_of_another_thread_ends_the_engine_without_a_goodbye(control: Control) -> None:
    assert control.run(START, broken()) == EXIT_FAILED
    assert control.told == ["vanish"]
    assert isinstance(control.reports[-1], Failed)


def test_an_edit_that_the_engine_cannot_show_is_taken_back(tmp_path: Path) -> None:
    control = Control(tmp_path, apply_studio=broken())
    control.run(START, SetPortraitWindow(position=0.25), Undo())
    tried, restored, _ = control.told
    assert tried.portrait_window == 0.25  # type: ignore[attr-defined]
    assert restored == starting_studio()
    assert control.answers() == ["1", broken().title, "3"]
    assert len(control.of_kind(StudioChanged)) == 1
    again = Control(tmp_path)
    again.run(START)
    assert again.engine is not None
    assert again.engine.config.studio == starting_studio()


def test_an_error_that_nobody_foresaw_refuses_one_command_and_ends_nothing(tmp_path: Path) -> None:
    control = Control(tmp_path, apply_sound=ZeroDivisionError("x"))
    assert control.run(START, Mute(channel=MICROPHONE, is_muted=True), ForceKeyframe()) == EXIT_STOPPED
    [refused] = control.of_kind(Refused)
    assert isinstance(refused, Refused)
    assert refused.id == "2"
    assert control.told[-2:] == ["keyframe", "close"]


def test_devices_are_listed_before_the_answer(control: Control) -> None:
    control.inbox.put(Order(ListDevices(), "list"))
    answered = Done(id="list")

    def stop_when_answered(report: EngineReport) -> None:
        control.reports.append(report)
        if report == answered:
            control.inbox.put(Order(Stop()))

    loop = ControlLoop(
        control.inbox,
        stop_when_answered,
        make_engine=lambda config: FakeEngine(config, {}),
        files=UserFiles(Path("unused"), control.reports.append),
        devices=DeviceWatch(NoDevices(), stop_when_answered),
    )
    assert loop.run() == EXIT_STOPPED
    assert control.reports == [Devices(), answered]


def test_meters_are_reported_ten_times_a_second_while_they_are_watched(control: Control) -> None:
    keyframes = [ForceKeyframe()] * 200  # each takes a little of the clock's time
    control.run(START, WatchLevels(is_watched=True), *keyframes, WatchLevels(is_watched=False), *keyframes)
    levels = control.of_kind(SoundLevels)
    watched_s = len(keyframes) * 0.01
    assert watched_s * 10 <= len(levels) <= watched_s * 10 + 2
    assert isinstance(levels[0], SoundLevels)
    assert (levels[0].reduction_db, levels[0].delay_ms) == (0.0, 1.5)


def _hold(is_held: bool = True, for_s: float | None = None) -> HoldToTalk:
    return HoldToTalk(channel=MICROPHONE, is_held=is_held, for_s=for_s)


def _keys(control: Control) -> list[object]:
    return [each for each in control.told if isinstance(each, tuple)]


def test_a_key_of_which_nobody_speaks_any_more_counts_as_let_go(control: Control) -> None:
    keyframes = [ForceKeyframe()] * 200  # each takes a little of the clock's time
    control.run(START, _hold(for_s=0.5), *keyframes)
    assert _keys(control) == [(MICROPHONE, True), (MICROPHONE, False)]
    assert control.told.index((MICROPHONE, False)) < len(keyframes) / 2


def test_a_key_of_which_is_said_again_that_it_is_held_stays_so(control: Control) -> None:
    renewal: list[EngineCommand] = [_hold(for_s=0.5), *[ForceKeyframe()] * 5]
    control.run(START, *renewal * 5)
    assert _keys(control) == [(MICROPHONE, True)] * 5


@pytest.mark.parametrize("after", [_hold(), _hold(is_held=False), _hold(is_held=False, for_s=0.2)])
def test_what_is_said_last_of_a_key_counts(control: Control, after: HoldToTalk) -> None:
    control.run(START, _hold(for_s=0.2), after, *[ForceKeyframe()] * 200)
    assert _keys(control) == [(MICROPHONE, True), (MICROPHONE, after.is_held)]


def test_a_key_is_let_go_though_nobody_says_anything_at_all(control: Control) -> None:
    control.inbox.put(Order(START))
    control.inbox.put(Order(_hold(for_s=0.2)))

    def stop_when_let_go() -> None:
        if (MICROPHONE, False) in control.told:
            control.inbox.put(Order(Stop()))

    control.meanwhile["hold_to_talk"] = stop_when_let_go
    assert control.loop.run() == EXIT_STOPPED
    assert _keys(control) == [(MICROPHONE, True), (MICROPHONE, False)]


@pytest.mark.parametrize("for_s", [0.0, 0.19, 60.1, -1.0])
def test_a_key_is_held_for_a_time_that_makes_sense(for_s: float) -> None:
    with pytest.raises(UserError):
        _hold(for_s=for_s)
