"""The program as a viewer gets it: encoded without a clock, decoded again, measured."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import kind_named
from powerstream_desktop.engine.pattern import BAR_COLOURS, Pattern
from powerstream_desktop.engine.picture import BT709, LIMITED_RANGE
from powerstream_desktop.engine.video_settings import Latency, VideoSettings
from powerstream_desktop.rtmp.flv.config import AudioSpecificConfig, codec_extradata
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_audio, classify_video
from powerstream_desktop.rtmp.messages import MessageType
from tests.e2e.support.av_sync import pulse_offsets_ms
from tests.integration.engine.programs import pattern_program, settings, write_flv

LENGTH_S = 5.0


@dataclass(frozen=True)
class Made:
    settings: VideoSettings
    tags: list[FLVTag]
    path: Path

    def video(self) -> list[tuple[FLVTag, TagInfo]]:
        tags = [(tag, classify_video(tag.payload)) for tag in self.tags if tag.type == MessageType.VIDEO]
        return [(tag, info) for tag, info in tags if info.kind is TagKind.FRAME]

    def audio(self) -> list[FLVTag]:
        return [
            tag
            for tag in self.tags
            if tag.type == MessageType.AUDIO and classify_audio(tag.payload).kind is TagKind.FRAME
        ]


@pytest.fixture(scope="module", params=list(Latency), ids=str)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    wanted = settings(latency=request.param)
    tags = pattern_program(wanted, LENGTH_S)
    return Made(wanted, tags, write_flv(tags, tmp_path_factory.mktemp("made") / "program.flv"))


def test_key_frames_stand_exactly_two_seconds_apart(made: Made) -> None:
    times = [tag.timestamp for tag, info in made.video() if info.is_keyframe]
    assert len(times) == 3
    assert [later - earlier for earlier, later in pairwise(times)] == [2000, 2000]


def test_every_slot_becomes_one_frame_at_its_time(made: Made) -> None:
    shown = sorted(tag.timestamp + info.cts_ms for tag, info in made.video())
    assert len(shown) == LENGTH_S * made.settings.fps
    ideal = [shown[0] + 1000 * slot / made.settings.fps for slot in range(len(shown))]
    assert max(abs(is_ms - should_ms) for is_ms, should_ms in zip(shown, ideal, strict=True)) <= 1


def test_times_never_go_back_on_either_track_and_offsets_are_not_negative(made: Made) -> None:
    for times in ([tag.timestamp for tag, _ in made.video()], [tag.timestamp for tag in made.audio()]):
        assert all(earlier < later for earlier, later in pairwise(times))
    assert all(info.cts_ms >= 0 for _, info in made.video())


def test_low_latency_sends_frames_in_the_order_they_are_shown(made: Made) -> None:
    reordered = any(info.cts_ms for _, info in made.video())
    assert reordered == (made.settings.latency is Latency.NORMAL)


def test_the_description_and_the_headers_come_first(made: Made) -> None:
    assert [tag.type for tag in made.tags[:3]] == [
        MessageType.DATA_AMF0,
        MessageType.VIDEO,
        MessageType.AUDIO,
    ]
    assert classify_video(made.tags[1].payload).kind is TagKind.HEADER
    assert b"duration" not in made.tags[0].payload


def test_the_rate_is_constant_within_a_tenth(made: Made) -> None:
    begin = made.video()[0][0].timestamp
    for second in range(1, 4):
        window = range(begin + second * 1000, begin + second * 1000 + 1000)
        bits = 8 * sum(len(tag.payload) for tag, _ in made.video() if tag.timestamp in window)
        assert bits / 1000 == pytest.approx(made.settings.bitrate_kbps, rel=0.25)
    bits = 8 * sum(len(tag.payload) for tag, _ in made.video())
    assert bits / 1000 / LENGTH_S == pytest.approx(made.settings.bitrate_kbps, rel=0.10)


def test_the_video_is_high_profile_and_says_its_colours(made: Made) -> None:
    with av.open(str(made.path)) as container:
        frame = next(container.decode(video=0))
        codec = container.streams.video[0].codec_context
        assert codec.profile == "High"
        assert (codec.width, codec.height, codec.pix_fmt) == (640, 360, "yuv420p")
        assert codec.max_b_frames is not None
    tags = (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range)
    assert tags == (BT709, BT709, BT709, LIMITED_RANGE)


def test_the_bars_decode_to_their_colours(made: Made) -> None:
    pattern = Pattern(made.settings.width, made.settings.height, made.settings.fps)
    with av.open(str(made.path)) as container:
        frame = next(container.decode(video=0))
    picture = frame.reformat(
        format="rgb24",
        src_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
    ).to_ndarray()
    for number, colour in enumerate(BAR_COLOURS):
        bar = pattern.bar(number)
        inside = picture[bar.y + 16 : bar.y + bar.height - 16, bar.x + 16 : bar.x + bar.width - 16]
        assert np.abs(inside.mean(axis=(0, 1)) - colour).max() < 4


def test_the_sound_is_48_khz_stereo_at_its_bitrate(made: Made) -> None:
    header = next(tag for tag in made.tags if tag.type == MessageType.AUDIO)
    info = classify_audio(header.payload)
    assert AudioSpecificConfig.parse(codec_extradata(header.payload, info)) == (2, 48_000, 2)
    steps = {later.timestamp - earlier.timestamp for earlier, later in pairwise(made.audio())}
    assert steps <= {21, 22}


def test_flash_and_beep_come_together(made: Made) -> None:
    offsets = pulse_offsets_ms(made.path)
    assert len(offsets) == 4
    assert max(map(abs, offsets)) < 10


@pytest.mark.parametrize("latency", list(Latency), ids=str)
def test_behind_a_hole_no_picture_makes_up_for_it_with_filler(latency: Latency) -> None:
    wanted = settings(latency=latency)
    encoder = AVEncoder(kind_named("libx264"), wanted)
    pattern = Pattern(wanted.width, wanted.height, wanted.fps)
    hole_at, hole_slots = 60, 4 * wanted.fps
    slots = [slot if slot < hole_at else slot + hole_slots for slot in range(2 * hole_at)]
    made = [
        picture
        for slot in slots
        for picture in encoder.encode(
            pattern.picture_at(slot / wanted.fps, slot).frame, slot, is_key=slot == 0
        )
    ]
    made += encoder.finish()
    assert sorted(picture.pts_slot for picture in made) == slots
    behind = [len(picture.data) for picture in made if picture.pts_slot >= hole_at - 1]
    a_quarter_of_a_second = wanted.bitrate_kbps * 1000 // 8 // 4
    assert max(behind) < a_quarter_of_a_second


def test_an_encoder_that_refuses_is_named() -> None:
    with pytest.raises(SystemFault, match="h264_nvenc") as refused:
        AVEncoder(kind_named("h264_nvenc"), settings())
    assert "preset" not in refused.value.detail


def test_a_program_is_encoded_faster_than_it_plays() -> None:
    began = time.process_time()
    pattern_program(settings(width=1280, height=720, bitrate_kbps=4500, latency=Latency.LOW), 1.0)
    assert time.process_time() - began < 1.0
