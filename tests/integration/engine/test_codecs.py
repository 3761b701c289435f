"""Every software encoder, through the output, into a file and back: key frames, order, what is shown."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import pytest

from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import EncoderKind, kinds_of
from powerstream_desktop.engine.encoders.port import EncodedPicture
from powerstream_desktop.engine.encoders.proof import prove
from powerstream_desktop.engine.pattern import Pattern
from powerstream_desktop.engine.picture import BT709, LIMITED_RANGE
from powerstream_desktop.engine.video_settings import Codec, Latency, VideoSettings
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from powerstream_desktop.rtmp.messages import MessageType
from tests.integration.engine.programs import pattern_program, settings, write_flv

LENGTH_S = 3.0
FORCED = 37


def wanted(codec: Codec, latency: Latency = Latency.NORMAL) -> VideoSettings:
    return settings(width=320, height=180, bitrate_kbps=500, codec=codec, latency=latency)


def software(codec: Codec) -> EncoderKind:
    return kinds_of(codec)[-1]


def encoded(codec: Codec, latency: Latency, slots: range) -> list[EncodedPicture]:
    made = wanted(codec, latency)
    encoder, pattern = AVEncoder(software(codec), made), Pattern(made.width, made.height, made.fps)
    pictures: list[EncodedPicture] = []
    for slot in slots:
        is_key = slot % made.keyframe_interval == 0 or slot == FORCED
        pictures += encoder.encode(pattern.picture_at(slot / made.fps, slot).frame, slot, is_key=is_key)
    return pictures + encoder.finish()


@pytest.mark.parametrize("latency", list(Latency))
@pytest.mark.parametrize("codec", list(Codec))
def test_key_frames_stand_where_they_were_asked_for_and_nowhere_else(codec: Codec, latency: Latency) -> None:
    pictures = encoded(codec, latency, range(100))
    assert [picture.pts_slot for picture in pictures if picture.is_key] == [0, FORCED, 60]


@pytest.mark.parametrize("latency", list(Latency))
@pytest.mark.parametrize("codec", list(Codec))
def test_every_slot_is_encoded_once_in_an_order_that_can_be_decoded(codec: Codec, latency: Latency) -> None:
    slots = [*range(40), *range(55, 100)]
    made = wanted(codec, latency)
    encoder, pattern = AVEncoder(software(codec), made), Pattern(made.width, made.height, made.fps)
    frames = {slot: pattern.picture_at(slot / made.fps, slot).frame for slot in slots}
    pictures = [each for slot in slots for each in encoder.encode(frames[slot], slot, is_key=slot % 60 == 0)]
    pictures += encoder.finish()
    assert sorted(picture.pts_slot for picture in pictures) == slots
    assert all(earlier.dts_slot < later.dts_slot for earlier, later in pairwise(pictures))
    assert all(picture.dts_slot <= picture.pts_slot for picture in pictures)


@pytest.mark.parametrize("codec", list(Codec))
def test_a_program_of_every_codec_decodes_from_its_tags(codec: Codec, tmp_path: Path) -> None:
    made = wanted(codec)
    tags = pattern_program(made, LENGTH_S)
    path = write_flv(tags, tmp_path / "program.flv")
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    assert len(frames) == LENGTH_S * made.fps
    last = frames[-1]
    assert (last.width, last.height) == (320, 180)
    assert (last.colorspace, last.color_range) == (BT709, LIMITED_RANGE)
    times = [float(frame.time or 0.0) for frame in frames]
    assert all(
        later - earlier == pytest.approx(1 / made.fps, abs=0.0015) for earlier, later in pairwise(times)
    )


@pytest.mark.parametrize("codec", list(Codec))
def test_the_relay_can_tell_the_key_frames_of_every_codec(codec: Codec) -> None:
    tags = pattern_program(wanted(codec), LENGTH_S)
    infos = [classify_video(tag.payload) for tag in tags if tag.type == MessageType.VIDEO]
    assert infos[0].kind is TagKind.HEADER
    assert sum(info.is_keyframe for info in infos) == 2


@pytest.mark.parametrize("codec", list(Codec))
def test_software_proves_itself_on_one_picture(codec: Codec) -> None:
    proved = prove(software(codec), wanted(codec))
    assert (proved.works, proved.why) == (True, "")


def test_hardware_that_is_not_there_says_so() -> None:
    proved = prove(kinds_of(Codec.H264)[0], wanted(Codec.H264))
    assert not proved.works
    assert proved.why.startswith("The encoder h264_nvenc refused to work.")
