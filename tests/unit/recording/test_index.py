"""The index: the file's header once more, with every frame in it."""

from __future__ import annotations

import struct

import pytest

from powerstream_desktop.common.mp4_boxes import box, boxes_in, full_box
from powerstream_desktop.recording.index import FileIndex
from tests.unit.recording.mp4 import fragment, header, numbers, track, traf

PICTURE = traf(1, 0, [(8_000, 10), (8_000, 3), (80, 4)], columns=0x300)
LATE_PICTURE = traf(1, 0, [(8_000, 10, 1072), (8_000, 3, 1072), (80, 4, 1072)], columns=0xB00)
SOUND = traf(2, 0, [(24_000, 5), (24_000, 5)], columns=0x300, offset=200)


def mp4a(kind: int) -> bytes:
    """Return the description of a sound as libavformat writes it."""
    decoder = b"\x04\x80\x80\x80\x17" + bytes([kind, 0x15])
    return box(
        b"mp4a", bytes(28), full_box(b"esds", b"\x03\x80\x80\x80\x25" + bytes(3) + decoder + bytes(11))
    )


def index_of(head: bytes, *fragments: bytes) -> bytes:
    index = FileIndex(52)
    index.feed(head + b"".join(fragments))
    return index.finished()


def at(body: bytes, *path: bytes) -> bytes:
    for kind in path:
        body = dict(boxes_in(body))[kind]
    return body


def test_a_file_without_frames_has_no_index() -> None:
    assert index_of(b"") == b""
    assert index_of(header(track(1, ticks_per_s=16_000))) == b""


def test_durations_are_told_for_file_track_and_media_rounded_up() -> None:
    found = at(index_of(header(track(1, ticks_per_s=16_000)), fragment(PICTURE)), b"moov")
    assert at(found, b"mvhd")[16:20] == numbers(1005)
    assert at(found, b"trak", b"tkhd")[20:24] == numbers(1005)
    media = at(found, b"trak", b"mdia", b"mdhd")
    assert media == numbers(0, 0, 0, 16_000, 16_080) + b"\x55\xc4\0\0"


def test_a_day_of_sound_has_a_duration_of_64_bits() -> None:
    late = traf(1, 2**32, [(48_000, 10)], columns=0x300)
    found = at(index_of(header(track(1, ticks_per_s=48_000)), fragment(PICTURE, late)), b"moov")
    media = at(found, b"trak", b"mdia", b"mdhd")
    assert media == bytes([1, 0, 0, 0]) + bytes(16) + numbers(48_000, 1, 48_000) + b"\x55\xc4\0\0"
    assert at(found, b"mvhd")[16:20] == numbers(-(-(2**32 + 48_000) // 48))


def test_the_next_track_would_have_the_number_behind_the_last() -> None:
    tracks = (track(1, ticks_per_s=16_000), track(2, ticks_per_s=24_000))
    assert at(index_of(header(*tracks), fragment(PICTURE)), b"moov", b"mvhd")[-4:] == numbers(3)


@pytest.mark.parametrize(
    ("sound", "frames"),
    [
        pytest.param(box(b"Opus", bytes(28), box(b"dOps", bytes(11))), 4, id="Opus"),
        pytest.param(mp4a(0x40), 1, id="AAC"),
        pytest.param(mp4a(0x6B), None, id="MP3"),
        pytest.param(box(b"fLaC", bytes(28)), None, id="FLAC"),
    ],
)
def test_sound_says_how_long_its_decoder_needs_after_a_seek(sound: bytes, frames: int | None) -> None:
    heard = traf(1, 0, [(960, 5)] * 50, columns=0x300)
    found = index_of(header(track(1, ticks_per_s=48_000, description=sound)), fragment(heard))
    tables = dict(boxes_in(at(found, b"moov", b"trak", b"mdia", b"minf", b"stbl")))
    assert (b"sgpd" in tables) is (b"sbgp" in tables) is (frames is not None)
    if frames is not None:
        assert struct.unpack(">h", tables[b"sgpd"][-2:]) == (-frames,)


def test_the_last_edit_gets_its_length_and_what_is_waited_before_it_counts() -> None:
    edited = track(1, ticks_per_s=16_000, edits=[(67, -1), (0, 1072)])
    found = at(index_of(header(edited), fragment(LATE_PICTURE)), b"moov")
    assert at(found, b"trak", b"edts", b"elst")[16 + 4 : 16 + 8] == numbers(1005)
    assert at(found, b"trak", b"edts", b"elst")[8:12] == numbers(67)
    assert at(found, b"trak", b"tkhd")[20:24] == at(found, b"mvhd")[16:20] == numbers(1072)


def test_a_frame_that_is_shown_late_is_still_shown() -> None:
    edited = track(1, ticks_per_s=16_000, edits=[(67, -1), (0, 1072)])
    pictures = traf(1, 0, [(16_000, 10, 1072), (16_000, 3, 1872)], columns=0xB00)
    found = at(index_of(header(edited), fragment(pictures)), b"moov")
    assert at(found, b"trak", b"edts", b"elst")[16 + 4 : 16 + 8] == numbers(2050)
    assert at(found, b"mvhd")[16:20] == numbers(2117)


def test_the_file_is_as_long_as_its_longest_track() -> None:
    tracks = (track(1, ticks_per_s=16_000), track(2, ticks_per_s=24_000))
    found = at(index_of(header(*tracks), fragment(PICTURE, SOUND)), b"moov")
    lengths = [at(body, b"tkhd")[20:24] for kind, body in boxes_in(found) if kind == b"trak"]
    assert lengths == [numbers(1005), numbers(2000)]
    assert at(found, b"mvhd")[16:20] == numbers(2000)


def test_the_codecs_settings_are_taken_over_and_nothing_promises_fragments_any_more() -> None:
    found = at(index_of(header(track(1, ticks_per_s=16_000)), fragment(PICTURE)), b"moov")
    assert b"the codec's settings" in at(found, b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    assert at(found, b"trak", b"mdia", b"hdlr")[4:] == b"vide"
    assert b"mvex" not in dict(boxes_in(found))
    tables = [kind for kind, _ in boxes_in(at(found, b"trak", b"mdia", b"minf", b"stbl"))]
    assert len(tables) == len(set(tables))


def test_frames_are_where_the_fragment_that_holds_them_was_written() -> None:
    head = header(track(1, ticks_per_s=16_000))
    first, second = fragment(PICTURE, media=bytes(17)), fragment(traf(1, 16_080, [(1, 2)], columns=0x300))
    tables = at(index_of(head, first, second), b"moov", b"trak", b"mdia", b"minf", b"stbl")
    begin = 52 + len(head)
    assert at(tables, b"stco")[4:] == numbers(2, begin + 100, begin + len(first) + 100)
