"""What header tags say of picture and sound: against headers of real encoders, and for whatever bytes there are."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.formats import PictureFormat, SoundFormat, picture_format, sound_format
from powerstream_desktop.rtmp.flv.picture_size import (
    PictureSize,
    av1_picture_size,
    avc_picture_size,
    hevc_picture_size,
)
from powerstream_desktop.rtmp.flv.tags import classify_audio, classify_video

# Made by x264, x265 and SVT-AV1 through libavformat's FLV writer; the sizes are none of a macroblock's or coding block's.
X264 = "17000000000142c00dffe100166742c00dda05067e7840000003004000000f03c50aa801000468ce0fc8"
X264_INTERLACED = "1700000000014d401effe10018674d401ef405c35e22e10000030001000003003c1f142aa001000468de0fc8"
X265 = (
    "90687663310101600000009000000000003cf000fcfdf8f800000f03200001001840010c01ffff0160000003009000000300000300"
    "3c959409210001002a42010101600000030090000003000003003ca00a080c1f3e595952930b9a020000030002000003003c102200"
    "0100064401c073c189"
)
SVT_AV1 = "906176303181000c000a0b000000043cfecc02f80040"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (X264, PictureFormat(width=320, height=180, profile="Baseline")),
        (X264_INTERLACED, PictureFormat(width=722, height=408, profile="Main")),
        (X265, PictureFormat(width=320, height=180, profile="Main")),
        (SVT_AV1, PictureFormat(width=320, height=180, profile="Main")),
    ],
    ids=["H.264", "H.264 interlaced", "HEVC", "AV1"],
)
def test_a_picture_is_as_large_as_its_encoder_made_it(header: str, expected: PictureFormat) -> None:
    payload = bytes.fromhex(header)
    assert picture_format(payload, classify_video(payload)) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("af001190", SoundFormat(sample_rate=48_000, channels=2, profile="LC")),
        ("af00121056e500", SoundFormat(sample_rate=44_100, channels=2, profile="LC")),
        ("af00131056e598", SoundFormat(sample_rate=48_000, channels=2, profile="HE")),
        (
            "904f7075734f707573486561640101380180bb0000000000",
            SoundFormat(sample_rate=48_000, channels=1, profile=""),
        ),
    ],
    ids=["AAC", "AAC with an empty appendix", "HE-AAC", "Opus"],
)
def test_sound_is_what_its_header_says(header: str, expected: SoundFormat) -> None:
    payload = bytes.fromhex(header)
    assert sound_format(payload, classify_audio(payload)) == expected


def test_a_codec_whose_header_does_not_say_has_no_format() -> None:
    vp9, ac3 = b"\x90vp09" + bytes(8), b"\x90ac-3" + bytes(4)
    assert picture_format(vp9, classify_video(vp9)) is None
    assert sound_format(ac3, classify_audio(ac3)) is None


def test_av1_settings_without_a_sequence_header_have_no_format() -> None:
    payload = b"\x90av01\x81\x00\x0c\x00"
    assert picture_format(payload, classify_video(payload)) is None


def test_settings_without_a_parameter_set_are_broken() -> None:
    payload = bytes.fromhex("17000000000142c01effe000")
    with pytest.raises(CodecConfigError):
        picture_format(payload, classify_video(payload))


def test_a_scaling_list_and_a_colour_plane_of_its_own_do_not_shift_the_size() -> None:
    high_444 = "01100111 11110100 00000000 00011110 1 00100 0 1 1 0"  # profile 244, chroma 3, 8 bits twice
    matrix = "1" + "1 011" + "1" * 15 + "0" * 11  # one flat list of 16 behind a first step of -1
    rest = "1 1 1 010 0 000010100 0001010 1 1 0"  # order 0, 1 reference, 20 x 10 macroblocks, frames only
    text = (high_444 + matrix + rest).replace(" ", "")
    text += "0" * (-len(text) % 8)
    nal = int(text, 2).to_bytes(len(text) // 8, "big")
    assert avc_picture_size(nal) == PictureSize(320, 160)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_size_or_an_error(data: bytes) -> None:
    for parse in (avc_picture_size, hevc_picture_size, av1_picture_size):
        try:
            size = parse(data)
        except CodecConfigError:
            continue
        assert 0 < size.width <= 16_384
        assert 0 < size.height <= 16_384


@given(st.sampled_from([X264, X264_INTERLACED, X265, SVT_AV1]), st.data())
def test_a_cut_or_spoilt_header_is_a_format_or_an_error(header: str, data: st.DataObject) -> None:
    payload = bytearray.fromhex(header)
    place = data.draw(st.integers(5, len(payload) - 1))
    payload[place] ^= data.draw(st.integers(1, 255))
    spoilt = bytes(payload[: data.draw(st.integers(6, len(payload)))])
    info = classify_video(spoilt)
    with contextlib.suppress(CodecConfigError):
        picture_format(spoilt, info)
