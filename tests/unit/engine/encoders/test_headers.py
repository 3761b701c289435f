"""Decoder settings, from what x264, x265 and SVT-AV1 say of themselves at 320x180; checked against libavformat's own."""

from __future__ import annotations

import pytest

from powerstream_desktop.engine.encoders.headers import av1_headers, avc_headers, hevc_headers
from powerstream_desktop.engine.encoders.nal_units import split_annex_b
from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.config import AVCConfig, HEVCConfig
from powerstream_desktop.rtmp.flv.picture_size import av1_picture_size, hevc_picture_size

AVC = bytes.fromhex("0000000167640014acd941419f9e6a02020280000003008000001e078a14cb0000000168efbcb0")
AVC_RECORD = bytes.fromhex(
    "01640014ffe1001b67640014acd941419f9e6a02020280000003008000001e078a14cb01000468efbcb0fdf8f800"
)
HEVC = bytes.fromhex(
    "0000000140010c01ffff01600000030090000003000003003c959009"
    "0000000142010101600000030090000003000003003ca00a080b9f796564b930b9a808080820000003002000000303c1"
    "000000014401c173c189"
)
HEVC_FIXED = bytes.fromhex("0101600000009000000000003cf000fcfdf8f800000f03")
AV1_SEQUENCE = bytes.fromhex("0a0e000000043cfecc02f81010101040")


def test_the_avc_record_is_the_one_libavformat_writes() -> None:
    assert avc_headers(split_annex_b(AVC)) == AVC_RECORD


def test_a_baseline_record_ends_with_its_parameter_sets() -> None:
    sps, pps = b"\x67\x42\xc0\x1e\xab", b"\x68\xce\x80"
    record = avc_headers([sps, pps])
    assert record.endswith(pps)
    assert AVCConfig.parse(record).sps == (sps,)


def test_the_hevc_record_says_what_its_parameter_sets_say() -> None:
    record = hevc_headers(split_annex_b(HEVC))
    assert record.startswith(HEVC_FIXED)
    config = HEVCConfig.parse(record)
    assert (config.profile, config.bit_depth, config.nal_length_size) == (1, 8, 4)
    assert (config.vps, config.sps, config.pps) == tuple((unit,) for unit in split_annex_b(HEVC))
    size = hevc_picture_size(config.sps[0])
    assert (size.width, size.height) == (320, 180)


def test_the_av1_record_is_four_bytes_and_the_sequence_header() -> None:
    record = av1_headers(AV1_SEQUENCE)
    assert record == bytes.fromhex("81000d00") + AV1_SEQUENCE
    size = av1_picture_size(record[4:])
    assert (size.width, size.height) == (320, 180)


def test_the_sequence_header_is_found_behind_other_units_of_a_picture() -> None:
    metadata, frame = b"\x2a\x01\x00", b"\x32\x02\xff\xff"
    assert av1_headers(metadata + AV1_SEQUENCE + frame) == av1_headers(AV1_SEQUENCE)


@pytest.mark.parametrize("cut", ["sps", "pps"])
def test_settings_are_empty_while_a_parameter_set_is_missing(cut: str) -> None:
    avc, hevc = split_annex_b(AVC), split_annex_b(HEVC)
    number = -1 if cut == "pps" else -2
    del avc[number], hevc[number]
    assert avc_headers(avc) == hevc_headers(hevc) == b""


def test_a_picture_without_sequence_header_gives_no_settings() -> None:
    assert av1_headers(b"\x32\x02\xff\xff") == av1_headers(b"") == b""


@pytest.mark.parametrize("broken", ["0a0e0000", "08", "0a80", "0a0118"])
def test_broken_av1_units_are_told_as_such(broken: str) -> None:
    with pytest.raises(CodecConfigError):
        av1_headers(bytes.fromhex(broken))
