"""The tag bodies of rtmp.md appendix A.5: what each one is, and that no cut of it hurts."""

import pytest

from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_audio, classify_video

VIDEO_VECTORS = {
    "F1 AVC header": (
        "17000000000142c01effe100096742c01eda0280bfe501000468ce3c80",
        TagInfo(kind=TagKind.HEADER, codec="avc1", body_offset=5),
    ),
    "F2 AVC key frame": (
        "1701000050000000026588",
        TagInfo(kind=TagKind.FRAME, codec="avc1", is_keyframe=True, cts_ms=80, body_offset=5),
    ),
    "F3 AVC frame with a negative CTS": (
        "2701ffffd800000002419a",
        TagInfo(kind=TagKind.FRAME, codec="avc1", cts_ms=-40, body_offset=5),
    ),
    "F6 enhanced HEVC key frame": (
        "91687663310000c8000000022601",
        TagInfo(
            kind=TagKind.FRAME, codec="hvc1", is_keyframe=True, is_enhanced=True, cts_ms=200, body_offset=8
        ),
    ),
    "F7 enhanced HEVC frame without CTS": (
        "a368766331000000020201",
        TagInfo(kind=TagKind.FRAME, codec="hvc1", is_enhanced=True, body_offset=5),
    ),
    "F8 enhanced AV1 key frame": (
        "91617630311200",
        TagInfo(kind=TagKind.FRAME, codec="av01", is_keyframe=True, is_enhanced=True, body_offset=5),
    ),
    "F10 a nanosecond modifier before the packet type": (
        "970207a1200361766331000000026588",
        TagInfo(kind=TagKind.FRAME, codec="avc1", is_keyframe=True, is_enhanced=True, body_offset=10),
    ),
    "F11 two tracks": (
        "9611617663310000000900000000000002658801000009000000000000026599",
        TagInfo(
            kind=TagKind.FRAME,
            codec="avc1",
            is_keyframe=True,
            is_enhanced=True,
            is_multitrack=True,
            body_offset=13,
            body_end=19,
        ),
    ),
    "F12 one track, number 1": (
        "a6036876633101000000020201",
        TagInfo(
            kind=TagKind.FRAME,
            codec="hvc1",
            is_enhanced=True,
            track=1,
            is_multitrack=True,
            body_offset=7,
            body_end=13,
        ),
    ),
    "F14 legacy HEVC key frame": (
        "1c01000000000000022601",
        TagInfo(kind=TagKind.FRAME, codec="hvc1", is_keyframe=True, body_offset=5),
    ),
    "F15 a command": ("d100", TagInfo(kind=TagKind.COMMAND, is_enhanced=True, body_offset=1)),
}

AUDIO_VECTORS = {
    "F4 AAC header": ("af001210", TagInfo(kind=TagKind.HEADER, codec="mp4a", body_offset=2)),
    "F5 AAC frame": ("af0121", TagInfo(kind=TagKind.FRAME, codec="mp4a", body_offset=2)),
    "F9 Opus header": (
        "904f7075734f707573486561640102380180bb0000000000",
        TagInfo(kind=TagKind.HEADER, codec="Opus", is_enhanced=True, body_offset=5),
    ),
    "F13 Opus channel layout": (
        "944f707573010200000003",
        TagInfo(kind=TagKind.EXTRA_HEADER, codec="Opus", is_enhanced=True, body_offset=5),
    ),
}

MALFORMED_VIDEO = {
    "empty": "",
    "only the first byte": "17",
    "cut before the CTS": "1701",
    "no FourCC": "90",
    "a modifier beyond the end": "9768",
    "a modifier's long size without data": "97ff",
    "a modifier and then nothing": "97000007",
    "a modifier and then multitrack without its layout": "97000006",
    "a track beyond the end": "96116176633100ffffff0000",
    "multitrack inside multitrack": "961661766331000000020201",
    "modifiers without end": "97" + "000007" * 1000,
    "a multitrack that ends at its layout": "9611",
    "one track without its number": "a60368766331",
    "a CTS that ends inside": "9168766331ffff",
    "a CTS that ends inside its track": "96116176633100000002ffff",
    "an enhanced command without its byte": "d1",
    "a modifier before a command without its byte": "d7000001",
    "an AVC header without configuration": "1700000000",
}

MALFORMED_AUDIO = {
    "AAC without its packet type": "af",
    "AAC header without configuration": "af00",
    "no FourCC": "90",
    "a short FourCC": "914f7075",
    "a modifier beyond the end": "9768",
    "multitrack inside multitrack": "95154f707573000000020201",
    "MP3 without a frame": "2f",
}


@pytest.mark.parametrize(("body", "expected"), VIDEO_VECTORS.values(), ids=VIDEO_VECTORS)
def test_a_video_vector_is_told_by_its_header(body: str, expected: TagInfo) -> None:
    assert classify_video(bytes.fromhex(body)) == expected


@pytest.mark.parametrize(("body", "expected"), AUDIO_VECTORS.values(), ids=AUDIO_VECTORS)
def test_an_audio_vector_is_told_by_its_header(body: str, expected: TagInfo) -> None:
    assert classify_audio(bytes.fromhex(body)) == expected


@pytest.mark.parametrize("body", MALFORMED_VIDEO.values(), ids=MALFORMED_VIDEO)
def test_a_malformed_video_body_is_ignored(body: str) -> None:
    assert classify_video(bytes.fromhex(body)).kind is TagKind.IGNORE


@pytest.mark.parametrize("body", MALFORMED_AUDIO.values(), ids=MALFORMED_AUDIO)
def test_a_malformed_audio_body_is_ignored(body: str) -> None:
    assert classify_audio(bytes.fromhex(body)).kind is TagKind.IGNORE


@pytest.mark.parametrize("body", [body for body, _ in (*VIDEO_VECTORS.values(), *AUDIO_VECTORS.values())])
def test_every_cut_of_a_vector_stays_inside_what_is_there(body: str) -> None:
    whole = bytes.fromhex(body)
    for end in range(len(whole)):
        for info in (classify_video(whole[:end]), classify_audio(whole[:end])):
            assert info.body_offset <= end
            assert info.body_end is None or info.body_offset <= info.body_end <= end
