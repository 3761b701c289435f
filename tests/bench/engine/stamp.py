"""A number in a picture that survives scaling, compression and colour conversion: two rows of black and white blocks.

The second row is the first one inverted, so that whatever covers the place, or a picture half drawn, is not taken for a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS: Final = 16
BLOCK: Final = 32
"""Side of a block in pixels: a multiple of H.264's blocks, so that none is shared between two."""
NUMBERS: Final = 1 << BITS
WIDTH: Final = BITS * BLOCK
HEIGHT: Final = 2 * BLOCK
MIDDLE_LUMA: Final = 128
_INNER: Final = BLOCK // 4


class Block(NamedTuple):
    """One block, by the pixel of its upper left corner."""

    x: int
    y: int
    is_white: bool


def blocks(number: int) -> Iterator[Block]:
    """Yield what is to be drawn for a number, counted modulo ``NUMBERS``."""
    for bit in range(BITS):
        is_white = bool(number >> bit & 1)
        yield Block(bit * BLOCK, 0, is_white)
        yield Block(bit * BLOCK, BLOCK, not is_white)


def read_number(luma: NDArray[np.uint8]) -> int | None:
    """Return the number in a picture's luma plane, ``None`` where there is none."""
    if luma.shape[0] < HEIGHT or luma.shape[1] < WIDTH:
        return None
    grid = luma[:HEIGHT, :WIDTH].reshape(2, BLOCK, BITS, BLOCK)
    inner = grid[:, _INNER : BLOCK - _INNER, :, _INNER : BLOCK - _INNER]
    is_white = inner.mean(axis=(1, 3)) > MIDDLE_LUMA
    if not np.array_equal(is_white[0], ~is_white[1]):
        return None
    return sum(1 << bit for bit in range(BITS) if is_white[0, bit])
