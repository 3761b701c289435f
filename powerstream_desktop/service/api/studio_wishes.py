"""What the studio can be asked through the API: the engine's commands under short paths (DESIGN 7).

Not among them is what belongs to the broadcast: starting and ending the engine, where it publishes, and what it encodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.engine.control import commands, sound_commands, studio_commands


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioWish:
    """One path.

    Attributes:
        path: below ``/api/studio/``.
        name: of the operation.
        command: what its body is: a frozen value of the engine's protocol without its type.
        named: the field that holds the id of a "scene", a "source" or a "channel", for which a name will do as well; or none.
    """

    path: str
    name: str
    command: Any
    named: str = ""


WISHES: Final = (
    StudioWish(path="scene", name="switch_scene", command=studio_commands.SwitchScene, named="scene"),
    StudioWish(path="scenes", name="put_scene", command=studio_commands.PutScene),
    StudioWish(path="scenes/remove", name="remove_scene", command=studio_commands.RemoveScene, named="scene"),
    StudioWish(path="source", name="put_source", command=studio_commands.PutSource),
    StudioWish(
        path="source/remove", name="remove_source", command=studio_commands.RemoveSource, named="source"
    ),
    StudioWish(path="source/restart", name="restart_source", command=commands.RestartSource, named="source"),
    StudioWish(path="layer", name="change_layer", command=studio_commands.ChangeLayer),
    StudioWish(path="layer/add", name="add_layer", command=studio_commands.AddLayer, named="scene"),
    StudioWish(path="layer/remove", name="remove_layer", command=studio_commands.RemoveLayer),
    StudioWish(path="layer/move", name="move_layer", command=studio_commands.MoveLayer),
    StudioWish(path="transition", name="set_transition", command=studio_commands.SetTransition),
    StudioWish(path="portrait", name="set_portrait_window", command=studio_commands.SetPortraitWindow),
    StudioWish(path="replace", name="replace_studio", command=studio_commands.ReplaceStudio),
    StudioWish(path="undo", name="undo_edit", command=studio_commands.Undo),
    StudioWish(path="redo", name="redo_edit", command=studio_commands.Redo),
    StudioWish(path="audio/channel", name="put_channel", command=sound_commands.PutChannel),
    StudioWish(
        path="audio/remove", name="remove_channel", command=sound_commands.RemoveChannel, named="channel"
    ),
    StudioWish(path="audio/replace", name="replace_sound", command=sound_commands.ReplaceSound),
    StudioWish(path="talk", name="hold_to_talk", command=commands.HoldToTalk, named="channel"),
    StudioWish(path="privacy", name="set_privacy", command=commands.Privacy),
    StudioWish(path="preview", name="watch_preview", command=commands.WatchPreview),
    StudioWish(path="preview/stop", name="stop_preview", command=commands.StopPreview),
    StudioWish(path="levels", name="watch_levels", command=commands.WatchLevels),
    StudioWish(path="devices", name="watch_devices", command=commands.WatchDevices),
    StudioWish(path="keyframe", name="force_keyframe", command=commands.ForceKeyframe),
)
"""``audio`` itself is a form of its own: it mutes a channel, moves its fader, or both."""
