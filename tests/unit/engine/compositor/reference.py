"""What composed pictures should look like, in floating point: composed in R'G'B', then BT.709 limited, then 4:2:0 sited left."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatPicture = NDArray[np.float64]
"""Rows, columns, channels; 0 to 1; the fourth channel, if any, is straight alpha."""

KR, KG, KB = 0.2126, 0.7152, 0.0722


def over(canvas: FloatPicture, picture: FloatPicture, x: int, y: int, opacity: float = 1.0) -> None:
    """Lay ``picture`` over ``canvas`` in place; what leaves it is cut off."""
    height, width = picture.shape[:2]
    top, left = max(0, -y), max(0, -x)
    bottom, right = min(height, canvas.shape[0] - y), min(width, canvas.shape[1] - x)
    shown = picture[top:bottom, left:right]
    alpha = (shown[..., 3:] if picture.shape[2] == 4 else np.ones_like(shown[..., :1])) * opacity
    below = canvas[y + top : y + bottom, x + left : x + right]
    below[:] = below * (1 - alpha) + shown[..., :3] * alpha


def yuv420(picture: FloatPicture) -> tuple[FloatPicture, FloatPicture, FloatPicture]:
    """Return the planes of a picture as they should be encoded, unrounded, in levels of 8 bits."""
    red, green, blue = picture[..., 0], picture[..., 1], picture[..., 2]
    luma = KR * red + KG * green + KB * blue
    cb = (blue - luma) / (2 * (1 - KB))
    cr = (red - luma) / (2 * (1 - KR))
    return 16 + 219 * luma, 128 + 224 * _sited_left(cb), 128 + 224 * _sited_left(cr)


def psnr_db(one: NDArray[np.uint8], reference: FloatPicture) -> float:
    """Return the peak signal to noise ratio of a plane."""
    error = float(np.mean((one.astype(np.float64) - reference) ** 2))
    return 99.0 if error == 0 else 10 * float(np.log10(255**2 / error))


def waves(height: int, width: int, phase: float = 0.0, zoom: float = 1.0) -> FloatPicture:
    """Return a smooth coloured picture, so that only errors of the arithmetic and of the siting are measured.

    Args:
        height: in pixels.
        width: in pixels.
        phase: of the waves.
        zoom: pixels for each pixel of the picture that is meant.
    """
    y, x = ((each + 0.5) / zoom - 0.5 for each in np.mgrid[0:height, 0:width])
    return np.stack(
        [
            0.5 + 0.4 * np.sin(x / (11 + channel) + phase + channel) * np.cos(y / (9 - channel) + channel)
            for channel in range(3)
        ],
        axis=-1,
    )


def disc(size: int, softness: float) -> FloatPicture:
    """Return a coloured disc with a soft edge, transparent outside."""
    y, x = np.mgrid[0:size, 0:size]
    distance = np.hypot(y - size / 2, x - size / 2)
    alpha = np.clip((size / 2 - 4 - distance) / softness, 0, 1)
    return np.concatenate([waves(size, size, 2.0), alpha[..., None]], axis=-1)


def _sited_left(plane: FloatPicture) -> FloatPicture:
    rows = (plane[0::2] + plane[1::2]) / 2
    padded = np.pad(rows, ((0, 0), (1, 1)), "edge")
    result: FloatPicture = (padded[:, 0:-2:2] + 2 * padded[:, 1:-1:2] + padded[:, 2::2]) / 4
    return result
