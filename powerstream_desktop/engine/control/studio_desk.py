"""The studio's truth: every edit passes here and gives a new desk, so that one that fails has changed nothing. Pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.engine.control.studio_commands import (
    AddLayer,
    ChangeLayer,
    MoveLayer,
    PutScene,
    PutSource,
    Redo,
    RemoveLayer,
    RemoveScene,
    RemoveSource,
    ReplaceStudio,
    SetPortraitWindow,
    SetTransition,
    StudioCommand,
    SwitchScene,
    Undo,
)
from powerstream_desktop.engine.scene.history import History
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.platforms.endpoint import Rendition

DRAG_S: Final = 1.0
"""From one step of a drag to the next; a longer pause makes two edits of it."""
_PORTRAIT_WINDOW: Final = "the portrait window"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drag:
    """What was moved last, and when (monotonic seconds)."""

    what: str
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioDesk:
    """The studio with its history. A value: obeying gives a new one.

    Attributes:
        history: the studio, and what can be undone and redone.
    """

    history: History
    last_drag: _Drag | None = None

    @property
    def studio(self) -> Studio:
        """All sources and scenes."""
        return self.history.present

    @property
    def can_undo(self) -> bool:
        """There is an edit to undo."""
        return bool(self.history.past)

    @property
    def can_redo(self) -> bool:
        """There is an undone edit to make again."""
        return bool(self.history.future)

    def obeyed(self, command: StudioCommand, now: float) -> StudioDesk:
        """Return the desk after a command.

        Args:
            command: what to do.
            now: monotonic seconds.

        Raises:
            UserError: it cannot be done.
        """
        match command:
            case SwitchScene(scene=scene_id):
                return dataclasses.replace(self, history=self.history.switched_to(scene_id))
            case Undo():
                return StudioDesk(history=self.history.undone())
            case Redo():
                return StudioDesk(history=self.history.redone())
        edited = _edited(self.studio, command)
        what = _dragged(command)
        if what and self.last_drag and self.last_drag.what == what and now - self.last_drag.at_s <= DRAG_S:
            history = self.history.amended(edited)
        else:
            history = self.history.edited(edited)
        return StudioDesk(history=history, last_drag=_Drag(what=what, at_s=now) if what else None)


def _edited(studio: Studio, command: StudioCommand) -> Studio:
    match command:
        case PutSource(source=source):
            return studio.with_source(source)
        case RemoveSource(source=source_id):
            return studio.without_source(source_id)
        case PutScene(scene=scene):
            return studio.with_scene(scene)
        case RemoveScene(scene=scene_id):
            return studio.without_scene(scene_id)
        case AddLayer(scene=scene_id, layer=layer, rendition=rendition):
            return studio.with_layer(scene_id, layer, is_portrait=rendition is Rendition.PORTRAIT)
        case ChangeLayer(layer=layer):
            return studio.with_changed_layer(layer)
        case RemoveLayer(layer=layer_id):
            return studio.without_layer(layer_id)
        case MoveLayer(layer=layer_id, to_index=to_index):
            return studio.with_moved_layer(layer_id, to_index)
        case SetTransition(transition=transition):
            return dataclasses.replace(studio, transition=transition)
        case SetPortraitWindow(position=position):
            return dataclasses.replace(studio, portrait_window=position)
        case ReplaceStudio(studio=other):
            return other
        case _:
            return studio


def _dragged(command: StudioCommand) -> str:
    """Return what this command may be one step of dragging; empty for none."""
    match command:
        case ChangeLayer(layer=layer):
            return f"layer {layer.id}"
        case SetPortraitWindow():
            return _PORTRAIT_WINDOW
        case _:
            return ""
