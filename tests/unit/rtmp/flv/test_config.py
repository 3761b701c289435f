"""Decoder configurations: the fields we need, and one error for everything that is none."""

import struct

import pytest

from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.config import (
    AudioSpecificConfig,
    AVCConfig,
    HEVCConfig,
    OpusHead,
    codec_extradata,
)
from powerstream_desktop.rtmp.flv.tags import classify_audio, classify_video

AVC = bytes.fromhex("0142c01effe100096742c01eda0280bfe501000468ce3c80")
OPUS = bytes.fromhex("4f707573486561640102380180bb0000000000")


def bits(text: str) -> str:
    """Pack a configuration written bit by bit; blanks are for the reader."""
    packed = text.replace(" ", "")
    packed += "0" * (-len(packed) % 8)
    return int(packed, 2).to_bytes(len(packed) // 8, "big").hex()


def hevc_record(*arrays: tuple[int, list[bytes]], first: int = 1) -> bytes:
    body = (
        bytes([first, 0x22])
        + bytes(10)
        + bytes([93, 0xF0, 0, 0xFC, 0xFD, 0xFA, 0xFA, 0, 0, 0x0F, len(arrays)])
    )
    for nal_type, nals in arrays:
        body += bytes([0x80 | nal_type]) + struct.pack(">H", len(nals))
        body += b"".join(struct.pack(">H", len(nal)) + nal for nal in nals)
    return body


def test_an_avc_configuration_gives_profile_level_and_parameter_sets() -> None:
    config = AVCConfig.parse(AVC)
    assert (config.profile, config.compatibility, config.level, config.nal_length_size) == (66, 0xC0, 30, 4)
    assert config.sps == (bytes.fromhex("6742c01eda0280bfe5"),)
    assert config.pps == (bytes.fromhex("68ce3c80"),)


def test_an_avc_configuration_may_go_on_behind_its_lists() -> None:
    assert AVCConfig.parse(AVC + bytes.fromhex("fdf8f800")) == AVCConfig.parse(AVC)


def test_an_avc_configuration_may_end_before_its_picture_parameter_sets() -> None:
    config = AVCConfig.parse(AVC[:17])
    assert (len(config.sps), config.pps) == (1, ())


@pytest.mark.parametrize("end", [0, 5, 7, 16, 18, 19, 20, 23])
def test_an_avc_configuration_cut_inside_a_list_is_refused(end: int) -> None:
    with pytest.raises(CodecConfigError):
        AVCConfig.parse(AVC[:end])


def test_another_version_is_no_avc_configuration() -> None:
    with pytest.raises(CodecConfigError):
        AVCConfig.parse(b"\x00" + AVC[1:])


def test_an_hevc_configuration_gives_profile_level_and_parameter_sets() -> None:
    data = hevc_record((32, [b"vps"]), (33, [b"sps"]), (34, [b"pps0"]), (39, [b"sei"]), (34, [b"pps1"]))
    config = HEVCConfig.parse(data + b"trailing")
    assert (config.profile, config.is_high_tier, config.level) == (2, True, 93)
    assert (config.bit_depth, config.temporal_layers, config.nal_length_size) == (10, 1, 4)
    assert (config.vps, config.sps, config.pps) == ((b"vps",), (b"sps",), (b"pps0", b"pps1"))


def test_an_hevc_configuration_without_arrays_is_one() -> None:
    assert HEVCConfig.parse(hevc_record()).sps == ()


def test_an_hevc_configuration_cut_anywhere_is_refused() -> None:
    data = hevc_record((32, [b"vps"]), (33, [b"sps", b"sps"]))
    for end in range(len(data)):
        with pytest.raises(CodecConfigError):
            HEVCConfig.parse(data[:end])


def test_an_hevc_configuration_with_more_sets_than_any_stream_has_is_refused() -> None:
    assert len(HEVCConfig.parse(hevc_record((34, [b""] * 256))).pps) == 256
    with pytest.raises(CodecConfigError):
        HEVCConfig.parse(hevc_record((34, [b""] * 257)))


def test_another_version_is_no_hevc_configuration() -> None:
    with pytest.raises(CodecConfigError):
        HEVCConfig.parse(hevc_record(first=0))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("1210", (2, 44_100, 2)),
        ("1190", (2, 48_000, 2)),
        ("1188", (2, 48_000, 1)),
        ("121056e500", (2, 44_100, 2)),  # FFmpeg's appendix that says "no SBR"
        ("131056e598", (5, 48_000, 2)),  # backward compatible SBR: 24 kHz inside, 48 kHz outside
        ("130856e59d4880", (29, 48_000, 2)),  # ... and parametric stereo behind it
        ("2b118800", (5, 48_000, 2)),  # explicit SBR
        ("eb098800", (29, 48_000, 2)),  # explicit parametric stereo makes two channels of one
        ("119256e5a8", (2, 48_000, 2)),  # depends on a core coder: what follows is no appendix
        ("1180", (2, 48_000, 0)),  # the stream describes its channels itself
        ("11b8", (2, 48_000, 8)),
        (bits("00010 1111 000000001011101110000000 0010 000"), (2, 48_000, 2)),  # a rate in full
        (bits("11111 000010 0011 0010 0"), (34, 48_000, 2)),  # an object type beyond 31
    ],
)
def test_an_aac_configuration_says_what_the_decoder_puts_out(
    data: str, expected: tuple[int, int, int]
) -> None:
    assert AudioSpecificConfig.parse(bytes.fromhex(data)) == expected


@pytest.mark.parametrize("data", ["", "12", "1690", "1780000010", "2b11"])
def test_a_broken_aac_configuration_is_refused(data: str) -> None:
    with pytest.raises(CodecConfigError):
        AudioSpecificConfig.parse(bytes.fromhex(data))


def test_an_opus_head_gives_channels_and_pre_skip() -> None:
    head = OpusHead.parse(OPUS)
    assert head == OpusHead(channels=2, pre_skip=312, input_rate=48_000, gain_q8=0, mapping=b"\0")
    assert head.build() == OPUS


def test_an_opus_head_keeps_gain_and_mapping() -> None:
    head = OpusHead(channels=6, pre_skip=0, input_rate=44_100, gain_q8=-256, mapping=b"\1\4\2\0\4\1\2\3\5")
    assert OpusHead.parse(head.build() + b"trailing") == head


@pytest.mark.parametrize(
    "data",
    [
        b"",
        OPUS[:-1],
        b"OpusTags" + OPUS[8:],
        OPUS[:8] + b"\x11" + OPUS[9:],
        OPUS[:9] + b"\0" + OPUS[10:],
        OPUS[:9] + b"\3" + OPUS[10:],
        OPUS[:18] + b"\1\1\1\0",
    ],
)
def test_a_broken_opus_head_is_refused(data: bytes) -> None:
    with pytest.raises(CodecConfigError):
        OpusHead.parse(data)


@pytest.mark.parametrize(
    ("tag", "extradata"),
    [
        (b"\x17\0\0\0\0" + AVC, AVC),
        (b"\x90avc1" + AVC, AVC),
        (b"\x1c\0\0\0\0hvcC", b"hvcC"),
        (b"\x90hvc1hvcC", b"hvcC"),
        (b"\x90vvc1vvcC", b"vvcC"),
        (b"\x90av01\x81\x00\x0c\x00obu", b"\x81\x00\x0c\x00obu"),
        (b"\x95av01\x80\x04abcd", b""),
        (b"\x90vp09\x01\0\0\0\0\x0a\x82", b""),
        (b"\x90vp08", b""),
    ],
)
def test_a_video_header_gives_the_extradata_of_libavformat(tag: bytes, extradata: bytes) -> None:
    assert codec_extradata(tag, classify_video(tag)) == extradata


@pytest.mark.parametrize(
    ("tag", "extradata"),
    [
        (b"\xaf\x00\x11\x90", b"\x11\x90"),
        (b"\x90mp4a\x11\x90", b"\x11\x90"),
        (b"\x90Opus" + OPUS, OPUS),
        (b"\x90Opus", OPUS),  # left out: what plays mono and stereo alike
        (b"\x90fLaC" + b"fLaC\x80\0\0\x22" + bytes(range(34)) + b"more", bytes(range(34))),
        (b"\x90fLaC" + bytes(range(34)), bytes(range(34))),
        (b"\x90ac-3", b""),
        (b"\x90.mp3", b""),
        (b"\x95\x00mp4a\x00\x11\x90", b"\x11\x90"),
        (b"\x95\x10mp4a\x00\x00\x00\x02\x11\x90\x01\x00\x00\x02\x12\x10", b"\x11\x90"),
    ],
)
def test_an_audio_header_gives_the_extradata_of_libavformat(tag: bytes, extradata: bytes) -> None:
    assert codec_extradata(tag, classify_audio(tag)) == extradata


def test_asking_a_frame_for_extradata_is_our_own_mistake() -> None:
    frame = b"\xaf\x01\x21"
    with pytest.raises(LocalProtocolError):
        codec_extradata(frame, classify_audio(frame))
