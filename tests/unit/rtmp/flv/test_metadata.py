"""onMetaData: what is cut out of it, what stays byte for byte, and what we say when the publisher says nothing."""

import pytest

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import AMFValue, ECMAArray
from powerstream_desktop.rtmp.flv.metadata import (
    classify_data,
    live_metadata,
    push_metadata,
    read_metadata,
    synthesise_metadata,
)
from powerstream_desktop.rtmp.flv.tags import DATA_TAG, METADATA_TAG

AVC_HEADER = bytes.fromhex("17000000000142c01effe100096742c01eda0280bfe501000468ce3c80")
NAME = amf0.encode("onMetaData")
SET_DATA_FRAME = amf0.encode("@setDataFrame")


def metadata(**properties: AMFValue) -> bytes:
    return amf0.encode("onMetaData", ECMAArray(properties))


def test_set_data_frame_is_taken_off_for_players_and_put_on_for_pushes() -> None:
    body = metadata(width=1280.0)
    assert live_metadata(SET_DATA_FRAME + body) == body
    assert push_metadata(body) == SET_DATA_FRAME + body


@pytest.mark.parametrize("name", ["duration", "filesize", "fileSize"])
def test_what_only_a_file_has_is_cut_out(name: str) -> None:
    body = metadata(width=1280.0, **{name: 12.5}, encoder="x")
    assert live_metadata(body) == metadata(width=1280.0, encoder="x")


def test_properties_are_cut_from_the_start_the_middle_and_the_end() -> None:
    body = metadata(duration=1.0, width=1280.0, filesize=2.0, fileSize=3.0, encoder="x", duration_=4.0)
    assert live_metadata(body) == metadata(width=1280.0, encoder="x", duration_=4.0)


def test_an_object_serves_as_well_as_an_ecma_array() -> None:
    body = amf0.encode("onMetaData", {"duration": 0.0, "height": 720.0})
    assert live_metadata(body) == amf0.encode("onMetaData", {"height": 720.0})


def test_metadata_without_them_stays_the_same_bytes() -> None:
    odd = NAME + bytes.fromhex("08ffffffff") + b"\x00\x04text\x02\x00\x02\xff\xfe" + b"\x00\x00\x09" + b"tail"
    assert live_metadata(odd) == odd


def test_everything_around_a_cut_stays_the_same_bytes() -> None:
    text = b"\x00\x04text\x02\x00\x02\xff\xfe"  # not UTF-8
    nested = b"\x00\x04nest" + amf0.encode({"duration": 5.0})
    duration = b"\x00\x08duration" + amf0.encode(7.0)
    body = NAME + b"\x08\x00\x00\x00\x03" + text + duration + nested + b"\x00\x00\x09"
    assert live_metadata(body) == NAME + b"\x08\x00\x00\x00\x02" + text + nested + b"\x00\x00\x09"


def test_a_count_of_zero_stays_zero() -> None:
    body = NAME + b"\x08\x00\x00\x00\x00" + b"\x00\x08duration" + amf0.encode(7.0) + b"\x00\x00\x09"
    assert live_metadata(body) == NAME + b"\x08\x00\x00\x00\x00\x00\x00\x09"


def test_an_array_without_its_end_is_cut_too() -> None:
    body = NAME + b"\x08\x00\x00\x00\x01" + b"\x00\x08duration" + amf0.encode(7.0)
    assert live_metadata(body) == NAME + b"\x08\x00\x00\x00\x00"


def test_a_duration_that_is_no_number_stays() -> None:
    body = metadata(duration={"a": 1.0}, other=[1.0])
    assert live_metadata(body) == body


@pytest.mark.parametrize(
    "tail",
    [
        b"",
        b"\x08",
        b"\x05",
        b"\x08\x00\x00",
        b"\x08\0\0\0\1\x00\x08durat",
        b"\x08\0\0\0\1\x00\x08duration\x0d",
        b"\xff",
    ],
)
def test_metadata_that_cannot_be_read_stays_whole(tail: bytes) -> None:
    assert live_metadata(NAME + tail) == NAME + tail
    assert read_metadata(NAME + tail).get("duration") is None


def test_other_data_messages_are_left_alone() -> None:
    body = amf0.encode("onTextData", ECMAArray(duration=1.0))
    assert live_metadata(body) == body
    assert read_metadata(body) == {}


def test_a_data_message_is_told_by_its_name() -> None:
    assert classify_data(metadata()) is METADATA_TAG
    assert classify_data(SET_DATA_FRAME + metadata()) is METADATA_TAG
    assert classify_data(amf0.encode("onTextData", {})) is DATA_TAG
    assert classify_data(b"") is DATA_TAG


def test_properties_can_be_read_as_hints() -> None:
    body = SET_DATA_FRAME + metadata(width=1280.0, videocodecid="avc1")
    assert read_metadata(body) == {"width": 1280.0, "videocodecid": "avc1"}
    assert read_metadata(amf0.encode("onMetaData", {"width": 1.0})) == {"width": 1.0}
    assert read_metadata(amf0.encode("onMetaData", None)) == {}


def test_silence_of_the_publisher_is_filled_with_what_the_headers_prove() -> None:
    body = synthesise_metadata(video=AVC_HEADER, audio=b"\xaf\x00\x11\x90", encoder="PowerStream")
    assert body == metadata(
        videocodecid=7.0,
        audiocodecid=10.0,
        audiosamplerate=48_000.0,
        audiochannels=2.0,
        stereo=True,
        encoder="PowerStream",
    )


@pytest.mark.parametrize(
    ("video", "codec_id"),
    [
        (b"\x90hvc1x", 1752589105),
        (b"\x90av01x", 1635135537),
        (b"\x91vp09x", 1987063865),
        (b"\x1c\0\0\0\0x", 1752589105),
    ],
)
def test_an_enhanced_codec_is_named_by_its_fourcc_as_a_number(video: bytes, codec_id: int) -> None:
    body = synthesise_metadata(video=video, audio=None, encoder="x")
    assert read_metadata(body) == {"videocodecid": codec_id, "encoder": "x"}


@pytest.mark.parametrize(
    ("audio", "expected"),
    [
        (b"\x2f\xff\xfb", {"audiocodecid": 2}),
        (
            b"\x90Opus",
            {"audiocodecid": 1332770163, "audiosamplerate": 48_000, "audiochannels": 2, "stereo": True},
        ),
        (b"\x90fLaC" + bytes(34), {"audiocodecid": 1716281667}),
        (
            b"\xaf\x00\x11\x88",
            {"audiocodecid": 10, "audiosamplerate": 48_000, "audiochannels": 1, "stereo": False},
        ),
        (b"\xaf\x00\x11\x80", {"audiocodecid": 10, "audiosamplerate": 48_000}),
        (b"\xaf\x00\xff", {"audiocodecid": 10}),
        (b"\x90wxyz", {}),
        (b"", {}),
    ],
)
def test_sound_is_described_as_far_as_its_header_goes(audio: bytes, expected: dict[str, float]) -> None:
    body = synthesise_metadata(video=None, audio=audio, encoder="x")
    assert read_metadata(body) == {**expected, "encoder": "x"}
