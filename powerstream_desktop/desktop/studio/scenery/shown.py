"""Sources, scenes and layers as the engine told them: read once from the API's words, then shown and edited as values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.client.reading import Words, read_answer
from powerstream_desktop.client.studio import StudioStatus
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.studio.scenery.box import WHOLE, Box


@dataclass(frozen=True, slots=True, kw_only=True)
class CropShares:
    """What is left out of a source at each side, in shares of its width and height; 0 to less than 1."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


UNCROPPED: Final = CropShares()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLayer:
    """One source in one place.

    Attributes:
        words: as the API said it; what is not read here is kept in it.
        source: id of what it shows.
        fit: ``whole``, ``fill`` or ``stretch``.
        opacity: 0 to 1.
    """

    words: Words
    id: str
    source: str
    place: Box = WHOLE
    crop: CropShares = UNCROPPED
    fit: str = "whole"
    opacity: float = 1.0
    visible: bool = True
    locked: bool = False

    def body(self) -> dict[str, Any]:
        """Return it as the API takes it."""
        return {
            **self.words,
            "id": self.id,
            "source": self.source,
            "place": dataclasses.asdict(self.place),
            "crop": dataclasses.asdict(self.crop),
            "fit": self.fit,
            "opacity": self.opacity,
            "visible": self.visible,
            "locked": self.locked,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource:
    """One thing that can be shown.

    Attributes:
        content: what it is, in the API's words, with its ``type``.
    """

    words: Words
    id: str
    name: str
    content: Words

    @property
    def kind(self) -> str:
        """Such as ``camera``."""
        return str(self.content.get("type", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownScene:
    """What is seen at one time.

    Attributes:
        layers: from back to front.
        portrait: those of the portrait rendition; None when it is a window of the landscape picture.
    """

    words: Words
    id: str
    name: str
    layers: tuple[ShownLayer, ...] = ()
    portrait: tuple[ShownLayer, ...] | None = None

    def layer(self, layer_id: str) -> ShownLayer | None:
        """Return a layer of the landscape picture; None if there is none of that id any more."""
        return next((layer for layer in self.layers if layer.id == layer_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTransition:
    """How scenes change.

    Attributes:
        kind: ``cut`` or ``fade``.
        duration_ms: of a fade.
    """

    kind: str = "cut"
    duration_ms: int = 300


CUT: Final = ShownTransition()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStudio:
    """All that can be put on air.

    Attributes:
        current: id of the scene that is on.
        portrait_window: where the portrait's window lies over the landscape, 0 (left) to 1 (right).
    """

    words: Words
    sources: tuple[ShownSource, ...]
    scenes: tuple[ShownScene, ...]
    current: str
    transition: ShownTransition = CUT
    portrait_window: float = 0.5

    @property
    def on_air(self) -> ShownScene | None:
        """The scene that is on; None only when the engine's word makes no sense."""
        return self.scene(self.current)

    def scene(self, scene_id: str) -> ShownScene | None:
        """Return a scene; None if there is none of that id."""
        return next((scene for scene in self.scenes if scene.id == scene_id), None)

    def source(self, source_id: str) -> ShownSource | None:
        """Return a source; None if there is none of that id."""
        return next((source for source in self.sources if source.id == source_id), None)

    def uses_of(self, source_id: str) -> int:
        """Return how many layers show a source, in all scenes."""
        return sum(
            layer.source == source_id
            for scene in self.scenes
            for layer in (*scene.layers, *(scene.portrait or ()))
        )


def shown_studio(status: StudioStatus | None) -> ShownStudio | None:
    """Return what there is to show; None before an engine told it, and when its words cannot be read."""
    if status is None or status.studio is None:
        return None
    try:
        return read_answer(ShownStudio, status.studio.words, "studio")
    except PowerStreamError:  # an engine of another age: the page says that nothing is known yet
        return None
