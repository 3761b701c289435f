"""What a hotkey can do. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class HotkeyAction(StrEnum):
    """What can be done by a key; the value is the setting's name below ``hotkeys``. In the order of the settings.

    Where two actions were given the same key, the first of them gets it.
    """

    GO_LIVE_OR_END = "go_live_or_end"
    MARK = "mark"
    MUTE_MICROPHONE = "mute_microphone"
    PUSH_TO_TALK = "push_to_talk"
    PRIVACY = "privacy"
    SPLIT = "split"
    CLIP = "clip"
    SCENE_1 = "scene_1"
    SCENE_2 = "scene_2"
    SCENE_3 = "scene_3"
    SCENE_4 = "scene_4"
    SCENE_5 = "scene_5"
    SCENE_6 = "scene_6"
    SCENE_7 = "scene_7"
    SCENE_8 = "scene_8"
    SCENE_9 = "scene_9"


SCENES: Final = {
    action: int(action.value.removeprefix("scene_"))
    for action in HotkeyAction
    if action.value.startswith("scene_")
}
"""The scene that an action puts on, counted from 1."""
