"""Turns BGR into the program's own planes: 4:2:0, BT.709, limited range, chroma sited left (H.264 E.2.1, type 0).

OpenCV's own conversion to 4:2:0 will not do: it is BT.601, and it takes the chroma of one pixel in four. Here luma is a matrix
over all pixels, and chroma the same matrix over a picture of half the size, each pixel of which weighs six: its own two rows
of the left column, twice, and of the columns at either side.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from powerstream_desktop.camera.opencv import cv2

Pixels: TypeAlias = NDArray[np.uint8]

_KR, _KB = 0.2126, 0.0722
_KG: Final = 1 - _KR - _KB
_LUMA, _CHROMA = 219 / 255, 224 / 255
_BT709: Final = np.array(
    [
        [_LUMA * _KB, _LUMA * _KG, _LUMA * _KR, 16],
        [_CHROMA / 2, -_CHROMA / 2 * _KG / (1 - _KB), -_CHROMA / 2 * _KR / (1 - _KB), 128],
        [-_CHROMA / 2 * _KB / (1 - _KR), -_CHROMA / 2 * _KG / (1 - _KR), _CHROMA / 2, 128],
    ]
)
"""Rows Y', Cb, Cr; columns B', G', R' from 0 to 255, and what is added (H.273)."""


class PlaneWriter:
    """Writes pictures as planes; keeps its buffers until a picture has another size. Used by one thread."""

    def __init__(self) -> None:
        self._shape: tuple[int, ...] = ()
        self._full = self._half = self._left = np.empty((0, 0, 3), np.uint8)

    def write(self, bgr: Pixels, y: Pixels, u: Pixels, v: Pixels) -> None:
        """Fill the planes with a picture.

        Args:
            bgr: rows, columns, and blue, green, red from 0 to 255.
            y: of the same size.
            u: of half the width and height, rounded up.
            v: likewise.
        """
        height, width = bgr.shape[:2]
        if (height | width) & 1:
            even = cv2.copyMakeBorder(bgr, 0, height & 1, 0, width & 1, cv2.BORDER_REPLICATE)
            bgr = np.asarray(even, np.uint8)
        if bgr.shape != self._shape:
            self._allocate(bgr.shape)
        cv2.transform(bgr, _BT709, dst=self._full)
        _extract(self._full[:height, :width], 0, y)
        self._halve(bgr)
        cv2.transform(self._half, _BT709, dst=self._left)
        _extract(self._left, 1, u)
        _extract(self._left, 2, v)

    def _allocate(self, shape: tuple[int, ...]) -> None:
        height, width, channels = self._shape = shape
        self._full = np.empty(shape, np.uint8)
        self._half = np.empty((height // 2, width // 2, channels), np.uint8)
        self._left = np.empty_like(self._half)

    def _halve(self, bgr: Pixels) -> None:
        """Make the picture of half the size: the mean of the squares beginning at each even column and at the one before."""
        _average_squares(bgr, self._half)
        if bgr.shape[1] > 2:
            _average_squares(bgr[:, 1:-1], self._left[:, 1:])
        first = bgr[:, 0].astype(np.uint16)  # the column beside the first is like it
        self._left[:, 0] = (first[0::2] + first[1::2] + 1) >> 1
        cv2.addWeighted(self._half, 0.5, self._left, 0.5, 0, dst=self._half)


def _average_squares(bgr: Pixels, out: Pixels) -> None:
    """Fill ``out`` with the means of squares of two by two pixels."""
    cv2.resize(bgr, (out.shape[1], out.shape[0]), dst=out, interpolation=cv2.INTER_AREA)


def _extract(pixels: Pixels, channel: int, out: Pixels) -> None:
    cv2.extractChannel(pixels, channel, dst=out)
