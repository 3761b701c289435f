"""The pictures of one scene, for each rendition that is wanted: where every layer lies, then the compositor.

The portrait is a layout of the scene's own, or a window that is cut out of the landscape picture and scaled once per changed
picture. A camera that has given no picture yet is left out, unless nothing else were left: a box that says what is missing
belongs to a camera that was there. Belongs to the program's thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.compositor.compositor import Compositor, PlacedPicture
from powerstream_desktop.engine.compositor.geometry import Crop, PixelRect
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.scene.layout import lay_out
from powerstream_desktop.engine.scene.scene import Fit, Layer
from powerstream_desktop.engine.scene.sources import CameraContent
from powerstream_desktop.engine.stage.needs import Canvases, Size, layers_of
from powerstream_desktop.engine.stage.show import Show
from powerstream_desktop.engine.stage.staged_source import StagedPicture
from powerstream_desktop.platforms.endpoint import Rendition

if TYPE_CHECKING:
    import av

_WINDOW: Final = "the landscape picture"


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """One frame of a rendition.

    Attributes:
        frame: of the canvas's size; shared, nobody may write to it.
        cost_ms: what it took to make.
    """

    frame: av.VideoFrame
    cost_ms: float


class SlotPictures:
    """The sources' pictures of one slot, each asked for once however many layers and scenes show it.

    Args:
        time_s: of the slot on the program's timeline.
    """

    def __init__(self, time_s: float) -> None:
        self._time_s = time_s
        self.taken: dict[str, StagedPicture] = {}

    def take(self, show: Show, source_id: str) -> StagedPicture:
        """Return what a source shows in this slot."""
        taken = self.taken.get(source_id)
        if taken is None:
            taken = self.taken[source_id] = show.sources[source_id].picture_at(self._time_s)
        return taken


class ScenePictures:
    """Composes one scene.

    Args:
        canvases: size of each rendition.
        stopwatch: seconds, to measure the cost with.
    """

    def __init__(self, canvases: Canvases, stopwatch: Clock) -> None:
        self._canvases = canvases
        self._stopwatch = stopwatch
        self._compositors = {rendition: Compositor(*size) for rendition, size in canvases.items()}

    def compose(
        self, show: Show, wanted: Iterable[Rendition], slot: SlotPictures
    ) -> Mapping[Rendition, Composed]:
        """Return the scene's frames for one slot, of these renditions."""
        composed: dict[Rendition, Composed] = {}
        for rendition in sorted(
            wanted, key=list(Rendition).index
        ):  # the landscape first: the portrait may be cut out of it
            composed[rendition] = self._composed(show, rendition, slot, composed)
        return composed

    def _composed(
        self,
        show: Show,
        rendition: Rendition,
        slot: SlotPictures,
        so_far: Mapping[Rendition, Composed],
    ) -> Composed:
        layers = layers_of(show.scene, rendition)
        begin_s = self._stopwatch()
        if layers is None:
            whole = so_far.get(Rendition.LANDSCAPE) or self._composed(show, Rendition.LANDSCAPE, slot, so_far)
            placed = [self._window(whole.frame, show.portrait_window, self._canvases[rendition])]
        else:
            placed = _placed(show, layers, self._canvases[rendition], slot)
        frame = self._compositors[rendition].compose(placed)
        return Composed(frame, (self._stopwatch() - begin_s) * 1000)

    def _window(self, whole: av.VideoFrame, position: float, canvas: Size) -> PlacedPicture:
        return PlacedPicture(
            layer=_WINDOW,
            picture=Picture(whole, 0),
            rect=PixelRect(0, 0, *canvas),
            crop=window_crop((whole.width, whole.height), position, canvas),
        )


def window_crop(whole: Size, position: float, canvas: Size) -> Crop:
    """Return what lies outside the largest window of a canvas's shape; its edges are on the chroma grid.

    Args:
        whole: size of the picture that it is cut out of.
        position: 0 at the picture's left (or top), 1 at its right (or bottom).
        canvas: whose shape the window has.
    """
    width = min(whole[0], _even(whole[1] * canvas[0] / canvas[1]))
    height = min(whole[1], _even(whole[0] * canvas[1] / canvas[0]))
    left, top = _even((whole[0] - width) * position), _even((whole[1] - height) * position)
    return Crop(left, top, whole[0] - width - left, whole[1] - height - top)


def _placed(show: Show, layers: Iterable[Layer], canvas: Size, slot: SlotPictures) -> list[PlacedPicture]:
    visible = [layer for layer in layers if layer.visible and layer.opacity > 0]
    present = [layer for layer in visible if not _is_camera_to_come(show, layer, slot)]
    placed = (_laid_out(layer, slot.take(show, layer.source), canvas) for layer in present or visible)
    return [each for each in placed if each is not None]


def _is_camera_to_come(show: Show, layer: Layer, slot: SlotPictures) -> bool:
    is_camera = isinstance(show.sources[layer.source].source.content, CameraContent)
    return slot.take(show, layer.source).is_awaited and is_camera


def _laid_out(layer: Layer, shown: StagedPicture, canvas: Size) -> PlacedPicture | None:
    layout = lay_out(
        layer.place,
        layer.crop,
        Fit.STRETCH if _has_no_shape(shown) else layer.fit,
        source=shown.picture.size,
        canvas=canvas,
        pixel_aspect=shown.capabilities.pixel_aspect,
    )
    if layout is None:
        return None
    return PlacedPicture(
        layer=layer.id, picture=shown.picture, rect=layout.rect, crop=layout.crop, opacity=layer.opacity
    )


def _has_no_shape(shown: StagedPicture) -> bool:
    """Tell whether it fills any place, as a colour does."""
    return shown.capabilities.takes_its_place and shown.capabilities.width == 0


def _even(length: float) -> int:
    return 2 * int(length / 2)
