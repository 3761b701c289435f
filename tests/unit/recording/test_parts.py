"""Which packets go into which file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.recording.parts import (
    KEY_FRAME_WAIT_MS,
    LONGEST_HOLE_MS,
    SECOND_TRACK_WAIT_MS,
    FinishPart,
    OpenPart,
    PartAction,
    PartPlanner,
    WriteFrame,
)
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.recording.fakes import audio_header, metadata, mp3, picture, sound, video_header

OTHER_AVC = b"avcC of another encoder"
OTHER_AAC = bytes.fromhex("1210")


@dataclass
class Part:
    plan: OpenPart
    frames: list[MediaPacket] = field(default_factory=list)
    is_finished: bool = False

    def times(self, kind: MediaKind) -> list[int]:
        return [packet.dts_ms for packet in self.frames if packet.kind is kind]

    @property
    def tracks(self) -> tuple[bool, bool]:
        return self.plan.video is not None, self.plan.audio is not None


class Files:
    """Carries out what the planner says, and objects to what cannot be done."""

    def __init__(self) -> None:
        self._planner = PartPlanner()
        self.parts: list[Part] = []

    def feed(self, packets: Iterable[MediaPacket]) -> Files:
        for packet in packets:
            self._carry_out(self._planner.receive(packet))
        return self

    def finish(self) -> list[Part]:
        self._carry_out(self._planner.finish())
        assert all(part.is_finished for part in self.parts)
        return self.parts

    def _carry_out(self, actions: list[PartAction]) -> None:
        for action in actions:
            match action:
                case OpenPart():
                    assert all(part.is_finished for part in self.parts), "one part at a time"
                    self.parts.append(Part(action))
                case FinishPart():
                    self.parts[-1].is_finished = True
                case WriteFrame(packet):
                    part = self.parts[-1]
                    assert not part.is_finished
                    assert (
                        part.plan.video if packet.kind is MediaKind.VIDEO else part.plan.audio
                    ) is not None
                    part.frames.append(packet)


def stream(start_ms: int, end_ms: int, *, gop_ms: int = 500, keys_at: int | None = None) -> list[MediaPacket]:
    """Picture at 40 ms and sound at 20 ms from ``start_ms`` on, in order of time, a key frame every ``gop_ms``."""
    packets: list[MediaPacket] = []
    first_key = start_ms if keys_at is None else keys_at
    for at_ms in range(start_ms, end_ms, 20):
        if (at_ms - start_ms) % 40 == 0:
            packets.append(picture(at_ms, key=at_ms >= first_key and (at_ms - first_key) % gop_ms == 0))
        packets.append(sound(at_ms))
    return packets


def test_a_file_opens_at_the_first_key_frame_with_both_tracks() -> None:
    files = Files().feed([metadata(), video_header(), audio_header(), *stream(0, 1000)])
    (part,) = files.finish()
    assert part.tracks == (True, True)
    assert part.plan.base_ms == 0
    assert part.times(MediaKind.VIDEO) == list(range(0, 1000, 40))
    assert part.times(MediaKind.AUDIO) == list(range(0, 1000, 20))


def test_what_comes_before_the_first_key_frame_is_not_recorded() -> None:
    (part,) = Files().feed([video_header(), audio_header(), *stream(0, 2000, keys_at=600)]).finish()
    assert part.plan.base_ms == 600
    assert part.times(MediaKind.VIDEO)[0] == 600
    assert part.times(MediaKind.AUDIO)[0] == 600


def test_late_sound_from_before_the_key_frame_is_not_recorded_either() -> None:
    (part,) = (
        Files()
        .feed(
            [video_header(), audio_header(), picture(1000, key=True), sound(980), picture(1040), sound(1001)]
        )
        .finish()
    )
    assert part.times(MediaKind.AUDIO) == [1001]


def test_a_negative_composition_offset_moves_the_base_so_that_nothing_is_below_zero() -> None:
    files = Files().feed([video_header(), audio_header(), picture(100, key=True, cts_ms=-30), sound(105)])
    assert files.parts[0].plan.base_ms == 70


def test_frames_without_their_codec_settings_are_not_recorded() -> None:
    assert Files().feed(stream(0, 3000)).finish() == []


def test_sound_that_needs_no_settings_is_recorded_without() -> None:
    (part,) = Files().feed([video_header(), picture(0, key=True), mp3(3), picture(40)]).finish()
    assert part.plan.audio is not None
    assert part.plan.audio.settings.codec == ".mp3"


def test_both_tracks_announced_means_no_wait_beyond_the_first_sound() -> None:
    files = Files().feed([video_header(), audio_header(), picture(0, key=True), picture(40)])
    assert files.parts == []
    files.feed([sound(45)])
    assert len(files.parts) == 1


@pytest.mark.parametrize("is_sound_announced", [False, True])
def test_a_picture_alone_waits_two_seconds_for_sound(is_sound_announced: bool) -> None:
    pictures = [picture(at_ms, key=at_ms % 1000 == 0) for at_ms in range(0, 4000, 40)]
    files = Files().feed([video_header(), *([audio_header()] if is_sound_announced else [])])
    for packet in pictures:
        files.feed([packet])
        assert bool(files.parts) == (packet.dts_ms >= SECOND_TRACK_WAIT_MS)
    (part,) = files.finish()
    assert part.tracks == (True, False)
    assert part.times(MediaKind.VIDEO) == list(range(0, 4000, 40))


def test_sound_alone_waits_two_seconds_for_a_picture() -> None:
    files = Files().feed([audio_header()])
    for at_ms in range(0, 4000, 20):
        files.feed([sound(at_ms)])
        assert bool(files.parts) == (at_ms >= SECOND_TRACK_WAIT_MS)
    (part,) = files.finish()
    assert part.tracks == (False, True)
    assert part.times(MediaKind.AUDIO) == list(range(0, 4000, 20))


def test_sound_waits_longer_for_the_key_frame_of_an_announced_picture() -> None:
    files = Files().feed([audio_header(), video_header()])
    for at_ms in range(0, KEY_FRAME_WAIT_MS + 1000, 500):
        files.feed([sound(at_ms)])
        assert bool(files.parts) == (at_ms >= KEY_FRAME_WAIT_MS)


def test_a_stream_that_ends_during_the_wait_is_recorded_all_the_same() -> None:
    (part,) = Files().feed([video_header(), picture(0, key=True), picture(40)]).finish()
    assert part.times(MediaKind.VIDEO) == [0, 40]


def test_the_same_headers_again_begin_no_new_part() -> None:
    packets = [video_header(), audio_header(), *stream(0, 1000)]
    packets += [video_header(at_ms=1000), audio_header(at_ms=1000), *stream(1000, 2000)]
    (part,) = Files().feed(packets).finish()
    assert part.times(MediaKind.VIDEO) == list(range(0, 2000, 40))


def test_an_empty_header_changes_nothing() -> None:
    packets = [video_header(), audio_header(), *stream(0, 1000), video_header(b""), audio_header(b"")]
    (part,) = Files().feed([*packets, *stream(1000, 2000)]).finish()
    assert part.times(MediaKind.VIDEO) == list(range(0, 2000, 40))


def test_a_new_picture_format_begins_a_new_part_and_no_frame_is_lost() -> None:
    packets = [video_header(), audio_header(), *stream(0, 1000)]
    packets += [video_header(OTHER_AVC, at_ms=1000), *stream(1000, 2000)]
    first, second = Files().feed(packets).finish()
    assert second.plan.base_ms == 1000
    assert second.plan.video is not None
    assert second.plan.video.settings.extradata == OTHER_AVC
    for kind, step_ms in ((MediaKind.VIDEO, 40), (MediaKind.AUDIO, 20)):
        assert first.times(kind) + second.times(kind) == list(range(0, 2000, step_ms))


def test_sound_that_lags_behind_the_new_key_frame_still_goes_into_the_old_part() -> None:
    packets = [video_header(), audio_header(), *stream(0, 1000), video_header(OTHER_AVC, at_ms=1000)]
    packets += [picture(1000, key=True), sound(960), picture(1040), sound(990), sound(1010), picture(1080)]
    first, second = Files().feed(packets).finish()
    assert first.times(MediaKind.AUDIO)[-2:] == [960, 990]
    assert second.times(MediaKind.AUDIO) == [1010]
    assert second.times(MediaKind.VIDEO) == [1000, 1040, 1080]


def test_a_new_sound_format_waits_for_the_next_key_frame_and_no_frame_is_lost() -> None:
    packets = [video_header(), audio_header(), *stream(0, 1200, gop_ms=1000)]
    packets += [audio_header(OTHER_AAC, at_ms=1200), *stream(1200, 3000, keys_at=2000, gop_ms=1000)]
    first, second = Files().feed(packets).finish()
    assert first.times(MediaKind.VIDEO)[-1] == 1960
    assert first.times(MediaKind.AUDIO)[-1] == 1180
    assert second.plan.base_ms == 1200
    for kind, step_ms in ((MediaKind.VIDEO, 40), (MediaKind.AUDIO, 20)):
        assert first.times(kind) + second.times(kind) == list(range(0, 3000, step_ms))


def test_sound_only_with_a_new_format_goes_on_at_once() -> None:
    files = Files().feed([audio_header(), *(sound(at_ms) for at_ms in range(0, 3000, 20))])
    files.feed([audio_header(OTHER_AAC), sound(3000)])
    assert [part.times(MediaKind.AUDIO)[-1] for part in files.parts] == [2980, 3000]


def test_a_track_that_comes_late_begins_a_new_part() -> None:
    pictures = [picture(at_ms, key=at_ms % 1000 == 0) for at_ms in range(0, 3200, 40)]
    files = Files().feed(
        [video_header(), *pictures, audio_header(at_ms=3200), *stream(3200, 5000, keys_at=4000)]
    )
    first, second = files.finish()
    assert first.tracks == (True, False)
    assert second.tracks == (True, True)
    assert first.times(MediaKind.VIDEO) + second.times(MediaKind.VIDEO) == list(range(0, 5000, 40))
    assert second.times(MediaKind.AUDIO) == list(range(3200, 5000, 20))


def test_settings_that_change_twice_before_a_key_frame_lose_no_sound() -> None:
    packets = [video_header(), audio_header(), *stream(0, 400)]
    packets += [audio_header(OTHER_AAC), sound(400), sound(420), audio_header(), sound(440), sound(460)]
    parts = Files().feed(packets).finish()
    assert [at_ms for part in parts for at_ms in part.times(MediaKind.AUDIO)] == list(range(0, 480, 20))


@given(st.lists(st.sampled_from("vVaAkps"), max_size=60))
def test_whatever_the_order_every_frame_is_written_once_at_most_and_in_order(letters: list[str]) -> None:
    makers: dict[str, Callable[[int], MediaPacket]] = {
        "v": lambda at_ms: video_header(at_ms=at_ms),
        "V": lambda at_ms: video_header(OTHER_AVC, at_ms=at_ms),
        "a": lambda at_ms: audio_header(at_ms=at_ms),
        "A": lambda at_ms: audio_header(OTHER_AAC, at_ms=at_ms),
        "k": lambda at_ms: picture(at_ms, key=True),
        "p": picture,
        "s": sound,
    }
    packets = [makers[letter](index * 100) for index, letter in enumerate(letters)]
    parts = Files().feed(packets).finish()
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO):
        times = [at_ms for part in parts for at_ms in part.times(kind)]
        assert times == sorted(set(times))
    for part in parts:
        if part.plan.video is not None:
            assert next(frame for frame in part.frames if frame.kind is MediaKind.VIDEO).info.is_keyframe
        assert all(frame.dts_ms >= part.plan.base_ms for frame in part.frames)


def test_a_frame_without_content_opens_no_file() -> None:
    assert Files().feed([audio_header(), sound(0, size=0)]).finish() == []
    given = [audio_header(), sound(0), sound(3_000), audio_header(OTHER_AAC), sound(3_020, size=0)]
    assert len(Files().feed(given).finish()) == 1


def without(kind: MediaKind, packets: Iterable[MediaPacket]) -> list[MediaPacket]:
    return [packet for packet in packets if packet.kind is not kind]


@pytest.mark.parametrize("silent", [MediaKind.AUDIO, MediaKind.VIDEO, None])
def test_a_track_that_comes_back_after_hours_goes_on_in_a_new_file_without_losing_a_frame(
    silent: MediaKind | None,
) -> None:
    back_ms = LONGEST_HOLE_MS + 3_000
    before = [video_header(), audio_header(), *stream(0, 1_000)]
    if silent is not None:
        before += without(silent, [*stream(1_000, 1_500), *stream(back_ms - 2_000, back_ms)])
    given = [*before, *stream(back_ms, back_ms + 2_000)]
    parts = Files().feed(given).finish()
    assert [part.tracks for part in parts] == [(True, True)] * 2
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO):
        times = [at_ms for part in parts for at_ms in part.times(kind)]
        assert times == [packet.dts_ms for packet in given[2:] if packet.kind is kind]
        for part in parts:
            assert all(after - at <= LONGEST_HOLE_MS for at, after in pairwise(part.times(kind)))


def test_a_lone_track_that_comes_back_after_hours_goes_on_in_a_new_file() -> None:
    given = [audio_header(), *(sound(at_ms) for at_ms in (0, 2_000, 4_000, LONGEST_HOLE_MS + 4_001))]
    parts = Files().feed(given).finish()
    assert [part.times(MediaKind.AUDIO) for part in parts] == [[0, 2_000, 4_000], [LONGEST_HOLE_MS + 4_001]]


def test_a_hole_of_hours_that_a_file_can_tell_stays_in_it() -> None:
    given = [audio_header(), *(sound(at_ms) for at_ms in (0, 2_000, LONGEST_HOLE_MS + 2_000))]
    assert len(Files().feed(given).finish()) == 1
