"""A few words in letters of 5 by 7 squares, drawn straight into the planes: no font file, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from powerstream_desktop.engine.ink import YUV, Planes, Rect, fill

CELL_WIDTH: Final = 6
"""Squares from one letter to the next."""
CELL_HEIGHT: Final = 9
"""Squares from the top of the tall letters to the bottom of the hanging ones."""

_GLYPHS: Final[Mapping[str, tuple[str, ...]]] = {
    " ": (),
    "B": ("####.", "#...#", "#...#", "####.", "#...#", "#...#", "####."),
    "a": (".....", ".....", ".###.", "....#", ".####", "#...#", ".####"),
    "b": ("#....", "#....", "#.##.", "##..#", "#...#", "#...#", "####."),
    "c": (".....", ".....", ".###.", "#....", "#....", "#...#", ".###."),
    "e": (".....", ".....", ".###.", "#...#", "#####", "#....", ".###."),
    "g": (".....", ".....", ".####", "#...#", "#...#", ".####", "....#", ".###."),
    "h": ("#....", "#....", "#.##.", "##..#", "#...#", "#...#", "#...#"),
    "i": ("..#..", ".....", ".##..", "..#..", "..#..", "..#..", ".###."),
    "k": ("#....", "#....", "#..#.", "#.#..", "##...", "#.#..", "#..#."),
    "r": (".....", ".....", "#.##.", "##..#", "#....", "#....", "#...."),
    "t": (".#...", ".#...", "###..", ".#...", ".#...", ".#..#", "..##."),
}  # fmt: skip


def words_rect(text: str, square: int, *, centre_x: int, top: int) -> Rect:
    """Return where a line of text lies.

    Args:
        text: what is written; only the letters that the slate needs are known.
        square: side of one square in pixels, even.
        centre_x: of the line, in pixels.
        top: of the tall letters, in pixels.
    """
    width = (len(text) * CELL_WIDTH - 1) * square
    return Rect(centre_x - width // 2, top, width, CELL_HEIGHT * square)


def draw_words(planes: Planes, text: str, rect: Rect, square: int, colour: YUV) -> None:
    """Write a line of text into the place that ``words_rect`` gave for it."""
    for number, letter in enumerate(text):
        left = rect.x + number * CELL_WIDTH * square
        for row, squares in enumerate(_GLYPHS[letter]):
            for column, ink in enumerate(squares):
                if ink == "#":
                    fill(planes, Rect(left + column * square, rect.y + row * square, square, square), colour)
