from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE, Silence, Tone

TONE = Tone()


@given(st.lists(st.integers(0, 5000), max_size=12), st.integers(0, 10 * SAMPLE_RATE))
def test_the_tone_is_the_same_however_it_is_cut(counts: list[int], start: int) -> None:
    pieces, position = [TONE.read(start, 0)], start
    for count in counts:
        pieces.append(TONE.read(position, count))
        position += count
    assert np.array_equal(np.concatenate(pieces, axis=1), TONE.read(start, position - start))


def test_the_tone_has_no_click_anywhere() -> None:
    samples = TONE.read(0, 3 * SAMPLE_RATE)[0]
    assert np.abs(np.diff(samples)).max() < 0.03


def test_the_beep_fills_the_first_tenth_of_every_second() -> None:
    samples = TONE.read(5 * SAMPLE_RATE, 2 * SAMPLE_RATE)[0]
    tenths = np.abs(samples).reshape(20, -1).max(axis=1)
    assert (tenths[[0, 10]] > 0.15).all()
    assert (np.delete(tenths, [0, 10]) < 0.02).all()


def test_the_beep_is_loud_within_five_milliseconds() -> None:
    samples = np.abs(TONE.read(SAMPLE_RATE, SAMPLE_RATE // 10)[0])
    assert int(np.argmax(samples > 0.09)) < 0.005 * SAMPLE_RATE


def test_the_tone_stays_far_below_clipping() -> None:
    assert np.abs(TONE.read(0, SAMPLE_RATE)).max() < 0.2


def test_silence_is_silent_on_both_channels() -> None:
    samples = Silence().read(123, 456)
    assert samples.shape == (CHANNELS, 456)
    assert samples.dtype == np.float32
    assert not samples.any()
