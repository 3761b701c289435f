from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from powerstream_desktop.engine.control.reports import EngineReport, Notice, SourceBack, SourceLost, Stats
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.mixer.mixer import Mixer
from powerstream_desktop.engine.mixer.settings import (
    ChannelSettings,
    MicrophoneContent,
    MixerSettings,
    ToneContent,
)
from powerstream_desktop.engine.program import Program
from powerstream_desktop.engine.program_sound import ProgramSound
from powerstream_desktop.engine.sound import Silence
from powerstream_desktop.engine.sources.port import SceneSource, SourceEvents
from powerstream_desktop.engine.sources.sound_wire import SoundLost
from powerstream_desktop.engine.stage.needs import Canvases
from powerstream_desktop.engine.stage.program_pictures import ProgramPictures
from powerstream_desktop.engine.stage.sounds import SoundMaker
from powerstream_desktop.engine.stage.stage import Stage
from powerstream_desktop.engine.supervision import SOUND_LOST, Supervision
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.feeds import FakeFeed
from tests.unit.engine.sources.captures import grey
from tests.unit.engine.stage.sources import FakeSource, colour_source, scene, studio
from tests.unit.engine.test_program import Preview

FPS = 10
CANVASES: Canvases = {Rendition.LANDSCAPE: (64, 36)}
MICROPHONE = MicrophoneContent()
SOUND = MixerSettings(
    channels=(
        ChannelSettings(id="m", name="Microphone", content=MICROPHONE),
        ChannelSettings(id="t", name="Tone", content=ToneContent()),
    )
)
GONE = SoundLost(title="It was unplugged.", hint="Plug it in.")


class Watched:
    """An engine's parts, with what is told of them."""

    def __init__(self) -> None:
        self.told: list[EngineReport] = []
        self.supervision = Supervision(self.told.append)
        self.source = FakeSource(keeps_pace=True)
        self.stage = Stage(CANVASES, self._make, self.supervision.events_of)
        self.stage.set(studio(scene("one", "a"), sources=(colour_source("a"),)), must_open=True)
        self.mixer = Mixer(SOUND, lambda _content: Silence())
        self.mixer.open()
        self.sounds = SoundMaker(self.stage.staged, self.supervision.sound_changed)
        self.program = Program(
            fps=FPS,
            keyframe_interval=2 * FPS,
            epoch_s=0.0,
            pictures=ProgramPictures(CANVASES, lambda: self.stage.show, lambda: 0.0, curtain=Curtain()),
            sound=ProgramSound(self.mixer, FPS),
            preview=Preview(),
        )
        self.program.add([FakeFeed().feed])
        self.slot = 0

    def _make(self, _source: object, events: SourceEvents) -> SceneSource:
        self.events = events
        return self.source

    def follow(self) -> None:
        self.supervision.follow(self.program, self.stage, self.mixer, self.sounds, fps=FPS)

    def pass_second(self) -> None:
        for _ in range(FPS):
            self.source.show(grey(self.slot % 200 + 40))
            self.program.run_tick(self.slot / FPS)
            self.slot += 1
        self.supervision.look(self.slot / FPS)

    def notices(self) -> list[tuple[str, str, bool]]:
        return [(each.code, each.subject, each.is_over) for each in self.told if isinstance(each, Notice)]


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.stage.close()
    watched.mixer.close()


def test_the_figures_come_once_a_second(watched: Watched) -> None:
    watched.follow()
    for _ in range(2):
        watched.pass_second()
    first, second = [each for each in watched.told if isinstance(each, Stats)]
    assert (first.program_s, second.program_s) == (1.0, 2.0)
    assert second.capture_fps == FPS
    assert (second.frames_late, second.frames_skipped, second.av_offset_ms) == (0, 0, 0.0)
    [landscape] = second.renditions
    assert landscape.frames_made == 2 * FPS - landscape.frames_skipped


def test_a_loss_before_the_program_runs_is_told_when_it_does(watched: Watched) -> None:
    watched.events.on_loss("It was unplugged.")
    watched.supervision.sound_changed(MICROPHONE, GONE)
    assert watched.told == []
    watched.follow()
    lost, notice = watched.told
    assert lost == SourceLost(source_id="a", name="a", title="It was unplugged.")
    assert notice == Notice(code=SOUND_LOST, subject="m", title=GONE.title, hint=GONE.hint)


def test_a_source_that_is_opened_anew_begins_without_the_old_loss_and_hears_no_late_news(
    watched: Watched,
) -> None:
    watched.follow()
    old = watched.events
    old.on_loss("It was unplugged.")
    watched.supervision.events_of(colour_source("a"))
    old.on_loss("It is still unplugged.")
    assert [type(each) for each in watched.told] == [SourceLost, SourceBack]


def test_a_channel_that_records_another_device_is_not_said_to_be_lost_any_more(watched: Watched) -> None:
    watched.follow()
    watched.supervision.sound_changed(MICROPHONE, GONE)
    watched.supervision.forget_sounds_but(SOUND.channels)
    other = dataclasses.replace(SOUND.channels[0], content=MicrophoneContent(device="other"))
    watched.supervision.forget_sounds_but((other, *SOUND.channels[1:]))
    assert watched.notices() == [(SOUND_LOST, "m", False), (SOUND_LOST, "m", True)]


def test_losses_and_returns_are_told_at_once(watched: Watched) -> None:
    watched.follow()
    watched.events.on_loss("It was unplugged.")
    watched.events.on_loss(None)
    watched.supervision.sound_changed(MICROPHONE, GONE)
    watched.supervision.sound_changed(MICROPHONE, None)
    assert [type(each) for each in watched.told] == [SourceLost, SourceBack, Notice, Notice]
    assert watched.notices() == [(SOUND_LOST, "m", False), (SOUND_LOST, "m", True)]


def test_a_source_that_was_not_lost_is_not_back_either(watched: Watched) -> None:
    watched.follow()
    watched.events.on_loss(None)
    assert watched.told == []


def test_a_source_that_leaves_the_studio_need_not_be_waited_for(watched: Watched) -> None:
    watched.follow()
    watched.events.on_loss("It was unplugged.")
    watched.supervision.forget_all_but({"a"})
    watched.supervision.forget_all_but(set())
    watched.supervision.forget_all_but(set())
    assert watched.told[1:] == [SourceBack(source_id="a")]


def test_a_camera_that_seems_frozen_is_noticed_until_it_moves(watched: Watched) -> None:
    watched.follow()
    watched.events.on_frozen("It seems frozen.")
    watched.pass_second()
    watched.events.on_frozen(None)
    watched.pass_second()
    frozen = [each for each in watched.notices() if each[0] == "camera_frozen"]
    assert frozen == [("camera_frozen", "a", False), ("camera_frozen", "a", True)]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_microphone_without_its_device_is_not_called_switched_off(watched: Watched, is_there: bool) -> None:
    watched.follow()
    if not is_there:
        watched.supervision.sound_changed(MICROPHONE, GONE)
    for _ in range(5):
        watched.pass_second()
    assert (("microphone_off", "m", False) in watched.notices()) is is_there


def test_a_loudspeaker_that_is_lost_is_noticed(watched: Watched) -> None:
    watched.supervision.monitor_changed(GONE)
    watched.supervision.monitor_changed(None)
    assert [each[2] for each in watched.notices()] == [False, True]


def test_nothing_is_looked_at_before_there_is_anything(watched: Watched) -> None:
    watched.supervision.look(1.0)
    assert watched.told == []
