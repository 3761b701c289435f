"""Copies of IDR pictures: new identifiers, the very same picture, and nothing for what is not understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.rtmp.flv.avc_idr import idr_copies, with_emulation_prevention
from powerstream_desktop.rtmp.flv.avc_sps import AVCSequence
from powerstream_desktop.rtmp.flv.bits import BitReader, without_emulation_prevention
from powerstream_desktop.rtmp.flv.config import AVCConfig, codec_extradata
from powerstream_desktop.rtmp.flv.nal import nal_spans
from powerstream_desktop.rtmp.flv.tags import classify_video, frame_body
from tests.unit.rtmp.flv.pictures import decoded, encoded

ENCODERS = {
    "CABAC": ({}, "yuv420p"),
    "CAVLC": ({"coder": "0"}, "yuv420p"),
    "baseline": ({"profile": "baseline"}, "yuv420p"),
    "B-frames": ({"bf": "3"}, "yuv420p"),
    "four slices": ({"x264-params": "slices=4"}, "yuv420p"),
    "interlaced": ({"x264-params": "interlaced=1:slices=2"}, "yuv420p"),
    "interlaced CAVLC": ({"coder": "0", "x264-params": "tff=1"}, "yuv420p"),
    "no delay": ({"tune": "zerolatency"}, "yuv420p"),
    "scaling lists": ({"x264-params": "cqm=jvt"}, "yuv420p"),
    "lossless": ({"qp": "0"}, "yuv420p"),
    "ten bits": ({}, "yuv420p10le"),
    "4:4:4": ({}, "yuv444p"),
}


def settings_of(header: bytes) -> AVCConfig:
    return AVCConfig.parse(codec_extradata(header, classify_video(header)))


def identifiers(access_unit: bytes, config: AVCConfig) -> list[int]:
    """Read idr_pic_id of every slice."""
    sequence = AVCSequence.parse(config.sps[0])
    found = []
    for first, end in nal_spans(access_unit):
        if access_unit[first] & 0x1F == 5:
            bits = BitReader(without_emulation_prevention(access_unit[first + 1 : end])[:32])
            for _ in range(3):
                bits.exp_golomb()
            bits.read(sequence.frame_num_bits)
            if not sequence.is_frames_only and bits.flag():
                bits.flag()
            found.append(bits.exp_golomb())
    return found


@pytest.mark.parametrize("name", ENCODERS)
def test_copies_show_the_same_picture_and_differ_from_each_other_and_from_the_original(name: str) -> None:
    options, pix_fmt = ENCODERS[name]
    header, frames = encoded("libx264", options, pix_fmt=pix_fmt)
    key, config = frames[0], settings_of(header)
    body = bytes(frame_body(key, classify_video(key)))
    copies = idr_copies(body, config)
    assert copies is not None
    all_identifiers = [set(identifiers(each, config)) for each in (body, *copies)]
    assert all(len(each) == 1 for each in all_identifiers)
    assert len(set.union(*all_identifiers)) == 3

    repeated = [key[:5] + copy for copy in (*copies, *copies)]
    shown = decoded("h264", header, [*frames, *repeated, *frames])
    assert len(shown) == 2 * len(frames) + len(repeated)
    assert shown[len(frames) : len(frames) + len(repeated)] == [shown[0]] * len(repeated)
    assert shown[: len(frames)] == shown[-len(frames) :]


def test_a_long_identifier_becomes_a_shorter_one() -> None:
    config, access_unit = with_identifier("0" * 14 + "1" + "0" * 14)
    copies = idr_copies(access_unit, config)
    assert copies is not None
    assert identifiers(access_unit, config) == [16383]
    assert [identifiers(copy, config) for copy in copies] == [[1023], [1024]]


@pytest.mark.parametrize("code", ["1", "010", "00100", "000100001"])
def test_what_stands_behind_the_identifier_stays_as_it_is(code: str) -> None:
    config, access_unit = with_identifier(code)
    copies = idr_copies(access_unit, config)
    assert copies is not None
    for copy in copies:
        assert copy[-20:] == access_unit[-20:]
        assert len(without_emulation_prevention(copy)) == len(without_emulation_prevention(access_unit)) + 1


def with_identifier(code: str) -> tuple[AVCConfig, bytes]:
    """Return an IDR picture with the identifier that an Exp-Golomb code stands for, and its settings."""
    header, _ = encoded("libx264", {}, frames=1)
    config = settings_of(header)
    frame_num = "0" * AVCSequence.parse(config.sps[0]).frame_num_bits
    bits = "1" + "0001000" + "1" + frame_num + code
    written = int(bits.ljust(-(-len(bits) // 8) * 8, "1"), 2).to_bytes(-(-len(bits) // 8), "big")
    nal = with_emulation_prevention(b"\x65" + written + bytes(range(1, 40)))
    return config, len(nal).to_bytes(4, "big") + nal


def test_what_is_no_idr_picture_has_no_copies() -> None:
    header, frames = encoded("libx264", {})
    inter = bytes(frame_body(frames[3], classify_video(frames[3])))
    assert idr_copies(inter, settings_of(header)) is None


def test_pictures_of_several_views_have_no_copies() -> None:
    config, access_unit = with_identifier("1")
    prefix = b"\x6e\x40\x80\x80"
    assert idr_copies(len(prefix).to_bytes(4, "big") + prefix + access_unit, config) is None


def test_a_picture_that_is_cut_off_has_no_copies() -> None:
    config, access_unit = with_identifier("1")
    assert idr_copies(access_unit[:-1], config) is None


@given(st.binary(max_size=80), st.binary(max_size=40))
def test_nothing_that_anybody_sends_raises(access_unit: bytes, parameters: bytes) -> None:
    config = AVCConfig(
        profile=100, compatibility=0, level=30, nal_length_size=4, sps=(b"\x67" + parameters,), pps=()
    )
    for unit in (access_unit, (len(access_unit) + 1).to_bytes(4, "big") + b"\x65" + access_unit):
        copies = idr_copies(unit, config)
        assert copies is None or copies[0] != copies[1]


@given(st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 255])).map(bytes), st.integers(0, 3))
def test_emulation_prevention_is_the_inverse_of_its_removal(payload: bytes, zero_words: int) -> None:
    payload += b"\x80" + b"\0\0" * zero_words
    nal = with_emulation_prevention(payload)
    assert without_emulation_prevention(nal) == payload
    assert not any(code in nal for code in (b"\0\0\0", b"\0\0\1", b"\0\0\2"))
    assert nal[-1] != 0
