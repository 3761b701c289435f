"""What the studio desk is told: edits of sources, scenes and layers. Frozen values; see ``commands``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from powerstream_desktop.engine.scene.scene import Layer, Scene
from powerstream_desktop.engine.scene.sources import Source
from powerstream_desktop.engine.scene.studio import Studio, Transition
from powerstream_desktop.platforms.endpoint import Rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchScene:
    """Put a scene on.

    Attributes:
        scene: its id.
        transition: for this once; ``None`` for the studio's own.
    """

    type: Literal["switch_scene"] = "switch_scene"
    scene: str
    transition: Transition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutSource:
    """Add a source, or put it in the place of the one with its id.

    Attributes:
        source: the whole of it.
    """

    type: Literal["put_source"] = "put_source"
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSource:
    """Remove a source and every layer that shows it.

    Attributes:
        source: its id.
    """

    type: Literal["remove_source"] = "remove_source"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutScene:
    """Add a scene behind the others, or put it in the place of the one with its id. Locked layers of that one must be in it unchanged.

    Attributes:
        scene: the whole of it.
    """

    type: Literal["put_scene"] = "put_scene"
    scene: Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveScene:
    """Remove a scene that is not on.

    Attributes:
        scene: its id.
    """

    type: Literal["remove_scene"] = "remove_scene"
    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLayer:
    """Add a layer in front of the others of a scene.

    Attributes:
        scene: id of the scene.
        layer: the whole of it.
        rendition: whose picture; for ``portrait`` the scene must have a portrait layout of its own.
    """

    type: Literal["add_layer"] = "add_layer"
    scene: str
    layer: Layer
    rendition: Rendition = Rendition.LANDSCAPE


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLayer:
    """Put a layer in the place of the one with its id. Changes of one layer within a second of another are one undo step.

    Attributes:
        layer: the whole of it.
    """

    type: Literal["change_layer"] = "change_layer"
    layer: Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLayer:
    """Remove a layer.

    Attributes:
        layer: its id.
    """

    type: Literal["remove_layer"] = "remove_layer"
    layer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLayer:
    """Move a layer to another place in its scene's order.

    Attributes:
        layer: its id.
        to_index: how many layers lie behind it; beyond the last is the front.
    """

    type: Literal["move_layer"] = "move_layer"
    layer: str
    to_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTransition:
    """Choose how scenes change from now on.

    Attributes:
        transition: the studio's new one.
    """

    type: Literal["set_transition"] = "set_transition"
    transition: Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPortraitWindow:
    """Move the portrait's window over the landscape picture; live, and within a second of another move one undo step.

    Attributes:
        position: 0 at its left, 1 at its right.
    """

    type: Literal["set_portrait_window"] = "set_portrait_window"
    position: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceStudio:
    """Take another studio as a whole; its ``current`` scene goes on. It can be undone.

    Attributes:
        studio: all sources and scenes.
    """

    type: Literal["replace_studio"] = "replace_studio"
    studio: Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take the last edit of the studio back; which scene is on is no edit."""

    type: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """Make the last undone edit again."""

    type: Literal["redo"] = "redo"


StudioCommand: TypeAlias = (
    SwitchScene
    | PutSource
    | RemoveSource
    | PutScene
    | RemoveScene
    | AddLayer
    | ChangeLayer
    | RemoveLayer
    | MoveLayer
    | SetTransition
    | SetPortraitWindow
    | ReplaceStudio
    | Undo
    | Redo
)
"""What the studio desk obeys."""
