"""The compositor: the layers of a scene, from back to front, become one frame of the program.

What did not change is not made again: a layer's picture is converted and scaled once per change of its source, its place or
its opacity; layers hidden below an opaque one that covers the canvas are left out; and a scene in which nothing changed
gives the frame of before. A single layer that covers the whole canvas is that frame, without a copy.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import av

from powerstream_desktop.engine.compositor.converter import Converter, has_alpha
from powerstream_desktop.engine.compositor.geometry import WHOLE, Crop, PixelRect
from powerstream_desktop.engine.compositor.insets import completed, is_unscaled, part_place
from powerstream_desktop.engine.compositor.overlay import Overlay
from powerstream_desktop.engine.compositor.tile import Tile
from powerstream_desktop.engine.picture import BLACK_Y, NEUTRAL_CHROMA, Picture, blank_frame, planes_of

log = logging.getLogger(__name__)

Prepared: TypeAlias = Tile | Overlay


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPicture:
    """One layer as it is to be drawn now.

    Attributes:
        layer: the layer's id; what was prepared for it is kept under this name.
        picture: the source's newest frame, of any size and format.
        rect: where it goes on the canvas.
        crop: what is left out of the source, in its own pixels.
        opacity: 0 to 1; at 0 it is not drawn.
    """

    layer: str
    picture: Picture
    rect: PixelRect
    crop: Crop = WHOLE
    opacity: float = 1.0


@dataclass(slots=True)
class _Kept:
    """What was prepared for a layer, and from what."""

    converter: Converter
    made_from: tuple[object, ...]
    prepared: Prepared | None
    """``None`` where the picture cannot be converted."""


class Compositor:
    """Composes one canvas. Used by one thread, the program's.

    Args:
        width: of the canvas in pixels, even.
        height: of the canvas in pixels, even.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        self._height = height
        self._kept: dict[str, _Kept] = {}
        self._composed: av.VideoFrame | None = None
        self._composed_of: list[tuple[Prepared, PixelRect]] = []

    def compose(self, layers: Sequence[PlacedPicture]) -> av.VideoFrame:
        """Return the frame that shows ``layers``, the last one in front. Nobody may write to it.

        A layer whose source has a format that cannot be converted is left out: it must not take the others off the air.
        """
        parts = [part for layer in layers if layer.opacity > 0 for part in _what_is_there(layer)]
        drawn = [(prepared, part.rect) for part in parts if (prepared := self._prepare(part)) is not None]
        shown = self._visible(drawn)
        self._forget_all_but({layer.layer for layer in layers})
        if self._composed is None or not _same(shown, self._composed_of):
            self._composed = self._drawn(shown)
            self._composed_of = shown
        return self._composed

    def _prepare(self, layer: PlacedPicture) -> Prepared | None:
        made_from = (
            layer.picture.frame,
            layer.rect.width,
            layer.rect.height,
            layer.crop,
            layer.opacity,
        )
        kept = self._kept.get(layer.layer)
        if kept is not None and kept.made_from == made_from:
            return kept.prepared
        converter = kept.converter if kept is not None else Converter()
        prepared: Prepared | None = None
        try:
            prepared = _prepared(layer, converter)
        except av.FFmpegError as error:
            if kept is None or kept.prepared is not None:
                log.info(
                    "A picture of the format %s cannot be shown: %s", layer.picture.frame.format.name, error
                )
        self._kept[layer.layer] = _Kept(converter, made_from, prepared)
        return prepared

    def _forget_all_but(self, layers: set[str]) -> None:
        for layer in self._kept.keys() - layers:
            del self._kept[layer]

    def _visible(self, drawn: list[tuple[Prepared, PixelRect]]) -> list[tuple[Prepared, PixelRect]]:
        """Leave out what an opaque layer in front of it hides."""
        for index in range(len(drawn) - 1, 0, -1):
            prepared, rect = drawn[index]
            if prepared.is_opaque and rect.covers(self._width, self._height):
                return drawn[index:]
        return drawn

    def _drawn(self, shown: list[tuple[Prepared, PixelRect]]) -> av.VideoFrame:
        if len(shown) == 1:
            only, rect = shown[0]
            if isinstance(only, Tile) and rect.is_all_of(self._width, self._height):
                return only.frame
        frame = blank_frame(self._width, self._height)
        canvas = planes_of(frame)
        if not (shown and shown[0][0].is_opaque and shown[0][1].covers(self._width, self._height)):
            for plane, level in zip(canvas, (BLACK_Y, NEUTRAL_CHROMA, NEUTRAL_CHROMA), strict=True):
                plane[:] = level
        for prepared, rect in shown:
            prepared.draw(canvas, rect)
        return frame


def _what_is_there(layer: PlacedPicture) -> Iterator[PlacedPicture]:
    """Yield a layer with no more than the part of its picture that is there; nothing if that part is not to be seen."""
    inset = layer.picture.inset
    if inset is None or not is_unscaled(inset, layer.rect, layer.crop):
        yield layer
    elif (place := part_place(layer.picture.frame, inset, layer.rect, layer.crop)) is not None:
        rect, crop = place
        yield replace(layer, picture=replace(layer.picture, inset=None), rect=rect, crop=crop)


def _prepared(layer: PlacedPicture, converter: Converter) -> Prepared:
    frame, rect = layer.picture.frame, layer.rect
    ready = layer.picture.ready
    if ready is not None and _is_drawn_as_it_is(layer):
        return ready
    if layer.picture.inset is not None:
        frame = completed(frame, layer.picture.inset)
    if layer.opacity >= 1 and not has_alpha(frame):
        return Tile(converter.opaque(frame, rect.width, rect.height, layer.crop))
    return Overlay(converter.premultiplied(frame, rect.width, rect.height, layer.crop), layer.opacity)


def _is_drawn_as_it_is(layer: PlacedPicture) -> bool:
    """Tell whether a picture's own frame is drawn neither scaled nor cropped nor faded."""
    frame, rect = layer.picture.frame, layer.rect
    is_whole = layer.picture.inset is None and not layer.crop and layer.opacity >= 1
    return is_whole and (frame.width, frame.height) == (rect.width, rect.height)


def _same(one: list[tuple[Prepared, PixelRect]], other: list[tuple[Prepared, PixelRect]]) -> bool:
    return len(one) == len(other) and all(
        mine is theirs and here == there for (mine, here), (theirs, there) in zip(one, other, strict=True)
    )
