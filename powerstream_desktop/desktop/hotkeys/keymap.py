"""Which key does what: read from the settings, and looked through for keys that cannot be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from powerstream_desktop.client.settings import Value
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction

_PREFIX: Final = "hotkeys."
_ENABLED: Final = "hotkeys.enabled"

EVERYDAY: Final = frozenset(
    KeyCombination.of(text)
    for text in (
        *(f"{held}+{key}" for held in ("Ctrl", "Meta") for key in "ACFNOPQSTVWXYZ"),
        "Ctrl+Shift+Z", "Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End", "Alt+F4", "Ctrl+Insert", "Ctrl+Delete",
        "Meta+Shift+Z", "Ctrl+Alt+Delete",
    )
)  # fmt: skip
"""What every program, or the system itself, understands: whoever took these would take copying away from all programs."""


class ClashKind(Enum):
    """Why a key cannot be listened for."""

    OTHER_ACTION = "other-action"
    """Another action, that stands before this one, has it."""
    EVERYDAY = "everyday"
    """All programs need it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A key that cannot be listened for.

    Attributes:
        kind: why.
        other: the action that has it, of ``OTHER_ACTION``.
    """

    kind: ClashKind
    other: HotkeyAction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keymap:
    """What the user chose.

    Attributes:
        is_wanted: keys shall be listened for at all.
        keys: of the actions that have one.
    """

    is_wanted: bool = False
    keys: Mapping[HotkeyAction, KeyCombination] = field(default_factory=dict)

    def clashes(self) -> Mapping[HotkeyAction, Clash]:
        """Return what cannot be."""
        found: dict[HotkeyAction, Clash] = {}
        owners: dict[KeyCombination, HotkeyAction] = {}
        for action in HotkeyAction:
            combination = self.keys.get(action)
            if combination is None:
                continue
            if combination in EVERYDAY:
                found[action] = Clash(kind=ClashKind.EVERYDAY)
            elif combination in owners:
                found[action] = Clash(kind=ClashKind.OTHER_ACTION, other=owners[combination])
            else:
                owners[combination] = action
        return found

    def to_listen_for(self) -> Mapping[HotkeyAction, KeyCombination]:
        """Return what can be, if it is wanted."""
        if not self.is_wanted:
            return {}
        clashes = self.clashes()
        return {action: keys for action, keys in self.keys.items() if action not in clashes}


def keymap_of(values: Mapping[str, Value]) -> Keymap:
    """Return what the settings say, by their names; what is no combination, or not there, is none."""
    keys: dict[HotkeyAction, KeyCombination] = {}
    for action in HotkeyAction:
        text = values.get(f"{_PREFIX}{action.value}")
        try:
            keys[action] = KeyCombination.of(text if isinstance(text, str) else "")
        except UserError:
            continue
    return Keymap(is_wanted=values.get(_ENABLED) is True, keys=keys)
