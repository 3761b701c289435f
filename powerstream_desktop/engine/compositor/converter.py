"""Turns a source's frame into planes of the program: crop, size, colour and chroma siting in one pass of libswscale.

PyAV's own reformatter leaves chroma in the middle between two columns; video has it on the left one (H.264 E.2.1, type 0),
a quarter of a pixel away. libavfilter's ``scale`` knows the difference and costs the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
from av.video.reformatter import ColorRange, Colorspace

from powerstream_desktop.engine.compositor.geometry import WHOLE, Crop
from powerstream_desktop.engine.picture import BT709, LIMITED_RANGE, PIXEL_FORMAT

if TYPE_CHECKING:
    from av.filter import Graph

_SD_HEIGHT: Final = 576
_UNSPECIFIED_MATRIX: Final = 2
_RGB_MATRIX: Final = 0
_MATRIX_NAMES: Final[Mapping[int, str]] = {
    Colorspace.ITU709: "bt709",
    Colorspace.FCC: "fcc",
    Colorspace.ITU601: "bt601",
    Colorspace.ITU624: "bt601",
    Colorspace.SMPTE170M: "bt601",
    Colorspace.SMPTE240M: "smpte240m",
}
_SCALING: Final = "bicubic+full_chroma_inp"
"""Without exact rounding: that costs half as much again for half a decibel of 57."""
_SHRINKING: Final = "bilinear+full_chroma_inp"
"""Where many pixels become one: it weighs all of them, and looks no worse than a sharper way that costs half as much again."""
_SHRUNK: Final = 1.5
_WORTH_THREADS: Final = 640 * 360
"""Pixels; a smaller picture is done sooner than a second thread has woken up."""
_OPAQUE: Final = f"format=pix_fmts={PIXEL_FORMAT}"


@dataclass(frozen=True, slots=True)
class _Shape:
    """Everything a filter graph is built for."""

    source_width: int
    source_height: int
    source_format: str
    matrix: str
    full_range: bool
    width: int
    height: int
    crop: Crop
    with_alpha: bool


class Converter:
    """Converts the frames of one layer; keeps its filter graph until a frame or the layer has another shape.

    Used by one thread.
    """

    def __init__(self) -> None:
        self._shape: _Shape | None = None
        self._graph: Graph | None = None

    def opaque(self, frame: av.VideoFrame, width: int, height: int, crop: Crop = WHOLE) -> av.VideoFrame:
        """Return ``frame`` in 4:2:0, BT.709 limited range, of this size; the frame itself if it is that already.

        Raises:
            av.FFmpegError: the frame's format cannot be converted.
        """
        if not crop and _is_ready(frame, width, height):
            return frame
        return self._convert(frame, width, height, crop, with_alpha=False)

    def premultiplied(
        self, frame: av.VideoFrame, width: int, height: int, crop: Crop = WHOLE
    ) -> av.VideoFrame:
        """Return ``frame`` as ``yuva444p``, its colours multiplied with its alpha, so that no edge gets a fringe by scaling.

        Raises:
            av.FFmpegError: the frame's format cannot be converted.
        """
        return self._convert(frame, width, height, crop, with_alpha=True)

    def _convert(
        self, frame: av.VideoFrame, width: int, height: int, crop: Crop, *, with_alpha: bool
    ) -> av.VideoFrame:
        shape = _Shape(
            frame.width,
            frame.height,
            frame.format.name,
            _matrix_of(frame),
            _is_full_range(frame),
            width,
            height,
            crop,
            with_alpha,
        )
        if self._graph is None or shape != self._shape:
            self._graph, self._shape = _graph_for(shape), shape
        frame.pts = 0 if frame.pts is None else frame.pts
        self._graph.push(frame)
        converted = self._graph.pull()
        assert isinstance(converted, av.VideoFrame)  # noqa: S101 - narrows the type; the graph has nothing else to give
        converted.colorspace = converted.color_trc = converted.color_primaries = BT709
        converted.color_range = LIMITED_RANGE
        return converted


def has_alpha(frame: av.VideoFrame) -> bool:
    """Tell whether the frame's format has an alpha channel."""
    return any(component.is_alpha for component in frame.format.components)


def _graph_for(shape: _Shape) -> Graph:
    graph = av.filter.Graph()
    if shape.width * shape.height <= _WORTH_THREADS:
        graph.threads = 1
    ends = [
        graph.add_buffer(
            width=shape.source_width,
            height=shape.source_height,
            format=av.VideoFormat(shape.source_format),
            time_base=Fraction(1, 1000),
        )
    ]
    for name, arguments in _steps(shape):
        ends.append(graph.add(name, arguments))
    ends.append(graph.add("buffersink"))
    for before, behind in itertools.pairwise(ends):
        before.link_to(behind)
    graph.configure()
    return graph


def _steps(shape: _Shape) -> list[tuple[str, str]]:
    steps = []
    crop = shape.crop
    width = shape.source_width - crop.left - crop.right
    height = shape.source_height - crop.top - crop.bottom
    if crop:
        steps.append(("crop", f"{width}:{height}:{crop.left}:{crop.top}:exact=1"))
    is_shrunk = width >= _SHRUNK * shape.width and height >= _SHRUNK * shape.height
    colours = (
        f"in_color_matrix={shape.matrix}:in_range={'pc' if shape.full_range else 'tv'}"
        f":out_color_matrix=bt709:out_range=tv:flags={_SHRINKING if is_shrunk else _SCALING}"
    )
    if not shape.with_alpha:
        steps.append(("scale", f"{shape.width}:{shape.height}:out_chroma_loc=left:{colours}"))
        steps.append(("format", f"pix_fmts={PIXEL_FORMAT}"))
        return steps
    steps.append(("format", "pix_fmts=gbrap"))
    steps.append(("premultiply", "inplace=1"))
    steps.append(("scale", f"{shape.width}:{shape.height}:{colours}"))
    steps.append(("format", "pix_fmts=yuva444p"))
    return steps


def _is_ready(frame: av.VideoFrame, width: int, height: int) -> bool:
    return (
        frame.format.name == PIXEL_FORMAT
        and (frame.width, frame.height) == (width, height)
        and _matrix_of(frame) == "bt709"
        and not _is_full_range(frame)
    )


def _matrix_of(frame: av.VideoFrame) -> str:
    """Return the frame's colour matrix; untagged video is taken for BT.601 up to 576 lines, as players do."""
    if frame.colorspace in {_RGB_MATRIX, _UNSPECIFIED_MATRIX}:
        return "bt601" if not _is_rgb(frame) and frame.height <= _SD_HEIGHT else "bt709"
    return _MATRIX_NAMES.get(frame.colorspace, "bt709")


def _is_full_range(frame: av.VideoFrame) -> bool:
    if frame.color_range != ColorRange.UNSPECIFIED:
        return frame.color_range == ColorRange.JPEG
    return _is_rgb(frame) or frame.format.name.startswith("yuvj")


def _is_rgb(frame: av.VideoFrame) -> bool:
    return frame.format.is_rgb or frame.format.has_palette
