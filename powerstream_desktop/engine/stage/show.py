"""What the program shows: one frozen value, replaced whole by the engine's control thread and read by the program's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powerstream_desktop.engine.scene.scene import Scene
from powerstream_desktop.engine.scene.studio import Transition
from powerstream_desktop.engine.stage.staged_source import StagedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A scene and the sources that it shows.

    Attributes:
        scene: on air.
        transition: how this scene follows on another one.
        portrait_window: where the portrait's window lies over the landscape, 0 (left) to 1 (right).
        sources: by id, all that the scene shows.
    """

    scene: Scene
    transition: Transition
    portrait_window: float
    sources: Mapping[str, StagedSource]
