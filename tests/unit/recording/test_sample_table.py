"""The frames of one track, as a player looks them up."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from powerstream_desktop.common.mp4_boxes import boxes_in, full_box
from powerstream_desktop.recording.fragments import Run
from powerstream_desktop.recording.sample_table import SampleTable
from tests.unit.recording.mp4 import numbers


def run(
    time: int,
    durations: Sequence[int],
    *,
    position: int = 100,
    sizes: Sequence[int] | None = None,
    delays: Sequence[int] | None = None,
    keys: Sequence[int] | None = None,
) -> Run:
    count = len(durations)
    return Run(
        track=1,
        time=time,
        position=position,
        durations=durations,
        sizes=sizes or [5] * count,
        delays=delays,
        keys=keys or [1] * count,
    )


def table(*runs: Run) -> SampleTable:
    made = SampleTable()
    for each in runs:
        made.add(each)
    return made


def body(kind: bytes, made: SampleTable, *, preroll: int = 0) -> bytes | None:
    """Return a box's content behind version and flags."""
    found = dict(boxes_in(b"".join(made.boxes(preroll=preroll)))).get(kind)
    return None if found is None else found[4:]


def test_equal_durations_are_counted() -> None:
    made = table(run(0, [33, 33, 34]), run(100, [34, 33]))
    assert body(b"stts", made) == numbers(3, 2, 33, 2, 34, 1, 33)
    assert made.duration == 167


def test_a_frame_lasts_until_the_next_fragment_begins() -> None:
    made = table(run(0, [33, 33]), run(1033, [33]))
    assert body(b"stts", made) == numbers(3, 1, 33, 1, 1000, 1, 33)
    assert made.duration == 1066


def test_sizes_and_places_are_those_of_the_runs() -> None:
    made = table(run(0, [33, 33], position=2**32 + 7, sizes=[9, 8]), run(66, [33], position=2**33, sizes=[7]))
    assert body(b"stsz", made) == numbers(0, 3, 9, 8, 7)
    assert body(b"co64", made) == numbers(2, 1, 7, 2, 0)
    assert body(b"stco", made) is None


def test_places_of_32_bits_are_told_as_old_players_know_them() -> None:
    made = table(run(0, [33, 33], position=2**32 - 1), run(66, [33], position=9))
    assert body(b"stco", made) == numbers(2, 2**32 - 1, 9)
    assert body(b"co64", made) is None


@pytest.mark.parametrize(("preroll", "frames"), [(1, 1), (3840, 4), (3841, 5), (10**6, 32)])
def test_a_player_that_seeks_is_told_how_many_frames_before_its_goal_to_begin(
    preroll: int, frames: int
) -> None:
    made = table(run(0, [960, 959, 960]))
    kind, length, count, *distance = struct.unpack(">4sIIh", body(b"sgpd", made, preroll=preroll) or b"")
    assert (kind, length, count, distance) == (b"roll", 2, 1, [-frames])
    assert body(b"sbgp", made, preroll=preroll) == b"roll" + numbers(1, 3, 1)
    assert body(b"sgpd", made) is body(b"sbgp", made) is None


def test_runs_of_the_same_length_are_told_once() -> None:
    made = table(run(0, [33, 33]), run(66, [33, 33]), run(132, [33]), run(165, [33, 33]))
    assert body(b"stsc", made) == numbers(3, 1, 2, 1, 3, 1, 1, 4, 2, 1)


def test_key_frames_are_listed_unless_every_frame_is_one() -> None:
    assert body(b"stss", table(run(0, [33, 33, 33], keys=[1, 0, 0]), run(99, [33], keys=[1]))) == numbers(
        2, 1, 4
    )
    assert body(b"stss", table(run(0, [33, 33]))) is None


def test_a_track_that_is_shown_as_it_is_decoded_has_no_delays() -> None:
    assert body(b"ctts", table(run(0, [33, 33]))) is None


def test_delays_may_begin_and_end_with_any_run() -> None:
    made = table(run(0, [33, 33]), run(66, [33, 33], delays=[66, 33]), run(132, [33]))
    assert body(b"ctts", made) == numbers(4, 2, 0, 1, 66, 1, 33, 1, 0)


def test_the_frame_shown_last_need_not_be_the_one_decoded_last() -> None:
    assert table(run(0, [33, 33])).shown_until == 66
    assert table(run(0, [33, 33]), run(66, [33, 33, 33], delays=[66, 0, 33])).shown_until == 198
    assert table(run(0, [33, 33], delays=[0, 99]), run(66, [33])).shown_until == 165


def test_a_table_without_frames_is_empty() -> None:
    made = table(run(0, []))
    assert made.duration == 0
    assert full_box(b"stts", numbers(0)) in made.boxes()
    assert body(b"sgpd", made, preroll=1) is None


def test_twenty_minutes_of_uneven_pictures_take_less_than_200_kib() -> None:
    made = SampleTable()
    for second in range(20 * 60):
        sizes = [20_000 + (second * 7919 + number * 104_729) % 9_973 for number in range(30)]
        made.add(
            run(second * 16_000, [528, 528, 544] * 10, sizes=sizes, delays=[0] * 30, keys=[1, *[0] * 29])
        )
    assert made.held_bytes < 200 * 1024
