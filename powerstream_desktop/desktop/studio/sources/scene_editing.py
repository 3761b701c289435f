"""What the editor's parts share: the scene that is on, which of its layers is selected, and what was just asked of it.

The one truth that is not the engine's is what the mouse wants while a drag is not yet told back: so the frame follows the mouse
and not the engine's answers.
"""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.edits import Edit
from powerstream_desktop.desktop.studio.scenery.shown import (
    ShownLayer,
    ShownScene,
    ShownSource,
    ShownStudio,
    shown_studio,
)


class SceneEditing(QObject):
    """The scene on air, as it is edited. Lives on the window's thread.

    Args:
        surroundings: what the window lends.
        parent: the page.
    """

    changed = Signal()
    """The studio, or what is wanted of it, is another."""
    selected_changed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._hand = StudioHand(surroundings, self)
        self._studio = shown_studio(surroundings.feed.now.studio)
        self._selected = ""
        self._wanted: ShownLayer | None = None
        self._is_held = False
        self._hand.drag_refused.connect(self._forget_wanted)
        surroundings.feed.studio_changed.connect(self._follow)

    @property
    def studio(self) -> ShownStudio | None:
        """All scenes and sources; None before the engine told them."""
        return self._studio

    @property
    def scene(self) -> ShownScene | None:
        """The scene that is on."""
        return self._studio.on_air if self._studio is not None else None

    @property
    def layers(self) -> tuple[ShownLayer, ...]:
        """Its layers from back to front; one that is being dragged is where the mouse wants it."""
        scene, wanted = self.scene, self._wanted
        if scene is None:
            return ()
        return tuple(wanted if wanted is not None and wanted.id == each.id else each for each in scene.layers)

    @property
    def selected(self) -> ShownLayer | None:
        """The selected layer; None for none."""
        return next((layer for layer in self.layers if layer.id == self._selected), None)

    def source_of(self, layer: ShownLayer) -> ShownSource | None:
        """Return what a layer shows."""
        return self._studio.source(layer.source) if self._studio is not None else None

    def name_of(self, layer: ShownLayer) -> str:
        """Return what a layer is called: its source's name."""
        source = self.source_of(layer)
        return source.name if source is not None else layer.source

    def select(self, layer_id: str) -> None:
        """Select a layer; empty for none."""
        if layer_id != self._selected:
            self._selected = layer_id
            self.selected_changed.emit()

    def drag_to(self, layer: ShownLayer) -> None:
        """Have a layer be so, as one step of a drag; ``let_go`` ends it."""
        self._is_held = True
        self._wanted = layer
        self._hand.drag(edits.change_layer(layer))
        self.changed.emit()

    def let_go(self) -> None:
        """End a drag: from now on the engine's word counts again."""
        self._is_held = False
        self._settle()

    def change(self, layer: ShownLayer) -> None:
        """Have a layer be so, at once."""
        self._wanted = layer
        self._hand.obey(edits.change_layer(layer), otherwise=self._refused)
        self.changed.emit()

    def nudge(self, dx: float, dy: float) -> None:
        """Move the selected layer a little."""
        layer = self.selected
        if layer is not None and not layer.locked:
            self.drag_to(dataclasses.replace(layer, place=layer.place.moved(dx, dy)))
            self.let_go()

    def remove(self, layer: ShownLayer) -> None:
        """Remove a layer, and its source with it if nothing else shows it. The studio's history brings both back."""
        is_last = self._studio is not None and self._studio.uses_of(layer.source) <= 1
        self.obey(edits.remove_source(layer.source) if is_last else edits.remove_layer(layer.id))

    def obey(self, *wanted: Edit) -> None:
        """Have edits obeyed that are no drag."""
        self._hand.obey(*wanted)

    def _follow(self, *_: object) -> None:
        self._studio = shown_studio(self._surroundings.feed.now.studio)
        if not self._is_held and not self._hand.is_dragging:
            self._wanted = None
        self.changed.emit()
        if self._selected and self.selected is None:
            self.select("")

    def _settle(self) -> None:
        """Forget what was wanted once it is so."""
        wanted, scene = self._wanted, self.scene
        told = scene.layer(wanted.id) if wanted is not None and scene is not None else None
        if wanted is not None and (told is None or _is_so(told, wanted)):
            self._wanted = None
            self.changed.emit()

    def _refused(self, error: PowerStreamError) -> None:
        self._surroundings.ways.say(error.title, error.hint)
        self._forget_wanted()

    def _forget_wanted(self) -> None:
        self._wanted = None
        self.changed.emit()


def _is_so(told: ShownLayer, wanted: ShownLayer) -> bool:
    same = dataclasses.replace(told, words=wanted.words, place=wanted.place) == wanted
    return same and told.place.is_near(wanted.place)
