"""The finder, with a reader that decodes nothing: pictures are their own numbers, and a key frame begins every group."""

from __future__ import annotations

import itertools
import random

import pytest

from powerstream_desktop.library.frames.frame_finder import FrameFinder, Shot

FRAME_US = 33_333
GROUP = 10


class FakeReader:
    """A film whose pictures are numbers.

    Args:
        count: so many pictures.
        lands_late_us: a seek lands at the key frame before a moment so much later: as containers do that seek by another clock.
        times: of the pictures; evenly apart unless told.
    """

    def __init__(self, count: int, lands_late_us: int = 0, times: list[int] | None = None) -> None:
        self.times = times or [number * FRAME_US for number in range(count)]
        self._lands_late_us = lands_late_us
        self._next = 0
        self.seeks = 0
        self.reads = 0

    def seek(self, at_us: int) -> None:
        self.seeks += 1
        sought = at_us + (self._lands_late_us if at_us > 0 else 0)
        before = [number for number, time in enumerate(self.times) if time <= sought]
        self._next = (before[-1] if before else 0) // GROUP * GROUP

    def read(self) -> Shot[int] | None:
        self.reads += 1
        if self._next >= len(self.times):
            return None
        number, self._next = self._next, self._next + 1
        return Shot(at_us=self.times[number], picture=number)


def found(finder: FrameFinder[int], at_us: int, steps: int = 0) -> int:
    result = finder.find(at_us, steps)
    assert result is not None
    return result.picture


@pytest.mark.parametrize("late_us", [0, FRAME_US * 3, FRAME_US * 25])
@pytest.mark.parametrize("most_kept", [3, 8, 500])
def test_every_moment_has_the_picture_that_is_seen_then(late_us: int, most_kept: int) -> None:
    finder = FrameFinder(FakeReader(200, late_us), most_kept=most_kept)
    moments = list(range(0, 200 * FRAME_US, 17_111))
    random.Random(5).shuffle(moments)
    for at_us in moments:
        assert found(finder, at_us) == at_us // FRAME_US


def test_a_picture_tells_from_when_until_when_it_is_seen() -> None:
    finder = FrameFinder(FakeReader(50), most_kept=20)
    result = finder.find(FRAME_US * 12 + 5)
    assert result is not None
    assert (result.at_us, result.until_us) == (FRAME_US * 12, FRAME_US * 13)


def test_the_last_picture_is_seen_for_ever_and_has_no_next() -> None:
    finder = FrameFinder(FakeReader(50), most_kept=20)
    result = finder.find(FRAME_US * 1000)
    assert result is not None
    assert (result.picture, result.at_us, result.until_us) == (49, FRAME_US * 49, FRAME_US * 49)
    assert found(finder, FRAME_US * 1000, 3) == 49


@pytest.mark.parametrize("most_kept", [3, 8, 500])
def test_steps_count_pictures_both_ways_from_anywhere(most_kept: int) -> None:
    for start, steps in itertools.product((0, 9, 10, 73, 199), (-200, -31, -10, -1, 0, 1, 10, 31, 200)):
        finder = FrameFinder(FakeReader(200), most_kept=most_kept)
        assert found(finder, start * FRAME_US, steps) == min(199, max(0, start + steps))


@pytest.mark.parametrize("most_kept", [3, 8, 500])
def test_a_walk_of_single_steps_misses_and_repeats_nothing(most_kept: int) -> None:
    finder = FrameFinder(FakeReader(120, FRAME_US * 2), most_kept=most_kept)
    at_us, seen = 60 * FRAME_US, []
    for step in [-1] * 45 + [1] * 80:
        result = finder.find(at_us, step)
        assert result is not None
        at_us = result.at_us
        seen.append(result.picture)
    assert seen == [*range(59, 14, -1), *range(16, 96)]


def test_pictures_that_are_not_evenly_apart_are_found_by_their_times() -> None:
    times = [0, 10, 11, 500, 501, 100_000, 1_000_000, 1_000_001, 5_000_000, 5_000_040, 6_000_000, 6_000_001]
    finder = FrameFinder(FakeReader(0, times=times), most_kept=5)
    for at_us in (6_000_000, 0, 499, 999_999, 1_000_000, 4_999_999, 10, 5_000_039):
        assert found(finder, at_us) == max(n for n, time in enumerate(times) if time <= at_us)


def test_a_film_that_begins_late_shows_its_first_picture_before() -> None:
    finder = FrameFinder(FakeReader(0, times=[2_000_000, 2_040_000]), most_kept=5)
    assert found(finder, 0) == 0
    assert found(finder, 0, 1) == 1


def test_a_film_without_a_picture_has_none() -> None:
    assert FrameFinder(FakeReader(0, times=[]), most_kept=5).find(0) is None


def test_steps_within_what_is_kept_decode_nothing() -> None:
    reader = FakeReader(100)
    finder = FrameFinder(reader, most_kept=50)
    found(finder, FRAME_US * 29)
    reads = reader.reads
    assert [found(finder, FRAME_US * 29, -by) for by in range(9)] == list(range(29, 20, -1))
    assert reader.reads == reads


def test_the_next_picture_is_read_on_without_a_seek() -> None:
    reader = FakeReader(100)
    finder = FrameFinder(reader, most_kept=50)
    found(finder, FRAME_US * 29)
    seeks = reader.seeks
    assert found(finder, FRAME_US * 31 + 5) == 31
    assert reader.seeks == seeks


def test_a_damaged_film_whose_times_go_back_still_shows_what_is_later() -> None:
    finder = FrameFinder(FakeReader(0, times=[0, 40, 20, 80, 120]), most_kept=5)
    assert [found(finder, 0, steps) for steps in range(4)] == [0, 1, 3, 4]
