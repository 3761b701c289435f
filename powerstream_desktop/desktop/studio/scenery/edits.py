"""What can be asked of the studio, as the API takes it. Pure; nothing here changes what is shown: the engine tells that."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.desktop.studio.scenery.shown import (
    ShownLayer,
    ShownScene,
    ShownStudio,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One command.

    Attributes:
        path: below ``/api/studio/``.
        body: its fields.
        is_repeatable: obeyed twice it does no more than obeyed once, so a service that died meanwhile is asked again.
    """

    path: str
    body: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    is_repeatable: bool = False


UNDO: Final = Edit(path="undo")
REDO: Final = Edit(path="redo")


def new_id(kind: str) -> str:
    """Return an id that nobody has."""
    return f"{kind}-{uuid.uuid4().hex[:12]}"


# Scenes.


def switch_to(scene_id: str) -> Edit:
    """Put a scene on."""
    return Edit(path="scene", body={"scene": scene_id}, is_repeatable=True)


def add_scene(scene_id: str, name: str) -> Edit:
    """Add an empty scene behind the others."""
    scene: dict[str, Any] = {"id": scene_id, "name": name, "layers": [], "portrait": None}
    return Edit(path="scenes", body={"scene": scene}, is_repeatable=True)


def copy_scene(scene: ShownScene, scene_id: str, name: str) -> Edit:
    """Add a scene with the same layers, of the same sources."""
    body = {
        "id": scene_id,
        "name": name,
        "layers": [_copied(layer) for layer in scene.layers],
        "portrait": None if scene.portrait is None else [_copied(layer) for layer in scene.portrait],
    }
    return Edit(path="scenes", body={"scene": body}, is_repeatable=True)


def rename_scene(scene: ShownScene, name: str) -> Edit:
    """Call a scene something else."""
    return Edit(path="scenes", body={"scene": {**scene.words, "name": name}}, is_repeatable=True)


def remove_scene(scene_id: str) -> Edit:
    """Remove a scene that is not on."""
    return Edit(path="scenes/remove", body={"scene": scene_id})


def move_scene(studio: ShownStudio, scene_id: str, to_index: int) -> Edit | None:
    """Put a scene at another place in the order; None when it is there already, or is not there at all."""
    order = [scene.id for scene in studio.scenes]
    if scene_id not in order:
        return None
    wanted = [each for each in order if each != scene_id]
    wanted.insert(max(0, min(to_index, len(wanted))), scene_id)
    if wanted == order:
        return None
    words = {scene.id: scene.words for scene in studio.scenes}
    body = {**studio.words, "scenes": [words[each] for each in wanted]}
    return Edit(path="replace", body={"studio": body}, is_repeatable=True)


def set_transition(kind: str, duration_ms: int) -> Edit:
    """Choose how scenes change from now on."""
    return Edit(
        path="transition",
        body={"transition": {"kind": kind, "durationMs": duration_ms}},
        is_repeatable=True,
    )


def set_portrait_window(position: float) -> Edit:
    """Move the portrait's window, 0 (left) to 1 (right)."""
    return Edit(path="portrait", body={"position": max(0.0, min(1.0, position))}, is_repeatable=True)


def set_privacy(is_on: bool) -> Edit:
    """Show "Be right back" and mute everything, or show and play again."""
    return Edit(path="privacy", body={"isOn": is_on}, is_repeatable=True)


# Layers and sources.


def add_layer(scene_id: str, layer: ShownLayer) -> Edit:
    """Add a layer in front of the others."""
    return Edit(path="layer/add", body={"scene": scene_id, "layer": layer.body()})


def change_layer(layer: ShownLayer) -> Edit:
    """Put a layer in the place of the one with its id."""
    return Edit(path="layer", body={"layer": layer.body()}, is_repeatable=True)


def remove_layer(layer_id: str) -> Edit:
    """Remove a layer; its source stays."""
    return Edit(path="layer/remove", body={"layer": layer_id})


def move_layer(layer_id: str, to_index: int) -> Edit:
    """Put a layer at another place in the order; 0 is the back."""
    return Edit(path="layer/move", body={"layer": layer_id, "toIndex": max(0, to_index)}, is_repeatable=True)


def put_source(source_id: str, name: str, content: Mapping[str, Any]) -> Edit:
    """Add a source, or put it in the place of the one with its id."""
    source = {"id": source_id, "name": name, "content": dict(content)}
    return Edit(path="source", body={"source": source}, is_repeatable=True)


def remove_source(source_id: str) -> Edit:
    """Remove a source and every layer that shows it."""
    return Edit(path="source/remove", body={"source": source_id})


def restart_source(source_id: str) -> Edit:
    """Play a media file from its beginning, or open a source anew."""
    return Edit(path="source/restart", body={"source": source_id}, is_repeatable=True)


def _copied(layer: ShownLayer) -> dict[str, Any]:
    return {**layer.body(), "id": new_id("layer")}
