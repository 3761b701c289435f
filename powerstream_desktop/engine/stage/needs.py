"""Which sources a studio needs open, and at what size each is shown at most. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from powerstream_desktop.engine.scene.scene import Layer, Scene
from powerstream_desktop.engine.scene.sources import CameraContent, TextContent
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.platforms.endpoint import Rendition

Size: TypeAlias = tuple[int, int]
Canvases: TypeAlias = Mapping[Rendition, Size]
"""Width and height in pixels of what may be encoded."""


def layers_of(scene: Scene, rendition: Rendition) -> tuple[Layer, ...] | None:
    """Return the layers of a scene in a rendition; ``None`` where the portrait takes a window of the landscape."""
    return scene.layers if rendition is Rendition.LANDSCAPE else scene.portrait


def shown_sizes(studio: Studio, canvases: Canvases) -> dict[str, Size]:
    """Return the sources that can be seen in the scene that is on, each with the largest place it has there, in pixels.

    Letters have a size of their own: painted for a larger place in the portrait they would be smaller in the landscape.
    """
    texts = {source.id for source in studio.sources if isinstance(source.content, TextContent)}
    sizes: dict[str, Size] = {}
    for rendition in sorted(canvases, key=list(Rendition).index):  # the landscape first
        width, height = canvases[rendition]
        settled = texts & sizes.keys()
        for layer in _visible_layers(studio.on_air, rendition):
            if layer.source not in settled:
                size = (round(layer.place.width * width), round(layer.place.height * height))
                sizes[layer.source] = max(sizes.get(layer.source, (0, 0)), size, key=_area)
    return sizes


def kept_cameras(studio: Studio) -> set[str]:
    """Return the cameras that any scene shows: they are slow to open, so they stay open while their scenes are off."""
    cameras = {source.id for source in studio.sources if isinstance(source.content, CameraContent)}
    shown = {layer.source for scene in studio.scenes for layer in (*scene.layers, *(scene.portrait or ()))}
    return cameras & shown


def _visible_layers(scene: Scene, rendition: Rendition) -> Iterator[Layer]:
    for layer in layers_of(scene, rendition) or ():
        if layer.visible and layer.opacity > 0:
            yield layer


def _area(size: Size) -> int:
    return size[0] * size[1]
