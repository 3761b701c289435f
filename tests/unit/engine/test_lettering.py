"""Words of squares: where they lie, and that nothing is drawn beside them."""

from __future__ import annotations

import numpy as np
import pytest

from powerstream_desktop.engine.ink import Planes, Rect
from powerstream_desktop.engine.lettering import draw_words, words_rect
from powerstream_desktop.engine.slate import WORDS

INK = (235, 90, 160)


def blank(width: int, height: int) -> Planes:
    return (
        np.full((height, width), 16, np.uint8),
        np.full((height // 2, width // 2), 128, np.uint8),
        np.full((height // 2, width // 2), 128, np.uint8),
    )


def test_a_line_is_centred() -> None:
    assert words_rect("Be", 4, centre_x=100, top=20) == Rect(78, 20, 44, 36)


def test_the_ink_stays_within_its_place() -> None:
    planes = blank(320, 120)
    rect = words_rect(WORDS, 4, centre_x=160, top=40)
    draw_words(planes, WORDS, rect, 4, INK)
    rows, columns = np.nonzero(planes[0] == INK[0])
    assert rect.x == columns.min() < columns.max() < rect.x + rect.width
    assert rect.y <= rows.min() < rows.max() < rect.y + rect.height
    assert {int(value) for value in np.unique(planes[1])} == {128, INK[1]}


def test_letters_that_hang_below_the_line_do() -> None:
    heights = {}
    for letter in "gh":
        planes = blank(40, 60)
        draw_words(planes, letter, Rect(4, 4, 24, 36), 4, INK)
        heights[letter] = int(np.nonzero(planes[0] == INK[0])[0].max())
    assert heights["g"] > heights["h"]


def test_a_letter_that_is_not_known_is_a_bug_and_said_so() -> None:
    with pytest.raises(KeyError):
        draw_words(blank(40, 60), "Q", Rect(0, 0, 24, 36), 4, INK)
