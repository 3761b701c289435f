"""Copies of key frames of every codec: what follows them decodes, and what is not understood stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.rtmp.flv.key_copies import key_frame_copies
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from tests.unit.rtmp.flv.pictures import decoded, encoded

HEVC_HEADER = b"\x90hvc1" + bytes(23)


@pytest.mark.parametrize(
    ("encoder", "options", "decoder"),
    [
        ("libx264", {"bf": "2"}, "h264"),
        ("libx265", {"x265-params": "log-level=0:open-gop=0:bframes=2"}, "hevc"),
        ("libvpx-vp9", {"deadline": "realtime", "cpu-used": "8", "crf": "40", "b": "0"}, "vp9"),
    ],
)
def test_a_key_frame_may_be_repeated_and_the_next_one_follow(
    encoder: str, options: dict[str, str], decoder: str
) -> None:
    header, frames = encoded(encoder, options)
    key = frames[0]
    copies = key_frame_copies(key, classify_video(key), header)
    shown = decoded(decoder, header, [*frames, *copies, *copies, *frames])
    assert len(shown) == 2 * len(frames) + 4
    assert shown[len(frames) : len(frames) + 4] == [shown[0]] * 4
    assert shown[: len(frames)] == shown[-len(frames) :]


def hevc_key(nal_type: int) -> bytes:
    nal = bytes([nal_type << 1, 1]) + b"slice"
    delimiter = bytes([35 << 1, 1, 0x50])
    units = [delimiter, nal, nal]
    return b"\x91hvc1\0\0\0" + b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)


def test_a_clean_random_access_picture_of_hevc_becomes_one_that_breaks_the_link() -> None:
    key = hevc_key(21)
    assert key_frame_copies(key, classify_video(key), HEVC_HEADER) == (hevc_key(18),) * 2


def test_an_idr_picture_of_hevc_stays_as_it_is() -> None:
    key = hevc_key(19)
    assert key_frame_copies(key, classify_video(key), HEVC_HEADER) == (key, key)


def test_a_copy_keeps_the_head_of_its_tag() -> None:
    header, frames = encoded("libx264", {"bf": "2"})
    info = classify_video(frames[0])
    assert info.cts_ms > 0
    for copy in key_frame_copies(frames[0], info, header):
        assert copy != frames[0]
        assert classify_video(copy) == info


def test_without_a_header_or_with_a_foreign_one_a_key_frame_is_repeated_as_it_came() -> None:
    _, frames = encoded("libx264", {})
    key, info = frames[0], classify_video(frames[0])
    for header in (None, HEVC_HEADER, frames[1], b"\x17\0\0\0\0\x01broken"):
        assert key_frame_copies(key, info, header) == (key, key)


def test_a_message_of_several_tracks_is_repeated_as_it_came() -> None:
    key = b"\x96\x01avc1\0" + b"\0\0\0\0\0\0\x02\x65\x88"
    info = classify_video(key)
    assert info.is_multitrack
    assert key_frame_copies(key, info, None) == (key, key)


@given(st.sampled_from([b"\x17\1\0\0\0", b"\x91hvc1\0\0\0", b"\x91av01", b"\x17"]), st.binary(max_size=60))
def test_copying_never_fails(head: bytes, body: bytes) -> None:
    info = classify_video(head + body)
    if info.kind is TagKind.FRAME:
        assert len(key_frame_copies(head + body, info, head + body)) == 2


def test_a_message_of_several_tracks_stays_as_it_is_lest_its_sizes_lie() -> None:
    header, frames = encoded("libx264", {})
    track = b"\0\0\0" + frames[0][5:]  # its presentation offset, then what follows that of the plain tag
    several = b"\x96\x11avc1\0" + len(track).to_bytes(3, "big") + track
    info = classify_video(several)
    assert (info.codec, info.is_keyframe) == ("avc1", True)
    assert key_frame_copies(several, info, header) == (several, several)
