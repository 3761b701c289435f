"""What the bytes of a picture mean when one process hands them to another: size, format, colours, where each plane lies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

MAX_SIDE: Final = 16_384
MAX_SIZE_BYTES: Final = 256 * 1024 * 1024
MAX_PLANES: Final = 3


class PixelFormat(IntEnum):
    """How pixels are stored."""

    BGR24 = 1
    """One plane, three bytes a pixel: blue, green, red."""
    YUV420P = 2
    """Three planes Y, U, V; chroma at half the width and height, rounded up."""


class ColourMatrix(IntEnum):
    """How luma and chroma were made of red, green and blue."""

    RGB = 1
    """Not at all: the pixels are R'G'B'."""
    BT601 = 2
    BT709 = 3


@dataclass(frozen=True, slots=True)
class PlanePlace:
    """Where one plane lies in the bytes of a picture.

    Attributes:
        offset: of its first byte.
        stride: bytes from one row to the next.
        rows: number of rows.
        row_bytes: bytes of a row that are pixels; the rest of the stride is padding.
    """

    offset: int
    stride: int
    rows: int
    row_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameLayout:
    """One picture's shape.

    Attributes:
        width, height: in pixels, 1 to 16,384.
        pixel_format: how pixels are stored.
        matrix: ``RGB`` for BGR24, one of the others for YUV420P.
        full_range: levels from 0 to 255 instead of 16 to 235 (240 for chroma).
        strides: bytes from row to row, one for each plane.

    Raises:
        ValueError: there is no such picture.
    """

    width: int
    height: int
    pixel_format: PixelFormat
    matrix: ColourMatrix
    full_range: bool
    strides: tuple[int, ...]

    def __post_init__(self) -> None:
        if not (1 <= self.width <= MAX_SIDE and 1 <= self.height <= MAX_SIDE):
            raise ValueError(f"a picture of {self.width}x{self.height}")
        if (self.matrix is ColourMatrix.RGB) != (self.pixel_format is PixelFormat.BGR24):
            raise ValueError(f"{self.pixel_format.name} with the colours of {self.matrix.name}")
        shapes = self._shapes()
        if len(self.strides) != len(shapes):
            raise ValueError(f"{len(self.strides)} strides for {len(shapes)} planes")
        if any(stride < row_bytes for stride, (_, row_bytes) in zip(self.strides, shapes, strict=True)):
            raise ValueError("a stride is shorter than its row")
        if self.size_bytes > MAX_SIZE_BYTES:
            raise ValueError(f"a picture of {self.size_bytes} bytes")

    @classmethod
    def bgr(cls, width: int, height: int) -> FrameLayout:
        """Describe a full-range BGR picture without padding."""
        return cls(
            width=width,
            height=height,
            pixel_format=PixelFormat.BGR24,
            matrix=ColourMatrix.RGB,
            full_range=True,
            strides=(3 * width,),
        )

    @classmethod
    def program(cls, width: int, height: int) -> FrameLayout:
        """Describe a picture of the program without padding: 4:2:0, BT.709, limited range."""
        half = (width + 1) // 2
        return cls(
            width=width,
            height=height,
            pixel_format=PixelFormat.YUV420P,
            matrix=ColourMatrix.BT709,
            full_range=False,
            strides=(width, half, half),
        )

    @property
    def planes(self) -> tuple[PlanePlace, ...]:
        """Where each plane lies; one follows the other."""
        places: list[PlanePlace] = []
        offset = 0
        for stride, (rows, row_bytes) in zip(self.strides, self._shapes(), strict=True):
            places.append(PlanePlace(offset, stride, rows, row_bytes))
            offset += stride * rows
        return tuple(places)

    @property
    def size_bytes(self) -> int:
        """Length of all planes together."""
        return sum(stride * rows for stride, (rows, _) in zip(self.strides, self._shapes(), strict=True))

    def _shapes(self) -> tuple[tuple[int, int], ...]:
        """Return rows and bytes of a row of each plane."""
        if self.pixel_format is PixelFormat.BGR24:
            return ((self.height, 3 * self.width),)
        chroma = ((self.height + 1) // 2, (self.width + 1) // 2)
        return ((self.height, self.width), chroma, chroma)
