"""What holds for every input: nothing raises, nothing leaves the payload, and no split of a file matters."""

import itertools
import time
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import ECMAArray
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.flv.config import (
    AudioSpecificConfig,
    AVCConfig,
    HEVCConfig,
    OpusHead,
    codec_extradata,
)
from powerstream_desktop.rtmp.flv.file import FLVReader, FLVTag, FLVWriter
from powerstream_desktop.rtmp.flv.metadata import classify_data, live_metadata, read_metadata
from powerstream_desktop.rtmp.flv.nal import is_disposable, is_random_access, nal_spans
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_audio, classify_video, frame_body

CODECS = ["avc1", "hvc1"]
FOURCCS = [b"avc1", b"hvc1", b"vvc1", b"av01", b"vp09", b"vp08", b"mp4a", b"Opus", b"fLaC", b".mp3", b"wxyz"]

tag_bodies = st.one_of(
    st.binary(max_size=64),
    st.builds(
        lambda first, rest: bytes([first | 0x80]) + rest,
        st.integers(0, 127),
        st.lists(st.sampled_from(FOURCCS)).map(b"".join),
    ),
    st.builds(
        lambda first, layout, fourcc, rest: bytes([first, layout]) + fourcc + rest,
        st.sampled_from([0x96, 0xA6, 0xB6, 0x95, 0x97]),
        st.integers(0, 255),
        st.sampled_from(FOURCCS),
        st.binary(max_size=40),
    ),
)


def check_info(payload: bytes, info: TagInfo) -> None:
    end = len(payload) if info.body_end is None else info.body_end
    assert 0 <= info.body_offset <= end <= len(payload)
    assert -(1 << 23) <= info.cts_ms < 1 << 23
    assert 0 <= info.track <= 255
    assert not (info.is_keyframe and info.is_disposable)
    assert len(frame_body(payload, info)) == end - info.body_offset
    if info.kind is TagKind.HEADER:
        codec_extradata(payload, info)


@settings(deadline=None)
@given(tag_bodies)
def test_classification_never_raises_and_stays_inside_the_payload(payload: bytes) -> None:
    check_info(payload, classify_video(payload))
    check_info(payload, classify_audio(payload))


@settings(deadline=None)
@given(
    payload=st.binary(min_size=1, max_size=64), codec=st.sampled_from(CODECS), length_size=st.integers(1, 4)
)
def test_nal_units_never_leave_their_bounds(payload: bytes, codec: str, length_size: int) -> None:
    spans = list(nal_spans(payload, length_size=length_size))
    assert all(0 < first < stop <= len(payload) for first, stop in spans)
    assert spans == sorted(spans)
    if is_disposable(codec, payload):
        assert spans
    is_random_access(codec, payload, length_size=length_size)


@settings(deadline=None)
@given(st.binary(max_size=80), st.sampled_from([AVCConfig, HEVCConfig, AudioSpecificConfig, OpusHead]))
@example(b"\x01" + bytes(21) + b"\xff" + b"\xff\xff\xff" * 10, HEVCConfig)
def test_a_configuration_is_read_or_refused_by_our_own_error(
    data: bytes, config: type[AVCConfig | HEVCConfig | AudioSpecificConfig | OpusHead]
) -> None:
    try:
        config.parse(data)
    except ProtocolError as error:
        assert error.code == "codec-config"  # noqa: PT017 - that no other error comes is the point


@settings(deadline=None)
@given(
    channels=st.integers(1, 2),
    pre_skip=st.integers(0, 0xFFFF),
    input_rate=st.integers(0, 0xFFFFFFFF),
    gain_q8=st.integers(-0x8000, 0x7FFF),
)
def test_an_opus_head_survives_the_round_trip(
    channels: int, pre_skip: int, input_rate: int, gain_q8: int
) -> None:
    head = OpusHead(channels=channels, pre_skip=pre_skip, input_rate=input_rate, gain_q8=gain_q8)
    assert OpusHead.parse(head.build()) == head


tags = st.builds(FLVTag, st.integers(0, 31), st.integers(0, 0xFFFFFFFF), st.binary(max_size=40))


@settings(deadline=None)
@given(st.lists(tags, max_size=8), st.lists(st.integers(0, 300), max_size=12))
def test_a_file_survives_the_round_trip_under_any_split(written: list[FLVTag], cuts: list[int]) -> None:
    writer = FLVWriter(has_video=True, has_audio=True)
    data = writer.header() + b"".join(writer.tag(tag) for tag in written)
    reader = FLVReader()
    read: list[FLVTag] = []
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    for start, end in itertools.pairwise(edges):
        read += reader.feed(data[start:end])
    assert read == written


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_a_file_of_any_bytes_is_read_or_refused_by_our_own_error(data: bytes) -> None:
    reader = FLVReader()
    try:
        for tag in reader.feed(b"FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00" + data):
            assert len(tag.payload) <= len(data)
    except ProtocolError as error:
        assert error.code in {"flv-encrypted", "limit"}  # noqa: PT017 - that no other error comes is the point


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_metadata_never_raises_and_never_grows(tail: bytes) -> None:
    body = amf0.encode("onMetaData") + tail
    cleaned = live_metadata(body)
    assert len(cleaned) <= len(body)
    assert live_metadata(cleaned) == cleaned
    read_metadata(body)
    classify_data(tail)


names = st.sampled_from(["duration", "filesize", "width", "encoder", ""])
values = st.one_of(
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.booleans(),
    st.lists(st.floats(allow_nan=False), max_size=2),
)


@settings(deadline=None)
@given(st.dictionaries(names, values))
def test_cutting_metadata_is_the_same_as_leaving_the_properties_out(
    properties: dict[str, float | str | bool],
) -> None:
    kept = {
        name: value
        for name, value in properties.items()
        if name not in {"duration", "filesize"} or not isinstance(value, float)
    }
    assert live_metadata(amf0.encode("onMetaData", ECMAArray(properties))) == amf0.encode(
        "onMetaData", ECMAArray(kept)
    )


HOSTILE_BODIES = {
    "modifiers without end": b"\x97" + b"\x00\x00\x07" * 21_800,
    "empty NAL units without end": b"\x27\x01\0\0\0" + bytes(65_500),
    "tracks without end": b"\xa6\x13avc1" + b"\x01\x00\x00\x00" * 16_000,
    "tracks of many codecs": b"\xa6\x23" + b"avc1\x01\x00\x00\x00" * 8_000,
    "an object in an object in an object": amf0.encode("onMetaData") + b"\x03\x00\x01a" * 16_000,
    "properties without end": amf0.encode("onMetaData") + b"\x08\0\0\0\0" + b"\x00\x00\x05" * 21_800,
    "parameter sets without end": b"\x01" + bytes(21) + b"\xff" + b"\x20\xff\xff" + bytes(65_000),
}


def read_as_everything(payload: bytes) -> None:
    classify_video(payload)
    classify_audio(payload)
    live_metadata(payload)
    read_metadata(payload)
    is_random_access("avc1", payload)
    with pytest.raises(ProtocolError):
        HEVCConfig.parse(payload)


@pytest.mark.parametrize("payload", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES)
def test_a_hostile_body_costs_little_time(payload: bytes) -> None:
    begun = time.thread_time()
    read_as_everything(payload)
    assert time.thread_time() - begun < 0.05


@pytest.mark.parametrize("payload", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES)
def test_a_hostile_body_costs_little_memory(payload: bytes) -> None:
    tracemalloc.start()
    try:
        read_as_everything(payload)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 8 * len(payload) + (1 << 20)
