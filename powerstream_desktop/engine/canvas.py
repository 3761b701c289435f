"""Turning a source's frame into a picture of the program: colour, size and bars in one step."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from powerstream_desktop.engine.letterbox import Placement, fit
from powerstream_desktop.engine.picture import (
    BLACK_Y,
    BT709,
    LIMITED_RANGE,
    NEUTRAL_CHROMA,
    PIXEL_FORMAT,
    blank_frame,
    planes_of,
)

if TYPE_CHECKING:
    import av

_SCALING: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INP
_UNSPECIFIED_MATRIX: Final = 2
_RGB_MATRIX: Final = 0
_SD_HEIGHT: Final = 576
_SQUARE: Final = Fraction(1)


class Canvas:
    """Converts frames of one source to BT.709 limited range and lays them on the program's canvas, centred on black.

    Keeps the scaler between frames; a source that changes its size or format in mid-stream gets a new one by itself.
    Used by one thread, the source's.

    Args:
        width: of the program in pixels, even.
        height: of the program in pixels, even.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        self._height = height
        self._reformatter = VideoReformatter()

    def compose(self, frame: av.VideoFrame, *, pixel_aspect: Fraction = _SQUARE) -> av.VideoFrame:
        """Return a new frame of the program's size that shows ``frame`` whole.

        Raises:
            av.FFmpegError: the frame's format cannot be converted.
        """
        place = fit(frame.width, frame.height, self._width, self._height, pixel_aspect=pixel_aspect)
        fitted = self._reformatter.reformat(
            frame,
            place.width,
            place.height,
            PIXEL_FORMAT,
            src_colorspace=_matrix_of(frame),
            dst_colorspace=Colorspace.ITU709,
            src_color_range=_range_of(frame),
            dst_color_range=ColorRange.MPEG,
            dst_color_trc=BT709,
            dst_color_primaries=BT709,
            interpolation=_SCALING,
            threads=1,
        )
        if (place.width, place.height) == (self._width, self._height):
            return fitted
        return self._with_bars(fitted, place)

    def _with_bars(self, fitted: av.VideoFrame, place: Placement) -> av.VideoFrame:
        canvas = blank_frame(self._width, self._height)
        levels = (BLACK_Y, NEUTRAL_CHROMA, NEUTRAL_CHROMA)
        for plane, source, level, step in zip(
            planes_of(canvas), planes_of(fitted), levels, (1, 2, 2), strict=True
        ):
            plane[:] = level
            rows = slice(place.y // step, (place.y + place.height) // step)
            columns = slice(place.x // step, (place.x + place.width) // step)
            plane[rows, columns] = source
        return canvas


def _matrix_of(frame: av.VideoFrame) -> int:
    """Return the frame's colour matrix; untagged video is taken for BT.601 up to 576 lines, as players do."""
    if frame.colorspace in {_RGB_MATRIX, _UNSPECIFIED_MATRIX}:
        untagged_is_sd = not _is_rgb(frame) and frame.height <= _SD_HEIGHT
        return Colorspace.ITU601 if untagged_is_sd else Colorspace.ITU709
    return frame.colorspace


def _range_of(frame: av.VideoFrame) -> int:
    if frame.color_range != ColorRange.UNSPECIFIED:
        return frame.color_range
    full = _is_rgb(frame) or frame.format.name.startswith("yuvj")
    return ColorRange.JPEG if full else LIMITED_RANGE


def _is_rgb(frame: av.VideoFrame) -> bool:
    return frame.format.is_rgb or frame.format.has_palette
