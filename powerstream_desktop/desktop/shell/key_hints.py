"""Which hotkeys the foot names: the two that a broadcast needs, if they are heard."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.hotkeys import HotkeysStatus
from powerstream_desktop.desktop.hotkeys.key_words import key_words
from powerstream_desktop.desktop.hotkeys.names import action_name
from powerstream_desktop.desktop.shell.foot import KeyHint

NAMED: Final = (HotkeyAction.MARK, HotkeyAction.MUTE_MICROPHONE)


def key_hints(status: HotkeysStatus, system: str) -> tuple[KeyHint, ...]:
    """Return what the foot names; a key that nobody hears would be a lie.

    Args:
        status: how the hotkeys stand.
        system: as ``sys.platform``.
    """
    hints = []
    for action in NAMED:
        binding, keys = status.backend.bindings.get(action), status.keymap.keys.get(action)
        if binding is None or not binding.is_bound:
            continue
        shown = binding.trigger or (key_words(keys, system) if keys is not None else "")
        if shown:
            hints.append(KeyHint(action=action_name(action), keys=shown))
    return tuple(hints)
