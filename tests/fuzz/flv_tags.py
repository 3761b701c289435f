"""Tag bodies and data messages: classification never raises and never points outside the payload.

``python -m tests.fuzz.flv_tags`` writes the seeds anew.
"""

from __future__ import annotations

from powerstream_desktop.rtmp.flv.config import codec_extradata
from powerstream_desktop.rtmp.flv.metadata import (
    classify_data,
    live_metadata,
    read_metadata,
    synthesise_metadata,
)
from powerstream_desktop.rtmp.flv.nal import MAX_NALS, is_random_access, nal_spans
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_audio, classify_video, frame_body
from tests.fuzz.harness import CORPUS

SEEDS = {
    "f01-avc-header": "17000000000142c01effe100096742c01eda0280bfe501000468ce3c80",
    "f02-avc-key": "1701000050000000026588",
    "f03-avc-negative-cts": "2701ffffd800000002419a",
    "f04-aac-header": "af001210",
    "f05-aac-frame": "af0121",
    "f06-hevc-key": "91687663310000c8000000022601",
    "f07-hevc-without-cts": "a368766331000000020201",
    "f08-av1-key": "91617630311200",
    "f09-opus-header": "904f7075734f707573486561640102380180bb0000000000",
    "f10-modex": "970207a1200361766331000000026588",
    "f11-many-tracks": "9611617663310000000900000000000002658801000009000000000000026599",
    "f12-one-track": "a6036876633101000000020201",
    "f13-multichannel": "944f707573010200000003",
    "f14-legacy-hevc": "1c01000000000000022601",
    "f15-command": "d100",
    "m01-empty": "",
    "m02-one-byte": "17",
    "m03-cut-cts": "1701",
    "m04-modex-cut": "9768",
    "m05-modex-escape": "97ff",
    "m06-track-too-long": "96116176633100ffffff0000",
    "m07-nested-multitrack": "961661766331000000020201",
    "m08-endless-modex": "97" + "000007" * 40,
    "x01-avc-access-unit": "17010000000000000209f0000000046742c01e0000000468ce3c80000000050606018480000000026588",
    "x02-avc-lone-slice": "270100000000000002019e",
    "x03-empty-nals": "2701000000" + "00000000" * 20,
    "x04-hevc-trail-n": "a368766331000000030001d0",
    "x05-color-info": "d468766331020009636f6c6f72496e666f03000009",
    "x06-many-codecs": "a6216176633101000004000005786176303100000002797a",
    "x07-audio-tracks": "95114f70757300000002fcff01000001fc",
    "x08-av1-header": "906176303181000c000a0a00000003b4fdf00be001",
    "x09-flac-header": "90664c6143664c614380000022" + "12001200000000004a580bb802f0" + "00" * 20,
    "x10-mpeg2-ts": "9561763031800400000000",
    "x11-vp9-header": "907670303901000000000a820202020000",
    "x12-unknown-fourcc": "9177787a79000000",
    "x13-modex-long": "97ff0100" + "00" * 257 + "0361766331000000026588",
    "d01-metadata": "02000a6f6e4d65746144617461080000000400086475726174696f6e0000000000000000000005776964746800409400"
    "00000000000007656e636f64657202000178000866696c6573697a65000000000000000000000009",
    "d02-set-data-frame": "02000d40736574446174614672616d6502000a6f6e4d65746144617461080000000400086475726174696f6e00000000"
    "0000000000000577696474680040940000000000000007656e636f64657202000178000866696c6573697a6500000000"
    "0000000000000009",
    "d03-object": "02000a6f6e4d657461446174610300086475726174696f6e003ff00000000000000001610300086475726174696f6e00"
    "4000000000000000000009000009",
    "d04-no-end": "02000a6f6e4d65746144617461080000000400086475726174696f6e0000000000000000000005776964746800409400"
    "00000000000007656e636f64657202000178000866696c6573697a65000000000000000000",
    "d05-count": "02000a6f6e4d6574614461746108ffffffff00086475726174696f6e0000000000000000000005776964746800409400"
    "00000000000007656e636f64657202000178000866696c6573697a65000000000000000000000009",
}


def fuzz_one(data: bytes) -> None:
    """Classify ``data`` as every kind of message."""
    for info in (classify_video(data), classify_audio(data)):
        _check(data, info)
    classify_data(data)
    cleaned = live_metadata(data)
    assert len(cleaned) <= len(data)
    assert live_metadata(cleaned) == cleaned
    read_metadata(data)
    synthesise_metadata(video=data, audio=data, encoder="fuzz")


def parse(data: bytes) -> list[object]:
    """What each classifier says."""
    return [classify_video(data), classify_audio(data), classify_data(data), live_metadata(data)]


def _check(payload: bytes, info: TagInfo) -> None:
    end = len(payload) if info.body_end is None else info.body_end
    assert 0 <= info.body_offset <= end <= len(payload)
    assert -(1 << 23) <= info.cts_ms < 1 << 23
    assert not (info.is_keyframe and info.is_disposable)
    body = frame_body(payload, info)
    if info.kind is TagKind.HEADER:
        assert len(codec_extradata(payload, info)) <= max(len(body), 19)
    spans = list(nal_spans(body))
    assert len(spans) <= MAX_NALS
    assert all(first < stop <= len(body) for first, stop in spans)
    is_random_access(info.codec, body)


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "flv_tags"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
