from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.sources.placeholder import placeholder

SENTENCE = "There is no window 'A rather long title that nobody would want to read twice' any more."


def bright_rows(width: int, height: int, name: str, words: str) -> int:
    luma = planes_of(placeholder(width, height, name, words))[0]
    return int((luma > 100).any(axis=1).sum())


@pytest.mark.parametrize("size", [(1920, 1080), (320, 180), (180, 320)])
def test_name_and_sentence_are_written_within_the_picture(size: tuple[int, int]) -> None:
    name_only = bright_rows(*size, "Screen", "")
    assert name_only > 8
    assert bright_rows(*size, "Screen", SENTENCE) > name_only
    luma = planes_of(placeholder(*size, "Screen", SENTENCE))[0]
    assert (luma[:, 0] < 40).all()
    assert (luma[:, -1] < 40).all()


@given(st.integers(1, 300), st.integers(1, 300), st.text(max_size=80), st.text(max_size=120))
def test_any_size_and_words_can_be_drawn(width: int, height: int, name: str, words: str) -> None:
    frame = placeholder(width, height, name, words)
    assert frame.width >= width
    assert frame.width % 2 == frame.height % 2 == 0
