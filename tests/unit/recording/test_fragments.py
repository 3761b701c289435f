"""What is read from a fragmented MP4 on its way to the disk."""

from __future__ import annotations

import pytest

from powerstream_desktop.recording.fragments import BoxStream, FileBox, Run, runs_in
from tests.unit.recording.mp4 import KEY_FLAGS, OTHER_FLAGS, fragment, header, track, traf

FILE = (
    header(track(1, ticks_per_s=16_000))
    + fragment(traf(1, 0, [(500, 10), (528, 3)], columns=0x300), media=b"0123456789abc")
    + fragment(traf(1, 1028, [(528, 4)], columns=0x300), media=b"moof")
)


def boxes(*pieces: bytes) -> list[FileBox]:
    stream = BoxStream(52)
    return [found for piece in pieces for found in stream.feed(piece)]


def runs(*trafs: bytes, position: int = 0) -> list[Run]:
    (found,) = BoxStream(position).feed(fragment(*trafs))
    return list(runs_in(found))


def test_header_and_fragments_are_found_with_their_places_and_the_media_is_passed_over() -> None:
    found = boxes(FILE)
    assert [each.kind for each in found] == [b"moov", b"moof", b"moof"]
    for each in found:
        assert FILE[each.position - 52 :][4:8] == each.kind
        assert FILE[each.position - 52 + 8 :].startswith(each.body)


def test_the_pieces_may_be_cut_anywhere() -> None:
    whole = boxes(FILE)
    assert boxes(*(FILE[at : at + 1] for at in range(len(FILE)))) == whole
    for cut in range(len(FILE)):
        assert boxes(FILE[:cut], FILE[cut:]) == whole


def test_each_frame_tells_its_duration_size_flags_and_delay() -> None:
    rows = [(500, 10, KEY_FLAGS, 1000), (528, 3, OTHER_FLAGS, 0)]
    (run,) = runs(traf(1, 7, rows, columns=0xF00, offset=90), position=4000)
    assert (run.track, run.time, run.position) == (1, 7, 4090)
    assert list(run.durations) == [500, 528]
    assert list(run.sizes) == [10, 3]
    assert run.delays is not None
    assert list(run.delays) == [1000, 0]
    assert list(run.keys) == [1, 0]


def test_what_a_frame_does_not_tell_is_that_of_its_track() -> None:
    (run,) = runs(
        traf(2, 0, [(), (), ()], columns=0, default_duration=1024, default_size=6, default_flags=OTHER_FLAGS)
    )
    assert list(run.durations) == [1024] * 3
    assert list(run.sizes) == [6] * 3
    assert run.delays is None
    assert list(run.keys) == [0, 0, 0]


def test_the_first_frame_may_be_an_exception() -> None:
    defaults = {"default_size": 5, "default_flags": OTHER_FLAGS}
    (run,) = runs(traf(1, 0, [(33,), (34,)], columns=0x100, first_flags=KEY_FLAGS, **defaults))
    assert list(run.keys) == [1, 0]


def test_each_track_has_a_run_of_its_own() -> None:
    found = runs(traf(1, 0, [(33, 1)], columns=0x300), traf(2, 9, [(21, 2)], columns=0x300, offset=400))
    assert [(run.track, run.time, run.position) for run in found] == [(1, 0, 100), (2, 9, 400)]


@pytest.mark.parametrize("time", [0, 2**32 - 1, 2**40])
def test_times_go_beyond_32_bits(time: int) -> None:
    assert runs(traf(1, time, [(33, 1)], columns=0x300))[0].time == time
