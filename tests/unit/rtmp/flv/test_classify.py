"""What the first bytes of a tag say, beyond the vectors (rtmp.md 2.2-2.6)."""

import pytest

from powerstream_desktop.rtmp.flv.enhanced import MAX_MODEX
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio, classify_video, frame_body

AVC_REFERENCE_SLICE = bytes.fromhex("00000002419a")
AVC_LONE_SLICE = bytes.fromhex("00000002019e")
HEVC_TRAIL_R = bytes.fromhex("000000030201d0")
HEVC_TRAIL_N = bytes.fromhex("000000030001d0")


def avc_frame(nals: bytes, *, frame_type: int = 2) -> bytes:
    return bytes([frame_type << 4 | 7, 1, 0, 0, 0]) + nals


def hevc_frame(nals: bytes) -> bytes:
    return b"\xa3hvc1" + nals


def test_an_empty_audio_message_is_the_signal_of_silence() -> None:
    assert classify_audio(b"").kind is TagKind.SILENCE


@pytest.mark.parametrize(
    ("first", "codec"),
    [
        (0x22, "h263"),
        (0x23, "screen"),
        (0x24, "vp6"),
        (0x25, "vp6a"),
        (0x26, "screen2"),
    ],
)
def test_an_old_video_codec_is_named_and_has_no_header(first: int, codec: str) -> None:
    info = classify_video(bytes([first, 0, 1, 2]))
    assert (info.kind, info.codec, info.is_keyframe, info.body_offset) == (TagKind.FRAME, codec, False, 1)


@pytest.mark.parametrize(
    ("audio_format", "codec"),
    {
        0: "pcm",
        1: "adpcm",
        2: ".mp3",
        3: "pcm_le",
        4: "nellymoser",
        5: "nellymoser",
        6: "nellymoser",
        7: "pcma",
        8: "pcmu",
        11: "speex",
        13: "Opus",
        14: ".mp3",
        15: "device",
    }.items(),
)
def test_an_old_audio_codec_is_named_and_has_no_header(audio_format: int, codec: str) -> None:
    info = classify_audio(bytes([audio_format << 4 | 0x0F, 0, 1]))
    assert (info.kind, info.codec, info.body_offset) == (TagKind.FRAME, codec, 1)


def test_an_unknown_legacy_codec_goes_through_with_its_key_frame_flag() -> None:
    key, inter = classify_video(b"\x19\x00\x01"), classify_video(b"\x29\x00\x01")
    assert (key.kind, key.codec, key.is_keyframe) == (TagKind.UNKNOWN, "", True)
    assert (inter.kind, inter.is_keyframe) == (TagKind.UNKNOWN, False)
    assert classify_audio(b"\xc0\x00").kind is TagKind.UNKNOWN


@pytest.mark.parametrize(("first", "codec"), [(0x17, "avc1"), (0x1C, "hvc1"), (0x1D, "av01")])
def test_codecs_seven_twelve_and_thirteen_have_a_packet_type(first: int, codec: str) -> None:
    kinds = [classify_video(bytes([first, packet_type, 0, 0, 0, 9])).kind for packet_type in range(4)]
    assert kinds == [TagKind.HEADER, TagKind.FRAME, TagKind.END, TagKind.UNKNOWN]
    assert classify_video(bytes([first, 0, 0, 0, 0, 9])).codec == codec


def test_an_end_of_sequence_may_be_two_bytes_short() -> None:
    info = classify_video(b"\x17\x02")
    assert (info.kind, info.body_offset) == (TagKind.END, 2)


def test_a_made_up_key_frame_counts_for_codecs_with_a_packet_type_only() -> None:
    assert classify_video(avc_frame(AVC_REFERENCE_SLICE, frame_type=4)).is_keyframe
    assert not classify_video(b"\x42\x00").is_keyframe


def test_an_empty_frame_is_a_frame_but_no_key_frame() -> None:
    for body in (b"\x17\x01\0\0\0", b"\x91hvc1\0\0\0", b"\x93av01"):
        info = classify_video(body)
        assert (info.kind, info.is_keyframe) == (TagKind.FRAME, False)
        assert not frame_body(body, info)


@pytest.mark.parametrize(
    ("codec", "kind"),
    [("avc1", TagKind.IGNORE), ("hvc1", TagKind.IGNORE), ("av01", TagKind.IGNORE), ("vp09", TagKind.HEADER)],
)
def test_an_empty_video_configuration_counts_only_where_none_is_needed(codec: str, kind: TagKind) -> None:
    assert classify_video(b"\x90" + codec.encode()).kind is kind


@pytest.mark.parametrize(
    ("codec", "kind"), [("mp4a", TagKind.IGNORE), ("Opus", TagKind.HEADER), ("ac-3", TagKind.HEADER)]
)
def test_an_empty_audio_configuration_counts_only_where_none_is_needed(codec: str, kind: TagKind) -> None:
    assert classify_audio(b"\x90" + codec.encode()).kind is kind


def test_a_legacy_info_frame_is_a_command() -> None:
    assert classify_video(b"\x57\x00").kind is TagKind.COMMAND


@pytest.mark.parametrize(
    ("nals", "disposable"),
    [
        (AVC_REFERENCE_SLICE, False),
        (AVC_LONE_SLICE, True),
        (bytes.fromhex("0000000209f0") + bytes.fromhex("000000020605") + AVC_LONE_SLICE, True),
        (bytes.fromhex("0000000209f0") + AVC_REFERENCE_SLICE, False),
        (AVC_LONE_SLICE[:-1], False),
        (b"\xff\xff\xff\xff\x01", False),
        (b"", False),
    ],
)
def test_an_avc_frame_is_disposable_when_its_slices_are_no_reference(nals: bytes, disposable: bool) -> None:
    assert classify_video(avc_frame(nals)).is_disposable is disposable


def test_the_third_frame_type_is_disposable_for_every_codec() -> None:
    assert classify_video(b"\x32\x00").is_disposable
    assert classify_video(avc_frame(AVC_REFERENCE_SLICE, frame_type=3)).is_disposable
    assert classify_video(b"\xb1av01\x12\x00").is_disposable


def test_a_key_frame_is_never_disposable() -> None:
    assert not classify_video(avc_frame(AVC_LONE_SLICE, frame_type=1)).is_disposable


@pytest.mark.parametrize(
    ("nals", "disposable"),
    [
        (HEVC_TRAIL_R, False),
        (HEVC_TRAIL_N, True),
        (bytes.fromhex("000000030002d0"), False),  # a higher temporal layer may still refer to it
        (bytes.fromhex("000000012a"), False),
        (bytes.fromhex("000000034e0105") + HEVC_TRAIL_N, True),
        (bytes.fromhex("0000000100"), False),
    ],
)
def test_an_hevc_frame_is_disposable_when_no_picture_of_the_base_layer_refers_to_it(
    nals: bytes, disposable: bool
) -> None:
    assert classify_video(hevc_frame(nals)).is_disposable is disposable
    assert classify_video(b"\x2c\x01\0\0\0" + nals).is_disposable is disposable


def test_colour_information_is_no_command_although_its_frame_type_says_so() -> None:
    info = classify_video(bytes.fromhex("d468766331") + b"\x02\x00\x09colorInfo")
    assert (info.kind, info.codec, info.body_offset) == (TagKind.EXTRA_HEADER, "hvc1", 5)


def test_an_mpeg2_ts_description_is_a_header() -> None:
    assert classify_video(b"\x95av01\x80\x04").kind is TagKind.HEADER


@pytest.mark.parametrize("packet_type", range(8, 16))
def test_an_unknown_enhanced_video_packet_goes_through(packet_type: int) -> None:
    info = classify_video(bytes([0x90 | packet_type]) + b"avc1xyz")
    assert (info.kind, info.codec, info.is_keyframe) == (TagKind.UNKNOWN, "avc1", False)


@pytest.mark.parametrize("packet_type", [3, 6, 8, 15])
def test_an_unknown_enhanced_audio_packet_goes_through(packet_type: int) -> None:
    assert classify_audio(bytes([0x90 | packet_type]) + b"Opusxyz").kind is TagKind.UNKNOWN


def test_an_unknown_fourcc_goes_through_with_its_key_frame_flag() -> None:
    info = classify_video(b"\x91wxyz\x01\x02\x03\x04")
    assert (info.kind, info.codec, info.is_keyframe, info.cts_ms) == (TagKind.UNKNOWN, "", True, 0)
    assert classify_audio(b"\x90wxyz\x01").kind is TagKind.UNKNOWN


@pytest.mark.parametrize("fourcc", [b"av01", b"vp09", b"vp08"])
def test_codecs_without_reordering_have_no_cts(fourcc: bytes) -> None:
    info = classify_video(b"\xa1" + fourcc + b"\x01\x02\x03\x04")
    assert (info.cts_ms, info.body_offset) == (0, 5)


@pytest.mark.parametrize("fourcc", [b"avc1", b"hvc1", b"vvc1"])
def test_codecs_with_reordering_have_a_signed_cts(fourcc: bytes) -> None:
    info = classify_video(b"\xa1" + fourcc + b"\xff\xff\xfe\x04")
    assert (info.cts_ms, info.body_offset) == (-2, 8)


def test_a_modifier_with_the_long_size_is_skipped_exactly() -> None:
    body = b"\x97\xff\x01\x2b" + bytes(300) + b"\x03" + b"avc1" + AVC_REFERENCE_SLICE
    info = classify_video(body)
    assert (info.kind, bytes(frame_body(body, info))) == (TagKind.FRAME, AVC_REFERENCE_SLICE)


def test_modifiers_may_repeat_but_not_without_end() -> None:
    tail = b"avc1" + AVC_REFERENCE_SLICE
    most = b"\x97" + b"\x00\x00\x07" * (MAX_MODEX - 1) + b"\x00\x00\x03" + tail
    assert classify_video(most).kind is TagKind.FRAME
    too_many = b"\x97" + b"\x00\x00\x07" * MAX_MODEX + b"\x00\x00\x03" + tail
    assert classify_video(too_many).kind is TagKind.IGNORE


def test_a_modifier_works_for_audio_and_before_a_command_too() -> None:
    assert classify_audio(b"\x97\x00\x00\x01Opus\xfc").kind is TagKind.FRAME
    info = classify_video(b"\xd7\x00\x00\x01\x00")
    assert (info.kind, info.body_offset) == (TagKind.COMMAND, 4)


def test_track_zero_is_found_behind_other_tracks() -> None:
    body = b"\xa6\x13avc1" + b"\x02\x00\x00\x03abc" + b"\x00\x00\x00\x02de" + b"\x01\x00\x00\x01f"
    info = classify_video(body)
    assert (info.track, info.is_multitrack, bytes(frame_body(body, info))) == (0, True, b"de")


def test_the_first_track_stands_in_when_there_is_no_track_zero() -> None:
    body = b"\xa6\x13avc1" + b"\x02\x00\x00\x03abc" + b"\x01\x00\x00\x01f"
    info = classify_video(body)
    assert (info.track, bytes(frame_body(body, info))) == (2, b"abc")


def test_tracks_of_many_codecs_name_their_own() -> None:
    body = b"\xa6\x21" + b"avc1\x01\x00\x00\x04\x00\x00\x05x" + b"av01\x00\x00\x00\x02yz"
    info = classify_video(body)
    assert (info.codec, info.track, info.cts_ms, bytes(frame_body(body, info))) == ("av01", 0, 0, b"yz")


def test_a_message_of_many_tracks_is_not_disposable_for_the_sake_of_one() -> None:
    body = b"\xa6\x13avc1" + b"\x00\x00\x00\x06" + AVC_LONE_SLICE + b"\x01\x00\x00\x06" + AVC_REFERENCE_SLICE
    assert not classify_video(body).is_disposable


def test_an_unknown_multitrack_layout_goes_through() -> None:
    info = classify_video(bytes.fromhex("96316176633100000002aabb"))
    assert (info.kind, info.is_multitrack, info.is_keyframe) == (TagKind.UNKNOWN, True, True)


def test_audio_tracks_are_found_by_audios_own_number() -> None:
    body = b"\x95\x11Opus" + b"\x00\x00\x00\x02\xfc\xff" + b"\x01\x00\x00\x01\xfc"
    info = classify_audio(body)
    assert (info.kind, info.track, info.body_end) == (TagKind.FRAME, 0, 12)
    assert bytes(frame_body(body, info)) == b"\xfc\xff"


def test_a_frames_body_is_a_view_of_the_payload() -> None:
    payload = avc_frame(AVC_REFERENCE_SLICE)
    body = frame_body(payload, classify_video(payload))
    assert body.obj is payload
    assert bytes(body) == AVC_REFERENCE_SLICE
