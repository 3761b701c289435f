"""What the actions are called, for people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.desktop.hotkeys.action import SCENES, HotkeyAction


def action_name(action: HotkeyAction) -> str:
    """Return what an action is called in the window's language."""
    translate = QCoreApplication.translate
    if action in SCENES:
        return translate("Hotkeys", "Scene {number}").format(number=SCENES[action])
    names = {
        HotkeyAction.GO_LIVE_OR_END: translate("Hotkeys", "Go live or end"),
        HotkeyAction.MARK: translate("Hotkeys", "Mark a moment"),
        HotkeyAction.MUTE_MICROPHONE: translate("Hotkeys", "Mute the microphone"),
        HotkeyAction.PUSH_TO_TALK: translate("Hotkeys", "Push to talk"),
        HotkeyAction.PRIVACY: translate("Hotkeys", "Privacy: be right back"),
        HotkeyAction.SPLIT: translate("Hotkeys", "Split the recording"),
        HotkeyAction.CLIP: translate("Hotkeys", "Save the last 30 seconds"),
    }
    return names[action]
