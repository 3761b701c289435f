from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.sample_buffer import SampleBuffer
from powerstream_desktop.engine.sound import Samples


def ramp(first: int, count: int) -> Samples:
    return np.tile(np.arange(first, first + count, dtype=np.float32), (2, 1))


def test_what_was_written_is_read_at_its_place() -> None:
    buffer = SampleBuffer()
    buffer.write(10, ramp(10, 20))
    assert np.array_equal(buffer.read(12, 5), ramp(12, 5))
    assert np.array_equal(buffer.read(17, 13), ramp(17, 13))


def test_places_nobody_wrote_are_silent() -> None:
    buffer = SampleBuffer()
    buffer.write(10, ramp(10, 5))
    buffer.write(20, ramp(20, 5))
    samples = buffer.read(0, 30)[0]
    assert list(np.flatnonzero(samples)) == [10, 11, 12, 13, 14, 20, 21, 22, 23, 24]


def test_samples_that_come_too_late_are_forgotten() -> None:
    buffer = SampleBuffer()
    assert not buffer.read(0, 100).any()
    buffer.write(50, ramp(50, 60))
    assert np.array_equal(buffer.read(100, 10), ramp(100, 10))
    assert not buffer.read(110, 10).any()


def test_it_tells_how_far_it_is_ahead_of_the_reader() -> None:
    buffer = SampleBuffer()
    assert buffer.ahead == 0
    buffer.write(0, ramp(0, 100))
    buffer.write(100, ramp(100, 50))
    assert buffer.ahead == 150
    buffer.read(0, 120)
    assert buffer.ahead == 30
    buffer.read(120, 400)
    assert buffer.ahead == 0


@given(st.lists(st.integers(1, 50), min_size=1, max_size=10), st.lists(st.integers(0, 60), max_size=12))
def test_a_gapless_stream_comes_out_as_it_went_in(written: list[int], read: list[int]) -> None:
    buffer, position = SampleBuffer(), 0
    for count in written:
        buffer.write(position, ramp(position, count))
        position += count
    at = 0
    for count in read:
        got = buffer.read(at, count)
        inside = max(0, min(at + count, position) - at)
        assert np.array_equal(got[:, :inside], ramp(at, inside))
        assert not got[:, inside:].any()
        at += count
