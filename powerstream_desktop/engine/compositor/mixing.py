"""The arithmetic of the compositor on 8-bit planes: exact to half a level, no floats, no copy that is not needed."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from powerstream_desktop.engine.ink import Plane

Weights: TypeAlias = NDArray[np.uint8]
"""How much of what lies below stays, per pixel: 0 to 255."""

_HALF: Final = np.uint16(128)
_BYTE: Final = np.uint16(8)


def cover(below: Plane, kept: Weights, added: Plane) -> None:
    """Lay a premultiplied picture over ``below`` in place: ``below * kept / 255 + added``, rounded."""
    shining_through = _divided_by_255(np.multiply(below, kept, dtype=np.uint16))
    np.add(shining_through, added, out=below, casting="unsafe")


def mixed(first: Plane, second: Plane, share: int, *, out: Plane) -> None:
    """Write ``share`` / 256 of ``second`` and the rest of ``first`` to ``out``, rounded; ``share`` is 0 to 256."""
    total = np.multiply(first, 256 - share, dtype=np.uint16)
    total += np.multiply(second, share, dtype=np.uint16)
    total += _HALF
    np.right_shift(total, _BYTE, out=out, casting="unsafe")


def _divided_by_255(product: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return products of two bytes divided by 255, rounded to nearest; changes its argument."""
    product += _HALF
    product += product >> _BYTE
    product >>= _BYTE
    return product
