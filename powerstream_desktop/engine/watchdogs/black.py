"""Tells whether a picture is black, from one pixel in 64: cheap enough for once a second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import av

_STEP: Final = 8
_DARK_LUMA: Final = 20
"""Black is 16, or 0 where all levels are used; four more are nothing that anybody sees."""
_DARK_COLOUR: Final = 7
"""One less than a power of two: red, green and blue are all at most that if their bits together are."""
_BRIGHT_SHARE: Final = 0.001
"""So much may be brighter: the mouse pointer on a screen that is locked or protected."""

# The bytes of one pixel in the first plane, and which of them are colours.
_LUMA: Final = (1, (0,))
_PIXELS: Final[Mapping[str, tuple[int, tuple[int, ...]]]] = {
    **dict.fromkeys(
        ("yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12", "gray"), _LUMA
    ),
    **dict.fromkeys(("rgb24", "bgr24"), (3, (0, 1, 2))),
    **dict.fromkeys(("rgb0", "bgr0", "rgba", "bgra"), (4, (0, 1, 2))),
    **dict.fromkeys(("0rgb", "0bgr", "argb", "abgr"), (4, (1, 2, 3))),
}


def is_black(frame: av.VideoFrame) -> bool:
    """Tell whether nothing can be seen in a frame; never of a format that is not known here. Transparency counts for nothing."""
    depth, colours = _PIXELS.get(frame.format.name, (0, (0,)))
    if depth == 0:
        return False
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: frame.height : _STEP]
    pixels = rows[:, : frame.width * depth].reshape(len(rows), frame.width, depth)[:, ::_STEP]
    brightest = pixels[..., colours[0]]
    for colour in colours[1:]:
        brightest = brightest | pixels[..., colour]
    bright = int(np.count_nonzero(brightest > (_DARK_LUMA if depth == 1 else _DARK_COLOUR)))
    return bright <= _BRIGHT_SHARE * int(brightest.size)
