"""The upright part of a picture. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

UPRIGHT: Final = Fraction(9, 16)
"""Width by height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A part of a picture, in pixels; all four are even, as the colours of 4:2:0 want it."""

    x: int
    y: int
    width: int
    height: int


def upright_crop(width: int, height: int, centre_x: float, pixel_shape: Fraction = Fraction(1)) -> Crop:
    """Return the largest part of a picture that is 9 wide and 16 high.

    Args:
        width: of the picture.
        height: of the picture.
        centre_x: where the middle of the part shall be, 0 (left) to 1; it is moved as far as the picture ends.
        pixel_shape: width of a pixel by its height.
    """
    shape = UPRIGHT / pixel_shape
    whole_width, whole_height = _floor_even(width), _floor_even(height)
    cropped_width = min(_even(whole_height * shape), whole_width)
    # Upright already, and narrower than wanted: it loses above and below instead.
    cropped_height = (
        whole_height if cropped_width < whole_width else min(_even(whole_width / shape), whole_height)
    )
    left = round(centre_x * width - cropped_width / 2)
    return Crop(
        x=_floor_even(min(max(left, 0), width - cropped_width)),
        y=_floor_even((height - cropped_height) // 2),
        width=cropped_width,
        height=cropped_height,
    )


def _even(size: Fraction) -> int:
    return max(2, round(size / 2) * 2)


def _floor_even(place: int) -> int:
    return place - place % 2
