"""The arithmetic of the compositor on 8-bit planes: exact to half a level, no floats, no copy that is not needed."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from powerstream_desktop.engine.ink import Plane

Weights: TypeAlias = NDArray[np.uint8]
"""How much of what lies below is covered, per pixel: 0 to 255."""
Wide: TypeAlias = NDArray[np.uint16]

_HALF: Final = np.uint16(128)
_BYTE: Final = np.uint16(8)


def covering(added: Plane, coverage: Weights) -> tuple[Wide, Wide]:
    """Prepare a premultiplied picture for ``cover``: what stays of the picture below, and what is added to it.

    Nothing may add more than it covers, as a picture that was scaled sharply may want to in places; the sum would overflow.
    """
    capped = np.minimum(added, coverage).astype(np.uint16)
    return np.subtract(255, coverage, dtype=np.uint16), capped * np.uint16(255) + _HALF


def cover(below: Plane, kept: Wide, added: Wide) -> None:
    """Lay what ``covering`` prepared over ``below`` in place: ``below * kept / 255 + added``, rounded to nearest."""
    total = below.astype(np.uint16)
    total *= kept
    total += added
    total += total >> _BYTE
    total >>= _BYTE
    below[:] = total


def mixed(first: Plane, second: Plane, share: int, *, out: Plane) -> None:
    """Write ``share`` / 256 of ``second`` and the rest of ``first`` to ``out``, rounded; ``share`` is 0 to 256."""
    total = np.multiply(first, 256 - share, dtype=np.uint16)
    total += np.multiply(second, share, dtype=np.uint16)
    total += _HALF
    np.right_shift(total, _BYTE, out=out, casting="unsafe")


def divided_by_255(product: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return products of two bytes divided by 255, rounded to nearest; changes its argument."""
    product += _HALF
    product += product >> _BYTE
    product >>= _BYTE
    return product
