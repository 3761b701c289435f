"""What is shown instead of a source that is not there: dark and calm, with its name and what is wrong.

Drawn without any font, as this must work when nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from powerstream_desktop.engine.ink import YUV, Planes, Rect, bt709, fill
from powerstream_desktop.engine.picture import blank_frame, planes_of
from powerstream_desktop.engine.sources.letters import ADVANCE, ROWS, draw_text, plain, text_width

if TYPE_CHECKING:
    import av

_GROUND: Final = bt709(20, 24, 32)
_BAR: Final = bt709(70, 79, 97)
_NAME: Final = bt709(214, 219, 229)
_WORDS: Final = bt709(140, 148, 166)

_MIN_SIDE: Final = 32
_MOST_LINES: Final = 3
_LEAST_DOT: Final = 2


def placeholder(width: int, height: int, name: str, words: str) -> av.VideoFrame:
    """Draw the picture, in the program's own format.

    Args:
        width: in pixels; below 32, or odd, the next size that can be drawn is taken.
        height: likewise.
        name: of the source.
        words: a sentence: what is wrong.
    """
    width, height = max(_MIN_SIDE, width + width % 2), max(_MIN_SIDE, height + height % 2)
    frame = blank_frame(width, height)
    planes = planes_of(frame)
    fill(planes, Rect(0, 0, width, height), _GROUND)
    large, small = _even(height / 120), _even(height / 240)
    y = _draw_lines(planes, name, height // 2 - 3 * ROWS * large // 2, large, _NAME, most=1)
    fill(planes, Rect(width // 2 - 12 * large, y, 24 * large, small), _BAR)
    _draw_lines(planes, words, y + 2 * large, small, _WORDS, most=_MOST_LINES)
    return frame


def _draw_lines(planes: Planes, text: str, y: int, dot: int, colour: YUV, *, most: int) -> int:
    """Write a text in the middle, in at most so many lines; return where the next thing may stand."""
    height, width = planes[0].shape
    while dot > _LEAST_DOT and len(list(_lines(text, width, dot))) > most:
        dot -= 2
    for line in list(_lines(text, width, dot))[:most]:
        if y + ROWS * dot <= height:
            draw_text(planes, line, _down((width - text_width(line, dot)) // 2), _down(y), dot, colour)
        y += (ROWS + 3) * dot
    return _down(y)


def _lines(text: str, width: int, dot: int) -> Iterator[str]:
    """Break a text into lines that fit; a word too long for one is broken, too."""
    signs = max(1, width * 9 // 10 // (ADVANCE * dot))
    line = ""
    for word in plain(text).split():
        rest = word
        if line and len(line) + 1 + len(rest) > signs:
            yield line
            line = ""
        while len(rest) > signs:
            yield rest[:signs]
            rest = rest[signs:]
        line = f"{line} {rest}".strip()
    if line:
        yield line


def _even(length: float) -> int:
    return max(_LEAST_DOT, 2 * round(length / 2))


def _down(position: int) -> int:
    return max(0, position - position % 2)
