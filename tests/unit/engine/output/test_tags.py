from __future__ import annotations

import pytest

from powerstream_desktop.engine.encoders.port import EncodedPicture
from powerstream_desktop.engine.output.sound_encoder import EncodedSound
from powerstream_desktop.engine.output.tags import (
    audio_header,
    audio_tag,
    stream_metadata,
    video_header,
    video_tag,
)
from powerstream_desktop.engine.video_settings import Codec, VideoSettings
from powerstream_desktop.rtmp.flv.metadata import classify_data, read_metadata
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio, classify_video, frame_body

CODECS = {Codec.H264: "avc1", Codec.HEVC: "hvc1", Codec.AV1: "av01"}


def picture(*, is_key: bool) -> EncodedPicture:
    return EncodedPicture(b"\0\0\0\2\x65\x80", b"settings", 0, 0, is_key)


@pytest.mark.parametrize("codec", list(Codec))
def test_the_relay_reads_a_header_as_what_it_is(codec: Codec) -> None:
    tag = video_header(codec, b"settings", 40)
    info = classify_video(tag.payload)
    assert (info.kind, info.codec, bytes(frame_body(tag.payload, info))) == (
        TagKind.HEADER,
        CODECS[codec],
        b"settings",
    )
    assert tag.timestamp == 40


@pytest.mark.parametrize("is_key", [True, False])
@pytest.mark.parametrize("cts_ms", [0, 67])
@pytest.mark.parametrize("codec", list(Codec))
def test_the_relay_reads_a_picture_as_what_it_is(codec: Codec, cts_ms: int, *, is_key: bool) -> None:
    if codec is Codec.AV1 and cts_ms:
        cts_ms = 0  # it has none
    tag = video_tag(codec, picture(is_key=is_key), 1000, cts_ms)
    info = classify_video(tag.payload)
    assert (info.kind, info.codec, info.is_keyframe, info.cts_ms) == (
        TagKind.FRAME,
        CODECS[codec],
        is_key,
        cts_ms,
    )
    assert bytes(frame_body(tag.payload, info)) == picture(is_key=is_key).data
    assert info.is_enhanced == (codec is not Codec.H264)


@pytest.mark.parametrize(
    ("codec", "cts_ms", "head"),
    [
        (Codec.H264, 200, "17010000c8"),
        (Codec.HEVC, 200, "91687663310000c8"),
        (Codec.HEVC, 0, "9368766331"),
        (Codec.AV1, 0, "9161763031"),
    ],
)
def test_the_bytes_are_those_of_the_reference(codec: Codec, cts_ms: int, head: str) -> None:
    """rtmp.md's vectors F2, F6, F7 and F8."""
    assert video_tag(codec, picture(is_key=True), 0, cts_ms).payload.hex().startswith(head)


def test_times_wrap_as_rtmp_wants_them() -> None:
    assert video_tag(Codec.H264, picture(is_key=True), (1 << 32) + 5, 0).timestamp == 5
    assert audio_tag(EncodedSound(b"x", 0), (1 << 32) + 5).timestamp == 5


def test_sound_is_classic_aac() -> None:
    header, frame = audio_header(b"\x11\x90", 5), audio_tag(EncodedSound(b"\x21\x00", 0), 26)
    assert classify_audio(header.payload).kind is TagKind.HEADER
    assert header.payload == b"\xaf\x00\x11\x90"
    assert classify_audio(frame.payload).kind is TagKind.FRAME
    assert frame.timestamp == 26


@pytest.mark.parametrize(
    ("codec", "codec_id"), [(Codec.H264, 7), (Codec.HEVC, 0x68766331), (Codec.AV1, 0x61763031)]
)
def test_the_description_says_what_is_sent_and_no_length(codec: Codec, codec_id: int) -> None:
    tag = stream_metadata(VideoSettings(width=720, height=1280, fps=60, codec=codec), 22)
    assert classify_data(tag.payload).kind is TagKind.METADATA
    properties = read_metadata(tag.payload)
    assert (properties["width"], properties["height"], properties["framerate"]) == (720, 1280, 60)
    assert properties["videocodecid"] == codec_id
    assert "duration" not in properties
