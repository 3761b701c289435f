"""Our reading of FLV against libavformat's: the same frames, times, key frames and configurations, byte for byte."""

import io
from dataclasses import dataclass
from typing import Any

import av
import numpy as np
import pytest

from powerstream_desktop.common.ordinary_threads import ordinary_threads
from powerstream_desktop.rtmp.flv.config import AudioSpecificConfig, AVCConfig, HEVCConfig, codec_extradata
from powerstream_desktop.rtmp.flv.file import FLVReader, FLVTag, FLVWriter
from powerstream_desktop.rtmp.flv.metadata import classify_data, live_metadata, read_metadata
from powerstream_desktop.rtmp.flv.nal import is_random_access
from powerstream_desktop.rtmp.flv.tags import (
    METADATA_TAG,
    TagInfo,
    TagKind,
    classify_audio,
    classify_video,
    frame_body,
)

AUDIO, VIDEO, SCRIPT = 8, 9, 18
FRAMES = 14
KEY_FRAME_EVERY = 6


@dataclass(frozen=True)
class Frame:
    dts_ms: int
    pts_ms: int
    is_keyframe: bool
    data: bytes


@dataclass(frozen=True)
class Clip:
    """A short FLV made by libavformat, and what its encoder said of each video packet."""

    data: bytes
    encoder_disposable: list[bool]

    def all_tags(self) -> list[FLVTag]:
        return FLVReader().feed(self.data)

    def tags(self, tag_type: int) -> list[FLVTag]:
        return [tag for tag in self.all_tags() if tag.type == tag_type]

    def frames(self, tag_type: int) -> list[Frame]:
        classify = classify_video if tag_type == VIDEO else classify_audio
        found = []
        for tag in self.tags(tag_type):
            info = classify(tag.payload)
            body = bytes(frame_body(tag.payload, info))
            if info.kind is TagKind.FRAME and body:
                found.append(Frame(tag.timestamp, tag.timestamp + info.cts_ms, info.is_keyframe, body))
        return found

    def first(self, tag_type: int, kind: TagKind) -> tuple[bytes, TagInfo]:
        classify = classify_video if tag_type == VIDEO else classify_audio
        for tag in self.tags(tag_type):
            info = classify(tag.payload)
            if info.kind is kind:
                return tag.payload, info
        raise AssertionError(f"no {kind} among the tags of type {tag_type}")

    def demuxed(self, kind: str) -> tuple[list[Frame], bytes]:
        with av.open(io.BytesIO(self.data), "r") as container:
            stream = next(stream for stream in container.streams if stream.type == kind)
            frames = [
                Frame(packet.dts, packet.pts, packet.is_keyframe and kind == "video", bytes(packet))
                for packet in container.demux(stream)
                if packet.dts is not None and packet.pts is not None and packet.size
            ]
            return frames, bytes(stream.codec_context.extradata or b"")


@ordinary_threads()
def make_clip(video: str, audio: str, options: dict[str, str]) -> Clip:
    target = io.BytesIO()
    disposable = []
    with av.open(target, "w", format="flv") as container:
        picture: Any = container.add_stream(video, rate=30, options=options)
        picture.width, picture.height, picture.pix_fmt = 160, 96, "yuv420p"
        picture.codec_context.gop_size = KEY_FRAME_EVERY
        picture.codec_context.thread_count = 1
        sound: Any = container.add_stream(audio, rate=48_000, layout="stereo")
        sound.codec_context.open()
        planes = np.zeros((144, 160), np.uint8)
        packets = []
        for index in range(FRAMES):
            planes[:96] = index * 15
            planes[index : index + 20, index : index + 20] = 255
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts = index
            packets += picture.encode(frame)
        packets += picture.encode()
        disposable = [packet.is_disposable for packet in packets]
        for index in range(6):
            size = sound.codec_context.frame_size or 1024
            block = av.AudioFrame(format=sound.codec_context.format.name, layout="stereo", samples=size)
            for plane in block.planes:
                plane.update(bytes(plane.buffer_size))
            block.rate, block.pts = 48_000, index * size
            packets += sound.encode(block)
        container.mux(packets + sound.encode())
    return Clip(target.getvalue(), disposable)


CLIPS = {
    "H.264 and AAC": ("libx264", "aac", {"preset": "ultrafast", "bf": "2"}),
    "HEVC and Opus": ("libx265", "libopus", {"preset": "ultrafast", "x265-params": "log-level=none:pools=1"}),
    "AV1 and FLAC": ("libsvtav1", "flac", {"preset": "12", "svtav1-params": "lp=1"}),
    "VP9 and AC-3": ("libvpx-vp9", "ac3", {"deadline": "realtime", "cpu-used": "8"}),
}


def decoded_pictures(clip: Clip) -> dict[int | None, bytes]:
    with av.open(io.BytesIO(clip.data), "r") as container:
        return {picture.pts: picture.to_ndarray().tobytes() for picture in container.decode(video=0)}


@pytest.fixture(scope="module", params=list(CLIPS.values()), ids=list(CLIPS))
def clip(request: pytest.FixtureRequest) -> Clip:
    return make_clip(*request.param)


@pytest.fixture(scope="module")
def avc_clip() -> Clip:
    return make_clip(*CLIPS["H.264 and AAC"])


@pytest.fixture(scope="module")
def hevc_clip() -> Clip:
    return make_clip(*CLIPS["HEVC and Opus"])


@pytest.mark.parametrize(("tag_type", "kind"), [(VIDEO, "video"), (AUDIO, "audio")])
def test_frames_times_and_key_frames_are_those_of_libavformat(clip: Clip, tag_type: int, kind: str) -> None:
    ours = clip.frames(tag_type)
    theirs, _ = clip.demuxed(kind)
    assert ours == theirs
    assert len(ours) >= 4


def test_key_frames_come_as_the_encoder_was_told(clip: Clip) -> None:
    flags = [frame.is_keyframe for frame in clip.frames(VIDEO)]
    assert flags[0]
    assert flags.count(True) == 1 + (FRAMES - 1) // KEY_FRAME_EVERY


@pytest.mark.parametrize(("tag_type", "kind"), [(VIDEO, "video"), (AUDIO, "audio")])
def test_extradata_is_that_of_libavformat(clip: Clip, tag_type: int, kind: str) -> None:
    payload, info = clip.first(tag_type, TagKind.HEADER)
    _, extradata = clip.demuxed(kind)
    if info.codec != "vp09":  # libavformat hands vpcC on, but no muxer asks for it
        assert codec_extradata(payload, info) == extradata


def test_writing_the_tags_again_gives_the_same_file(clip: Clip) -> None:
    writer = FLVWriter(has_video=True, has_audio=True)
    assert writer.header() + b"".join(writer.tag(tag) for tag in clip.all_tags()) == clip.data


def test_disposable_frames_are_those_that_the_encoder_named(hevc_clip: Clip) -> None:
    ours = [classify_video(tag.payload) for tag in hevc_clip.tags(VIDEO)]
    found = [info.is_disposable for info in ours if info.kind is TagKind.FRAME]
    assert found == hevc_clip.encoder_disposable
    assert any(found)


def test_dropping_every_disposable_frame_leaves_a_stream_that_decodes(
    avc_clip: Clip, hevc_clip: Clip
) -> None:
    for clip in (avc_clip, hevc_clip):
        whole = decoded_pictures(clip)
        tags = [
            tag
            for tag in clip.all_tags()
            if tag.type == VIDEO and not classify_video(tag.payload).is_disposable
        ]
        writer = FLVWriter(has_video=True, has_audio=False)
        thinned = decoded_pictures(Clip(writer.header() + b"".join(writer.tag(tag) for tag in tags), []))
        assert len(thinned) < len(whole)
        assert thinned.items() <= whole.items()


def test_the_flag_of_a_key_frame_is_confirmed_by_its_nal_units(avc_clip: Clip, hevc_clip: Clip) -> None:
    for codec, clip in (("avc1", avc_clip), ("hvc1", hevc_clip)):
        for frame in clip.frames(VIDEO):
            assert is_random_access(codec, frame.data) is frame.is_keyframe


def test_the_avc_configuration_holds_the_encoders_parameter_sets(avc_clip: Clip) -> None:
    config = AVCConfig.parse(codec_extradata(*avc_clip.first(VIDEO, TagKind.HEADER)))
    assert (config.nal_length_size, len(config.sps), len(config.pps)) == (4, 1, 1)
    assert [nal[0] & 0x1F for nal in (*config.sps, *config.pps)] == [7, 8]
    assert config.sps[0][1:4] == bytes([config.profile, config.compatibility, config.level])


def test_the_hevc_configuration_holds_the_encoders_parameter_sets(hevc_clip: Clip) -> None:
    config = HEVCConfig.parse(codec_extradata(*hevc_clip.first(VIDEO, TagKind.HEADER)))
    assert (config.profile, config.is_high_tier, config.bit_depth, config.temporal_layers) == (1, False, 8, 1)
    assert [nal[0] >> 1 for nal in (*config.vps, *config.sps, *config.pps)] == [32, 33, 34]


def test_colour_information_and_channel_layout_come_as_extra_headers(hevc_clip: Clip) -> None:
    assert hevc_clip.first(VIDEO, TagKind.EXTRA_HEADER)[1].codec == "hvc1"
    assert hevc_clip.first(AUDIO, TagKind.EXTRA_HEADER)[1].codec == "Opus"


def test_metadata_of_libavformat_loses_only_what_a_file_has(clip: Clip) -> None:
    (tag,) = clip.tags(SCRIPT)
    before, after = read_metadata(tag.payload), read_metadata(live_metadata(tag.payload))
    assert classify_data(tag.payload) is METADATA_TAG
    assert set(before) - set(after) == {"duration", "filesize"}
    assert (after["width"], after["height"], after["framerate"]) == (160, 96, 30)


@pytest.mark.parametrize(
    "asc", ["1210", "1188", "121056e500", "131056e598", "130856e59d4880", "2b118800", "eb098800"]
)
def test_an_aac_configurations_rate_is_that_of_libavformat(asc: str) -> None:
    config = bytes.fromhex(asc)
    writer = FLVWriter(has_video=False, has_audio=True)
    frames = [writer.tag(FLVTag(AUDIO, 21 * index, bytes.fromhex("af01211004608c1c"))) for index in range(60)]
    data = writer.header() + writer.tag(FLVTag(AUDIO, 0, b"\xaf\0" + config)) + b"".join(frames)
    with av.open(io.BytesIO(data), "r") as container:
        assert (
            AudioSpecificConfig.parse(config).sample_rate
            == container.streams.audio[0].codec_context.sample_rate
        )
