from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.program import Program
from powerstream_desktop.engine.program_sound import ProgramSound
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, silence
from powerstream_desktop.engine.sources.port import SceneSource, SourceEvents
from powerstream_desktop.engine.stage.needs import Canvases
from powerstream_desktop.engine.stage.program_pictures import ProgramPictures
from powerstream_desktop.engine.stage.stage import Stage
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.messages import MessageType
from tests.unit.engine.feeds import FakeFeed
from tests.unit.engine.sources.captures import grey
from tests.unit.engine.stage.sources import FakeSource, colour_source, scene, studio

if TYPE_CHECKING:
    import av

FPS = 10
SLOT = SAMPLE_RATE // FPS
EPOCH_S = 50.0
PATIENCE_S = 10.0
"""For another thread; nobody waits for so long."""
LANDSCAPE, PORTRAIT = Rendition.LANDSCAPE, Rendition.PORTRAIT
CANVASES: Canvases = {LANDSCAPE: (64, 36), PORTRAIT: (18, 32)}
SILENT = SourceEvents(on_loss=lambda _sentence: None, on_frozen=lambda _sentence: None)


class Mixer:
    """Silent, and as late as it is told to be."""

    delay_ms = 0.0

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def read(self, position: int, count: int) -> Samples:
        self.asked.append((position, count))
        return silence(count)


class Preview:
    is_watched = False

    def __init__(self) -> None:
        self.offered: list[av.VideoFrame] = []

    def offer(self, frame: av.VideoFrame, now: float) -> None:
        self.offered.append(frame)


class Show:
    """A program with everything around it faked."""

    def __init__(self) -> None:
        self.source = FakeSource(keeps_pace=True)
        self.stage = Stage(CANVASES, self._make, lambda _source: SILENT)
        self.stage.set(studio(scene("one", "a"), sources=(colour_source("a"),)), must_open=True)
        self.ticks = iter(Fraction(number, 1000) for number in range(100_000))
        self.mixer, self.preview = Mixer(), Preview()
        self.curtain = Curtain()
        self.program = Program(
            fps=FPS,
            keyframe_interval=2 * FPS,
            epoch_s=EPOCH_S,
            pictures=ProgramPictures(CANVASES, lambda: self.stage.show, self.stopwatch, curtain=self.curtain),
            sound=ProgramSound(self.mixer, FPS),
            preview=self.preview,
        )
        self.landscape = FakeFeed(stopwatch=self.stopwatch)

    def stopwatch(self) -> float:
        return float(next(self.ticks))

    def _make(self, _source: object, _events: SourceEvents) -> SceneSource:
        return self.source

    def on_air(self) -> FakeFeed:
        self.program.add([self.landscape.feed])
        return self.landscape

    def run_to(self, until: float) -> None:
        """Make every slot the moment it is due."""
        due_s = EPOCH_S
        while due_s <= until:
            due_s = self.program.run_tick(due_s)

    def jump_to(self, now: float) -> None:
        """Sleep until then, and make whatever is owed."""
        while self.program.run_tick(now) <= now:
            pass


@pytest.fixture
def show() -> Iterator[Show]:
    show = Show()
    yield show
    show.stage.close()


def slots(feed: FakeFeed) -> list[int]:
    return [picture.slot for picture in feed.output.pictures]


def key_slots(feed: FakeFeed) -> list[int]:
    return [picture.slot for picture in feed.output.pictures if picture.is_key]


def test_it_makes_nothing_before_its_time_and_says_when_to_call_again(show: Show) -> None:
    landscape = show.on_air()
    assert show.program.run_tick(49.0) == 50.0
    assert slots(landscape) == []
    assert show.program.run_tick(50.0) == 50.1
    assert slots(landscape) == [0]


def test_every_slot_shows_its_own_time_and_has_exactly_its_sound(show: Show) -> None:
    landscape = show.on_air()
    show.run_to(50.95)
    assert show.source.asked == [slot / FPS for slot in range(10)]
    assert landscape.output.sounds == [(slot * SLOT, SLOT) for slot in range(10)]
    assert show.program.program_s == 1.0


def test_the_picture_is_sent_before_the_sound_is_asked_for(show: Show) -> None:
    landscape = show.on_air()
    show.run_to(50.05)
    assert [tag.type for tag in landscape.sink.tags] == [MessageType.VIDEO, MessageType.AUDIO]


def test_while_nobody_wants_a_picture_none_is_composed_and_the_sound_goes_on(show: Show) -> None:
    show.run_to(50.95)
    assert show.source.asked == []
    assert len(show.mixer.asked) == 10
    assert show.program.landscape is None


def test_a_preview_is_offered_what_is_composed(show: Show) -> None:
    show.preview.is_watched = True
    show.run_to(50.25)
    assert len(show.preview.offered) == 3
    assert show.program.landscape is show.preview.offered[-1]
    show.preview.is_watched = False
    show.run_to(50.35)
    assert len(show.preview.offered) == 3


def test_renditions_join_and_leave_between_two_slots(show: Show) -> None:
    landscape, portrait = show.on_air(), FakeFeed(PORTRAIT)
    show.run_to(50.15)
    show.program.add([portrait.feed])
    show.run_to(50.35)
    show.program.remove([portrait.feed])
    show.run_to(50.45)
    assert portrait.feed.ended.wait(PATIENCE_S)
    assert slots(landscape) == [0, 1, 2, 3, 4]
    assert slots(portrait) == [2, 3]
    assert portrait.output.is_finished
    assert portrait.sink.tags[-1].payload == b"last"
    assert not landscape.output.is_finished


def test_both_renditions_of_a_slot_show_the_same_moment(show: Show) -> None:
    landscape, portrait = show.on_air(), FakeFeed(PORTRAIT)
    show.program.add([portrait.feed])
    for level in range(5):
        show.source.show(grey(40 * level))
        show.run_to(50.05 + level / FPS)
    brightness = [
        [frame.frame.to_ndarray()[0, 0] for frame in feed.output.pictures] for feed in (landscape, portrait)
    ]
    assert brightness[0] == brightness[1]
    assert len(set(brightness[0])) == 5


def test_pictures_wait_for_a_mixer_that_is_late(show: Show) -> None:
    landscape = show.on_air()
    frames = []
    for slot in range(6):
        show.source.show(grey(40 * slot))
        show.mixer.delay_ms = 200.0 if slot >= 2 else 0.0
        show.run_to(50.05 + slot / FPS)
        assert show.program.landscape is not None
        frames.append(show.program.landscape)
    shown = [frames.index(picture.frame) for picture in landscape.output.pictures]
    assert shown == [0, 1, 1, 1, 2, 3]
    assert landscape.output.sounds[-1] == (5 * SLOT, SLOT)


def test_a_curtain_takes_back_what_waits_for_its_sound(show: Show) -> None:
    landscape = show.on_air()
    show.preview.is_watched = True
    show.mixer.delay_ms = 300.0
    show.run_to(50.35)
    assert len({picture.frame for picture in landscape.output.pictures}) == 1
    shown = landscape.output.pictures[0].frame
    show.curtain.draw()
    show.run_to(50.65)
    hidden = landscape.output.pictures[4:]
    assert [picture.slot for picture in hidden] == [4, 5, 6]
    assert shown not in [picture.frame for picture in hidden]
    assert show.preview.offered[-1] is hidden[-1].frame
    assert show.source.asked == [slot / FPS for slot in range(4)], "the stage is not looked at"


def test_a_curtain_begins_with_a_key_frame_as_a_bridge_would_show_the_newest(show: Show) -> None:
    landscape = show.on_air()
    show.run_to(50.35)
    show.curtain.draw()
    show.run_to(50.75)
    show.curtain.dealt_with()
    show.run_to(52.05)
    assert key_slots(landscape) == [0, 4, 20]
    show.curtain.draw()
    show.run_to(52.35)
    assert key_slots(landscape) == [0, 4, 20, 21]


def test_a_curtain_that_is_open_again_before_the_slot_takes_back_what_waits_all_the_same(show: Show) -> None:
    landscape = show.on_air()
    show.mixer.delay_ms = 300.0
    show.run_to(50.35)
    show.source.show(grey(200))
    show.curtain.draw()
    show.curtain.dealt_with()
    show.run_to(50.45)
    levels = [picture.frame.to_ndarray()[0, 0] for picture in landscape.output.pictures]
    assert levels[:4] == [levels[0]] * 4
    assert levels[4] > levels[0] + 100


def test_a_source_that_is_late_is_counted(show: Show) -> None:
    show.on_air()
    show.source.show(grey(8), 0.0)
    show.run_to(50.35)
    show.source.show(grey(9), 0.4)
    show.run_to(50.95)
    assert (show.program.frames_late, show.program.frames_skipped) == (8, 0)
    assert show.program.delivered == {"a": 3}


def test_the_figures_are_those_of_each_rendition(show: Show) -> None:
    show.on_air()
    show.run_to(50.35)
    [stats] = show.program.stats(1.0)
    assert (stats.rendition, stats.encoder, stats.frames_made) == (LANDSCAPE, "fake", 4 - 3)
    assert (stats.frames_skipped, stats.frames_dropped, stats.queue_ms) == (3, 5, 7)
    assert (stats.compose_mean_ms, stats.encode_mean_ms) == (1.0, 1.0)
    assert show.program.waiting(LANDSCAPE) == 1
    assert show.program.waiting(PORTRAIT) == 0


def test_another_bitrate_holds_from_the_next_picture_on(show: Show) -> None:
    landscape = show.on_air()
    show.run_to(50.05)
    landscape.feed.set_bitrate(100)
    assert landscape.output.bitrates == []
    show.run_to(50.25)
    assert landscape.output.bitrates == [100]
    assert show.program.stats(1.0)[0].video_target_kbps == 100


def test_slots_that_are_skipped_leave_no_hole_in_the_sound(show: Show) -> None:
    landscape = show.on_air()
    show.run_to(50.05)
    show.jump_to(51.65)
    assert show.program.frames_skipped == 5
    positions = [position for position, _ in landscape.output.sounds]
    ends = [position + count for position, count in landscape.output.sounds]
    assert positions == [0, *ends[:-1]]
    assert ends[-1] == 17 * SLOT


def test_key_frames_stand_on_their_grid_through_a_skip(show: Show) -> None:
    landscape = show.on_air()
    show.run_to(51.85)
    show.jump_to(53.65)
    show.run_to(56.15)
    assert key_slots(landscape) == [0, 20, 40, 60]


def test_a_forced_key_frame_comes_at_once_and_moves_no_other(show: Show) -> None:
    landscape = show.on_air()
    show.run_to(50.45)
    landscape.feed.force_keyframe()
    show.run_to(54.05)
    assert key_slots(landscape) == [0, 5, 20, 40]


def test_an_encoder_that_gives_up_ends_the_program(show: Show) -> None:
    landscape = show.on_air()
    landscape.output.failure = SystemFault("No encoder is left.")
    with pytest.raises(SystemFault, match="left"):
        show.program.run_tick(EPOCH_S)


def test_a_rendition_whose_encoder_takes_its_time_to_end_costs_the_others_no_slot(show: Show) -> None:
    landscape, portrait = show.on_air(), FakeFeed(PORTRAIT)
    show.program.add([portrait.feed])
    show.run_to(50.05)
    portrait.output.may_finish.clear()
    show.program.remove([portrait.feed])
    try:
        show.run_to(52.05)
        assert slots(landscape) == list(range(21))
        assert not portrait.feed.ended.is_set()
    finally:
        portrait.output.may_finish.set()
    assert portrait.feed.ended.wait(PATIENCE_S)
    assert portrait.sink.tags[-1].payload == b"last"


def test_the_end_finishes_what_is_on_air_also_what_would_have_joined(show: Show) -> None:
    landscape, portrait = show.on_air(), FakeFeed(PORTRAIT)
    show.run_to(50.05)
    show.program.add([portrait.feed])
    assert set(show.program.let_go()) == {landscape.feed, portrait.feed}
    for feed in (landscape, portrait):
        assert feed.feed.ended.wait(PATIENCE_S)
        assert feed.output.is_finished
    assert show.program.stats(1.0) == ()
