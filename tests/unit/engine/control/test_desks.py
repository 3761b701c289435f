"""Studio, sound and privacy: what commands do to them, and that a command which cannot be obeyed does nothing."""

from __future__ import annotations

import dataclasses

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.control.commands import Privacy
from powerstream_desktop.engine.control.desk import Desk, DeskCommand
from powerstream_desktop.engine.control.sound_commands import (
    Mute,
    PutChannel,
    RemoveChannel,
    ReplaceSound,
    SetGain,
)
from powerstream_desktop.engine.control.studio_commands import (
    AddLayer,
    ChangeLayer,
    MoveLayer,
    PutScene,
    PutSource,
    Redo,
    RemoveLayer,
    RemoveScene,
    RemoveSource,
    ReplaceStudio,
    SetPortraitWindow,
    SetTransition,
    SwitchScene,
    Undo,
)
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.mixer.starting_sound import DESKTOP, MICROPHONE, starting_sound
from powerstream_desktop.engine.scene.one_source import one_source_studio
from powerstream_desktop.engine.scene.scene import Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import Source, TestPictureContent, TextContent
from powerstream_desktop.engine.scene.starting_studio import (
    BE_RIGHT_BACK,
    SCREEN_AND_CAMERA,
    STARTING_SOON,
    starting_studio,
)
from powerstream_desktop.engine.scene.studio import CUT, MAX_SCENES, Studio, Transition, TransitionKind
from powerstream_desktop.engine.stage.needs import kept_cameras
from powerstream_desktop.platforms.endpoint import Rendition

FADE = Transition(kind=TransitionKind.FADE, duration_ms=400)
TEST = Source(id="test", name="Test", content=TestPictureContent())
CORNER = Layer(id="camera-corner", source="camera")


def desk(studio: Studio | None = None) -> Desk:
    return Desk.of(studio or starting_studio(), starting_sound("linux"))


def obeyed(start: Desk, *commands: DeskCommand, at_s: float = 0.0) -> Desk:
    for command in commands:
        start = start.obeyed(command, at_s)
    return start


def corner_at(x: float) -> ChangeLayer:
    return ChangeLayer(layer=dataclasses.replace(CORNER, place=Place(x=x, width=0.2, height=0.2)))


def corner_x(of: Desk) -> float:
    layers = of.studio.scene(SCREEN_AND_CAMERA).layers
    return next(layer.place.x for layer in layers if layer.id == CORNER.id)


def test_every_edit_of_the_studio_is_made_and_can_be_undone_and_made_again() -> None:
    extra = Scene(id="extra", name="Extra", portrait=())
    commands: list[DeskCommand] = [
        PutSource(source=TEST),
        PutScene(scene=extra),
        AddLayer(scene="extra", layer=Layer(id="a", source="test")),
        AddLayer(scene="extra", layer=Layer(id="b", source="test")),
        AddLayer(scene="extra", layer=Layer(id="p", source="test"), rendition=Rendition.PORTRAIT),
        MoveLayer(layer="b", to_index=0),
        ChangeLayer(layer=Layer(id="a", source="test", opacity=0.5)),
        RemoveLayer(layer="b"),
        SetTransition(transition=FADE),
        SetPortraitWindow(position=0.25),
        RemoveSource(source="clock"),
        RemoveScene(scene=STARTING_SOON),
    ]
    end = obeyed(desk(), *commands)
    scene = end.studio.scene("extra")
    assert [layer.id for layer in scene.layers] == ["a"]
    assert scene.layers[0].opacity == 0.5
    assert [layer.id for layer in scene.portrait or ()] == ["p"]
    assert (end.studio.transition, end.studio.portrait_window) == (FADE, 0.25)
    assert (end.studio_desk.can_undo, end.studio_desk.can_redo) == (True, False)

    undone = obeyed(end, *[Undo()] * len(commands))
    assert undone.studio == starting_studio()
    assert (undone.studio_desk.can_undo, undone.studio_desk.can_redo) == (False, True)
    assert obeyed(undone, *[Redo()] * len(commands)).studio == end.studio


def test_an_undo_too_many_changes_nothing() -> None:
    assert obeyed(desk(), Undo(), Redo()).studio == starting_studio()


def test_the_steps_of_a_drag_are_one_edit() -> None:
    moved = desk()
    for step in range(120):
        moved = moved.obeyed(corner_at(step / 200), step / 60)
    assert corner_x(moved) == pytest.approx(0.595)
    undone = obeyed(moved, Undo())
    assert undone.studio == starting_studio()
    assert corner_x(obeyed(undone, Redo())) == pytest.approx(0.595)


@pytest.mark.parametrize(
    ("second_at_s", "between", "edits"),
    [(0.9, [], 1), (1.1, [], 2), (0.9, [SetTransition(transition=FADE)], 3), (0.9, [SwitchScene(scene=BE_RIGHT_BACK)], 1)],
)  # fmt: skip
def test_a_pause_or_another_edit_ends_a_drag(
    second_at_s: float, between: list[DeskCommand], edits: int
) -> None:
    moved = obeyed(desk(), corner_at(0.1), *between).obeyed(corner_at(0.2), second_at_s)
    assert len(moved.studio_desk.history.past) == edits


def test_two_layers_that_are_moved_in_turn_are_two_edits() -> None:
    other = ChangeLayer(layer=Layer(id="whole-screen", source="screen", opacity=0.5))
    moved = obeyed(desk(), corner_at(0.1), other)
    assert len(moved.studio_desk.history.past) == 2


def test_a_drag_after_an_undo_is_a_new_edit() -> None:
    moved = obeyed(desk(), SetTransition(transition=FADE), corner_at(0.1), Undo(), corner_at(0.2))
    assert len(moved.studio_desk.history.past) == 2
    assert obeyed(moved, Undo()).studio.transition == FADE


def test_moving_the_portrait_window_is_one_edit_too() -> None:
    moved = obeyed(desk(), *[SetPortraitWindow(position=step / 10) for step in range(9)])
    assert obeyed(moved, Undo()).studio == starting_studio()


def test_switching_is_no_edit_and_may_have_a_way_of_its_own_once() -> None:
    switched = obeyed(desk(), SwitchScene(scene=BE_RIGHT_BACK, transition=FADE))
    assert not switched.studio_desk.can_undo
    assert (switched.shown.current, switched.shown.transition) == (BE_RIGHT_BACK, FADE)
    assert switched.studio.transition == CUT
    again = obeyed(switched, SwitchScene(scene=STARTING_SOON))
    assert again.shown.transition == CUT


def test_an_edit_leaves_the_scene_the_way_by_which_it_came_on() -> None:
    fading = obeyed(desk(), SwitchScene(scene=BE_RIGHT_BACK, transition=FADE))
    edited = obeyed(fading, MoveLayer(layer="back-words", to_index=0), Undo())
    assert edited.shown.transition == FADE
    other = Studio(sources=(TEST,), scenes=(Scene(id="only", name="Only"),), current="only")
    assert obeyed(edited, ReplaceStudio(studio=other)).shown.transition == CUT


def test_a_studio_can_be_replaced_and_had_back() -> None:
    other = Studio(sources=(TEST,), scenes=(Scene(id="only", name="Only"),), current="only")
    replaced = obeyed(desk(), ReplaceStudio(studio=other))
    assert replaced.studio == other
    assert obeyed(replaced, Undo()).studio == starting_studio()
    assert obeyed(replaced, Undo(), Redo()).studio == other


def test_undoing_does_not_take_the_scene_on_air_away() -> None:
    switched = obeyed(desk(), PutScene(scene=Scene(id="new", name="New")), SwitchScene(scene="new"))
    with pytest.raises(UserError, match="off the air"):
        obeyed(switched, Undo())


@pytest.mark.parametrize(
    "command",
    [
        SwitchScene(scene="nowhere"),
        RemoveSource(source="nothing"),
        RemoveScene(scene="nowhere"),
        RemoveScene(scene=SCREEN_AND_CAMERA),
        AddLayer(scene="nowhere", layer=CORNER),
        AddLayer(scene=BE_RIGHT_BACK, layer=CORNER),
        AddLayer(scene=BE_RIGHT_BACK, layer=Layer(id="n", source="camera"), rendition=Rendition.PORTRAIT),
        AddLayer(scene=BE_RIGHT_BACK, layer=Layer(id="n", source="nothing")),
        ChangeLayer(layer=Layer(id="n", source="camera")),
        RemoveLayer(layer="n"),
        MoveLayer(layer="n", to_index=0),
        SetPortraitWindow(position=1.5),
        RemoveChannel(channel="nothing"),
        Mute(channel="nothing", is_muted=True),
        SetGain(channel="nothing", gain_db=0.0),
        SetGain(channel=MICROPHONE, gain_db=13.0),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_cannot_be_done_is_refused(command: DeskCommand) -> None:
    with pytest.raises(UserError):
        obeyed(desk(), command)


def test_every_change_of_the_sound_is_made() -> None:
    start = desk()
    microphone = start.sound.channels[0]
    music = dataclasses.replace(microphone, id="music", name="Music")
    end = obeyed(
        start,
        PutChannel(channel=music),
        PutChannel(channel=dataclasses.replace(microphone, name="Røde")),
        Mute(channel=MICROPHONE, is_muted=True),
        SetGain(channel="music", gain_db=-12.0),
        RemoveChannel(channel=DESKTOP),
    )
    assert [channel.id for channel in end.sound.channels] == [MICROPHONE, "music"]
    assert [channel.name for channel in end.sound.channels] == ["Røde", "Music"]
    assert [channel.is_muted for channel in end.sound.channels] == [True, False]
    assert [channel.gain_db for channel in end.sound.channels] == [0.0, -12.0]
    assert obeyed(end, ReplaceSound(sound=MixerSettings())).sound == MixerSettings()


def test_privacy_hides_everything_at_once_and_changes_nothing_of_it() -> None:
    start = obeyed(desk(), SetTransition(transition=FADE), Mute(channel=DESKTOP, is_muted=True))
    private = obeyed(start, Privacy(is_on=True))
    assert (private.shown.current, private.shown.transition) == (BE_RIGHT_BACK, CUT)
    assert all(channel.is_muted for channel in private.heard.channels)
    assert (private.studio, private.sound) == (start.studio, start.sound)
    shown_again = obeyed(private, Privacy(is_on=False))
    assert (shown_again.shown, shown_again.heard) == (start.studio, start.sound)


def test_nothing_that_is_done_in_privacy_is_seen_or_heard_before_it_ends() -> None:
    private = obeyed(
        desk(),
        Privacy(is_on=True),
        SwitchScene(scene=STARTING_SOON, transition=FADE),
        Mute(channel=MICROPHONE, is_muted=False),
    )
    assert private.shown.current == BE_RIGHT_BACK
    assert all(channel.is_muted for channel in private.heard.channels)
    assert obeyed(private, Privacy(is_on=False)).shown.current == STARTING_SOON


def test_privacy_works_also_where_its_scene_was_removed_and_keeps_the_cameras_of_the_others() -> None:
    poor = obeyed(
        desk(), RemoveScene(scene=BE_RIGHT_BACK), RemoveSource(source="back-text"), Privacy(is_on=True)
    )
    assert poor.shown.on_air.name == "Be right back"
    words = poor.shown.source(poor.shown.on_air.layers[-1].source).content
    assert isinstance(words, TextContent)
    assert words.text == "Be right back"
    assert kept_cameras(poor.shown) == kept_cameras(poor.studio) == {"camera"}
    assert poor.studio.current == SCREEN_AND_CAMERA


def test_privacy_opens_no_camera_that_the_user_has_not_got() -> None:
    bare = obeyed(desk(one_source_studio(TestPictureContent(), "Test")), Privacy(is_on=True))
    assert bare.shown.on_air.name == "Be right back"
    assert kept_cameras(bare.shown) == set()


def test_privacy_works_also_in_a_studio_that_is_full() -> None:
    scenes = tuple(Scene(id=f"{number}", name=f"{number}") for number in range(MAX_SCENES))
    full = obeyed(desk(Studio(sources=(), scenes=scenes, current="0")), Privacy(is_on=True))
    assert full.shown.on_air.name == "Be right back"


def test_the_first_sound_is_what_the_system_can_record() -> None:
    assert [channel.id for channel in starting_sound("darwin").channels] == [MICROPHONE]
    assert [channel.id for channel in starting_sound("win32").channels] == [MICROPHONE, DESKTOP]
