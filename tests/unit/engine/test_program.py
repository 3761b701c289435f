from __future__ import annotations

from fractions import Fraction

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, Latency
from powerstream_desktop.engine.flv_output import FLVOutput
from powerstream_desktop.engine.pattern import Pattern
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.program import SOUND_BACKLOG_S, Program
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, silence
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from powerstream_desktop.rtmp.messages import MessageType

FPS = 10
CONFIG = EngineConfig(
    source="test",
    publish_url="rtmp://127.0.0.1/live",
    publish_key=Secret("key-1"),
    width=64,
    height=64,
    fps=FPS,
    video_bitrate_kbps=200,
    latency=Latency.LOW,
)


class FakePicture:
    """A source that has a new picture only when it is told to."""

    label = "fake"

    def __init__(self) -> None:
        self.delivered = 1
        self.asked: list[float] = []
        self._frame = Pattern(64, 64, FPS).picture_at(0.0, 1).frame

    def open(self) -> None: ...

    def start(self, epoch_s: float) -> None: ...

    def picture_at(self, time_s: float) -> Picture:
        self.asked.append(time_s)
        return Picture(self._frame, self.delivered)

    def close(self) -> None: ...


class FakeSound:
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def open(self) -> None: ...

    def start(self) -> None: ...

    def read(self, position: int, count: int) -> Samples:
        self.asked.append((position, count))
        return silence(count)

    def close(self) -> None: ...


class Stage:
    """A program with everything around it faked but the encoder."""

    def __init__(self) -> None:
        self.picture = FakePicture()
        self.sound = FakeSound()
        self.tags: list[FLVTag] = []
        self.ticks = iter(Fraction(number, 1000) for number in range(100_000))
        self.program = Program(
            CONFIG,
            picture=self.picture,
            sound=self.sound,
            output=FLVOutput(CONFIG),
            send=self.tags.extend,
            epoch_s=50.0,
            stopwatch=lambda: float(next(self.ticks)),
        )

    def run_to(self, until: float) -> None:
        """Make every slot the moment it is due."""
        due_s = 50.0
        while due_s <= until:
            due_s = self.program.run_tick(due_s)

    def jump_to(self, now: float) -> None:
        """Sleep until then, and make whatever is owed."""
        while self.program.run_tick(now) <= now:
            pass

    def key_frame_times(self) -> list[int]:
        return [
            tag.timestamp
            for tag in self.tags
            if tag.type == MessageType.VIDEO
            and (info := classify_video(tag.payload)).kind is TagKind.FRAME
            and info.is_keyframe
        ]


def test_it_makes_nothing_before_its_time_and_says_when_to_call_again() -> None:
    stage = Stage()
    assert stage.program.run_tick(49.0) == 50.0
    assert stage.program.frames_made == 0
    assert stage.program.run_tick(50.0) == 50.1
    assert stage.program.frames_made == 1


def test_every_slot_asks_for_its_own_time_and_exactly_its_sound() -> None:
    stage = Stage()
    stage.run_to(50.95)
    assert stage.picture.asked == [slot / FPS for slot in range(10)]
    assert stage.sound.asked == [(slot * 4800, 4800) for slot in range(10)]


def test_a_source_that_is_late_is_repeated_and_counted() -> None:
    stage = Stage()
    stage.run_to(50.35)
    stage.picture.delivered += 1
    stage.run_to(50.95)
    stats = stage.program.sum_up(51.0, dropped=0, queue_ms=0)
    assert (stats.frames_made, stats.frames_repeated, stats.frames_skipped) == (10, 8, 0)
    assert stats.program_s == 1.0


def test_encoding_is_timed_without_the_sound() -> None:
    stage = Stage()
    stage.run_to(50.35)
    stats = stage.program.sum_up(51.0, dropped=0, queue_ms=0)
    assert (stats.encode_mean_ms, stats.encode_max_ms) == (1.0, 1.0)


def test_another_bitrate_holds_from_the_next_picture_on() -> None:
    stage = Stage()
    assert stage.program.sum_up(50.0, dropped=0, queue_ms=0).video_target_kbps == 200
    stage.program.set_bitrate(100)
    stage.run_to(51.95)
    stats = stage.program.sum_up(52.0, dropped=0, queue_ms=0)
    assert stats.video_target_kbps == 100
    assert stats.video_kbps == pytest.approx(100, rel=0.1)


def test_slots_that_are_skipped_leave_no_hole_in_the_sound() -> None:
    stage = Stage()
    stage.run_to(50.05)
    stage.jump_to(51.65)
    assert stage.program.frames_skipped == 5
    positions = [position for position, _ in stage.sound.asked]
    ends = [position + count for position, count in stage.sound.asked]
    assert positions == [0, *ends[:-1]]
    assert ends[-1] == 17 * 4800


def test_after_an_hour_asleep_only_the_last_seconds_of_sound_are_made_up() -> None:
    stage = Stage()
    stage.run_to(50.05)
    stage.jump_to(50.05 + 3600)
    position, count = stage.sound.asked[1]
    assert count == SOUND_BACKLOG_S * SAMPLE_RATE
    assert (position + count) / SAMPLE_RATE == round(stage.picture.asked[1] + 1 / FPS, 6)


def test_key_frames_stand_on_their_grid_through_a_skip() -> None:
    stage = Stage()
    stage.run_to(51.85)
    stage.jump_to(53.65)
    stage.run_to(56.15)
    stage.program.finish()
    first = stage.key_frame_times()[0]
    assert [time - first for time in stage.key_frame_times()] == [0, 2000, 4000, 6000]


def test_a_forced_key_frame_comes_at_once_and_moves_no_other() -> None:
    stage = Stage()
    stage.run_to(50.45)
    stage.program.force_keyframe()
    stage.run_to(54.05)
    stage.program.finish()
    first = stage.key_frame_times()[0]
    assert [time - first for time in stage.key_frame_times()] == [0, 500, 2000, 4000]
