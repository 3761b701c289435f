"""Which fragments can be believed."""

from __future__ import annotations

import struct

import pytest

from powerstream_desktop.common.mp4_boxes import BOX_HEADER, boxes_in
from powerstream_desktop.recording.sound_fragments import Fragment, in_order, sound_fragment, tracks_of
from tests.unit.recording.mp4 import fragment, header, traf
from tests.unit.recording.mp4 import track as track_box

TICKS = {1: 1000, 2: 48_000}
SIZES_AND_DURATIONS = 0x300
SIZES_DURATIONS_AND_DELAYS = 0xB00


def taken(content: bytes, ticks: dict[int, int] | None = None) -> Fragment | None:
    (_, body), (_, media) = boxes_in(content)
    return sound_fragment(500, body, len(media), TICKS if ticks is None else ticks)


def of_track(
    time: int,
    rows: list[tuple[int, ...]],
    *,
    columns: int = SIZES_AND_DURATIONS,
    track: int = 1,
    shift: int = 0,
) -> bytes:
    """Return a fragment of one track whose frames lie where its media does; ``shift`` bytes further for one that lies."""
    media = b"m" * sum(row[1] for row in rows)
    probe = fragment(traf(track, time, rows, columns=columns), media=media)
    (head, _) = boxes_in(probe)
    offset = BOX_HEADER.size + len(head[1]) + BOX_HEADER.size + shift
    return fragment(traf(track, time, rows, columns=columns, offset=offset), media=media)


def test_a_fragment_whose_frames_fill_its_media_is_taken() -> None:
    content = of_track(0, [(33, 5), (33, 6)])
    found = taken(content)
    assert found is not None
    assert (found.position, found.size) == (500, len(content))
    assert list(found.runs[0].sizes) == [5, 6]


@pytest.mark.parametrize("shift", [-1, 1, 1000])
def test_frames_that_lie_elsewhere_are_not_believed(shift: int) -> None:
    assert taken(of_track(0, [(33, 5)], shift=shift)) is None


def test_frames_of_a_track_that_there_is_not_are_not_believed() -> None:
    assert taken(of_track(0, [(33, 5)]), {7: 1000}) is None


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([(8 * 3600 * 1000, 5)], SIZES_AND_DURATIONS),
        ([(33, 5, 60_000)], SIZES_DURATIONS_AND_DELAYS),
    ],
    ids=["a frame of eight hours", "a minute from decoding to presentation"],
)
def test_times_that_cannot_be_are_not_believed(rows: list[tuple[int, ...]], columns: int) -> None:
    assert taken(of_track(0, rows, columns=columns)) is None


def test_a_number_of_frames_that_would_take_all_memory_is_not_even_tried() -> None:
    content = bytearray(of_track(0, [(33, 5)]))
    at = content.index(b"trun") + 8
    for count in (2, 2**31, 2**32 - 1):
        content[at : at + 4] = struct.pack(">I", count)
        assert taken(bytes(content)) is None
    content[at - 4 : at] = struct.pack(">I", 1)  # no column at all: any number would fit
    assert taken(bytes(content)) is None


def test_no_flipped_bit_does_worse_than_to_cost_the_fragment() -> None:
    content = of_track(90_000, [(33, 5), (33, 6)])
    kept = 0
    (head, _) = boxes_in(content)
    for bit in range(8 * BOX_HEADER.size, 8 * (BOX_HEADER.size + len(head[1]))):
        damaged = bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        kept += taken(bytes(damaged)) is not None
    assert 0 < kept < 8 * len(head[1])


def at(time: int, *, track: int = 1) -> Fragment:
    found = taken(of_track(time, [(100, 5), (100, 6)], track=track))
    assert found is not None
    return found


def times(*fragments: Fragment) -> list[int]:
    return [each.runs[0].time for each in in_order(fragments, TICKS)]


def test_fragments_that_follow_each_other_are_kept_also_behind_a_hole() -> None:
    assert times(at(0), at(200), at(5_000)) == [0, 200, 5_000]
    assert times() == []


def test_the_next_one_may_begin_within_the_last_frame() -> None:
    assert times(at(0), at(150), at(350)) == [0, 150, 350]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ((0, 200, 9_999_999, 600), (0, 200, 600)),
        ((9_999_999, 200, 400), (200, 400)),
        ((0, 200, 0, 600), (0, 200, 600)),
        ((0, 200, 99_000_000, 600), (0, 200, 600)),
    ],
    ids=["far ahead", "far ahead at once", "back", "days ahead"],
)
def test_the_one_that_contradicts_its_neighbours_is_dropped(
    given: tuple[int, ...], kept: tuple[int, ...]
) -> None:
    assert times(*map(at, given)) == list(kept)


def test_tracks_have_their_own_times() -> None:
    assert times(at(9_000), at(0, track=2), at(9_200), at(200, track=2)) == [9_000, 0, 9_200, 200]


def test_the_tracks_of_a_header_are_found() -> None:
    content = header(track_box(1, ticks_per_s=1000), track_box(2, ticks_per_s=48_000))
    assert tracks_of(content[8:]) == TICKS


@pytest.mark.parametrize("damage", [slice(0, 40), slice(100, 140), slice(120, 300)])
def test_a_header_without_sense_has_no_tracks(damage: slice) -> None:
    content = bytearray(header(track_box(1, ticks_per_s=1000))[8:])
    content[damage] = b"\xff" * len(content[damage])
    assert tracks_of(bytes(content)) == {}
