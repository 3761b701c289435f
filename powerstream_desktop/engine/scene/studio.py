"""The studio: all sources and scenes and which scene is on, as one value. Every edit gives a new one.

An edit that cannot be done raises ``UserError`` and changes nothing, so the studio on the air is always a whole one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.scene.scene import Layer, Scene
from powerstream_desktop.engine.scene.sources import Source

MAX_SOURCES = 500
MAX_SCENES = 100
MAX_LAYERS = 50
MAX_FADE_MS = 5_000

ItemT = TypeVar("ItemT", Scene, Source)


class TransitionKind(StrEnum):
    """How one scene becomes the next."""

    CUT = "cut"
    FADE = "fade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """How scenes change.

    Attributes:
        kind: a cut takes no time.
        duration_ms: of a fade, 1 to 5,000.
    """

    kind: TransitionKind = TransitionKind.CUT
    duration_ms: int = 300

    def __post_init__(self) -> None:
        if not 0 < self.duration_ms <= MAX_FADE_MS:
            raise UserError(f"A transition lasts up to {MAX_FADE_MS} ms.")


CUT = Transition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Everything that can be put on air.

    Attributes:
        sources: all that layers can show, at most 500.
        scenes: in their order, 1 to 100.
        current: id of the scene that is on.
        transition: how the next scene comes on.
        portrait_window: where the portrait rendition's window lies over the landscape picture: 0 at its left, 1 at its right.
    """

    sources: tuple[Source, ...]
    scenes: tuple[Scene, ...]
    current: str
    transition: Transition = CUT
    portrait_window: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.portrait_window <= 1:
            raise UserError("The portrait window must lie inside the picture.")
        _check_ids(self)

    # Reading.

    @property
    def on_air(self) -> Scene:
        """The scene that is on."""
        return self.scene(self.current)

    def scene(self, scene_id: str) -> Scene:
        """Return a scene.

        Raises:
            UserError: there is none of that id.
        """
        return _found(self.scenes, scene_id, "scene")

    def source(self, source_id: str) -> Source:
        """Return a source.

        Raises:
            UserError: there is none of that id.
        """
        return _found(self.sources, source_id, "source")

    # Sources.

    def with_source(self, source: Source) -> Studio:
        """Add a source, or put it in the place of the one with its id."""
        kept = tuple(source if each.id == source.id else each for each in self.sources)
        return dataclasses.replace(self, sources=kept if source in kept else (*kept, source))

    def without_source(self, source_id: str) -> Studio:
        """Remove a source and every layer that shows it.

        Raises:
            UserError: there is none of that id, or a locked layer shows it.
        """
        self.source(source_id)
        layers = [layer for scene in self.scenes for layer in (*scene.layers, *(scene.portrait or ()))]
        if any(layer.source == source_id and layer.locked for layer in layers):
            raise UserError("A locked layer shows this source.", hint="Unlock the layer first.")
        scenes = tuple(_without_source(scene, source_id) for scene in self.scenes)
        sources = tuple(each for each in self.sources if each.id != source_id)
        return dataclasses.replace(self, sources=sources, scenes=scenes)

    # Scenes.

    def switched_to(self, scene_id: str) -> Studio:
        """Put a scene on."""
        return dataclasses.replace(self, current=self.scene(scene_id).id)

    def with_scene(self, scene: Scene) -> Studio:
        """Add a scene behind the others, or put it in the place of the one with its id.

        Raises:
            UserError: a locked layer of the one before would be changed or lost.
        """
        for before in self.scenes:
            if before.id == scene.id:
                _check_locked(before.layers, scene.layers)
                _check_locked(before.portrait or (), scene.portrait or ())
        kept = tuple(scene if each.id == scene.id else each for each in self.scenes)
        return dataclasses.replace(self, scenes=kept if scene in kept else (*kept, scene))

    def without_scene(self, scene_id: str) -> Studio:
        """Remove a scene.

        Raises:
            UserError: there is none of that id, it is on, or it is the last one.
        """
        scene = self.scene(scene_id)
        if scene_id == self.current:
            raise UserError(f"{scene.name!r} is on air.", hint="Switch to another scene first.")
        return dataclasses.replace(self, scenes=tuple(each for each in self.scenes if each.id != scene_id))

    # Layers.

    def with_layer(self, scene_id: str, layer: Layer, *, is_portrait: bool = False) -> Studio:
        """Add a layer in front of the others of a scene.

        Raises:
            UserError: there is no such scene or source, or the scene has no portrait layout.
        """
        self.source(layer.source)
        scene = self.scene(scene_id)
        if not is_portrait:
            return self.with_scene(dataclasses.replace(scene, layers=(*scene.layers, layer)))
        if scene.portrait is None:
            raise UserError(
                f"{scene.name!r} has no portrait layout.", hint="It takes a window of the landscape picture."
            )
        return self.with_scene(dataclasses.replace(scene, portrait=(*scene.portrait, layer)))

    def without_layer(self, layer_id: str) -> Studio:
        """Remove a layer.

        Raises:
            UserError: there is none of that id, or it is locked.
        """
        return self._with_layers_of(layer_id, lambda layers, index: (*layers[:index], *layers[index + 1 :]))

    def with_changed_layer(self, layer: Layer) -> Studio:
        """Put ``layer`` in the place of the one with its id.

        Raises:
            UserError: there is none of that id, or it is locked and the change does not unlock it.
        """
        self.source(layer.source)
        return self._with_layers_of(
            layer.id,
            lambda layers, index: (*layers[:index], layer, *layers[index + 1 :]),
            may_be_locked=not layer.locked,
        )

    def with_moved_layer(self, layer_id: str, to_index: int) -> Studio:
        """Move a layer to another place in its scene's order; 0 is the back.

        Raises:
            UserError: there is none of that id, or it is locked.
        """

        def moved(layers: tuple[Layer, ...], index: int) -> tuple[Layer, ...]:
            rest = [*layers[:index], *layers[index + 1 :]]
            rest.insert(max(0, min(to_index, len(rest))), layers[index])
            return tuple(rest)

        return self._with_layers_of(layer_id, moved)

    def _with_layers_of(
        self,
        layer_id: str,
        edit: Callable[[tuple[Layer, ...], int], tuple[Layer, ...]],
        *,
        may_be_locked: bool = False,
    ) -> Studio:
        """Edit the list that holds a layer, be it of a scene's landscape or portrait picture."""
        for scene in self.scenes:
            for rendition, layers in (("layers", scene.layers), ("portrait", scene.portrait or ())):
                for index, layer in enumerate(layers):
                    if layer.id == layer_id:
                        if layer.locked and not may_be_locked:
                            raise UserError("This layer is locked.", hint="Unlock it first.")
                        return self.with_scene(
                            dataclasses.replace(scene, **{rendition: edit(layers, index)})  # type: ignore[arg-type]
                        )
        raise UserError("There is no such layer.", hint="It may have been removed already.")


def _check_locked(before: tuple[Layer, ...], after: tuple[Layer, ...]) -> None:
    """Refuse to change or lose a locked layer; to unlock it is no change."""
    for layer in before:
        if layer.locked and not any(
            each == layer or (each.id == layer.id and not each.locked) for each in after
        ):
            raise UserError("A layer of this scene is locked.", hint="Unlock it first.")


def _without_source(scene: Scene, source_id: str) -> Scene:
    portrait = scene.portrait
    return dataclasses.replace(
        scene,
        layers=tuple(layer for layer in scene.layers if layer.source != source_id),
        portrait=None if portrait is None else tuple(each for each in portrait if each.source != source_id),
    )


def _found(items: tuple[ItemT, ...], wanted: str, what: str) -> ItemT:
    for item in items:
        if item.id == wanted:
            return item
    raise UserError(f"There is no such {what}.", hint="It may have been removed already.")


def _check_ids(studio: Studio) -> None:
    if not 1 <= len(studio.scenes) <= MAX_SCENES:
        raise UserError(f"A studio has 1 to {MAX_SCENES} scenes.")
    if len(studio.sources) > MAX_SOURCES:
        raise UserError(f"A studio has at most {MAX_SOURCES} sources.")
    layers = [layer for scene in studio.scenes for layer in (*scene.layers, *(scene.portrait or ()))]
    for ids in (
        [each.id for each in studio.sources],
        [each.id for each in studio.scenes],
        [each.id for each in layers],
    ):
        if len(set(ids)) < len(ids):
            raise UserError("Two things in the studio have the same id.")
    if any(
        len(scene.layers) > MAX_LAYERS or len(scene.portrait or ()) > MAX_LAYERS for scene in studio.scenes
    ):
        raise UserError(f"A scene has at most {MAX_LAYERS} layers.")
    known = {source.id for source in studio.sources}
    if any(layer.source not in known for layer in layers):
        raise UserError("A layer shows a source that is not there.")
    if studio.current not in {scene.id for scene in studio.scenes}:
        raise UserError("The scene that is on is not there.")
