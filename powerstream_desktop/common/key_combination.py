"""A key and what is held beside it, in one normal form: ``Ctrl+Alt+M``. Pure.

The settings keep it, the window asks for it, and each system's way of listening translates it. A combination that types something
is refused: a hotkey is heard while any program has the focus, and would take that letter away from all of them
(broadcasters.md 5: hotkeys need a modifier).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from powerstream_desktop.common.errors import UserError


class Modifier(StrEnum):
    """What is held; the value is its name in the normal form, in the order of that form."""

    CTRL = "Ctrl"
    ALT = "Alt"
    SHIFT = "Shift"
    META = "Meta"
    """The key with the Windows or Apple sign."""


LETTERS: Final = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS: Final = tuple("0123456789")
FUNCTION_KEYS: Final = tuple(f"F{number}" for number in range(1, 25))
NUMBER_PAD: Final = (
    *(f"Num{digit}" for digit in DIGITS),
    "NumAdd", "NumSubtract", "NumMultiply", "NumDivide", "NumDecimal",
)  # fmt: skip
OTHER_KEYS: Final = (
    "Space", "Insert", "Delete", "Home", "End", "PageUp", "PageDown", "Left", "Right", "Up", "Down", "Pause", "Print",
    "Minus", "Equal", "Comma", "Period", "Slash", "Backslash", "Semicolon", "Apostrophe", "Grave", "BracketLeft", "BracketRight",
)  # fmt: skip
KEYS: Final = (*LETTERS, *DIGITS, *FUNCTION_KEYS, *NUMBER_PAD, *OTHER_KEYS)
"""All keys by their names in the normal form."""

ALONE: Final = frozenset({*(f"F{number}" for number in range(13, 25)), "Pause"})
"""Keys that type nothing and that no program waits for: those of macro pads. They need nothing beside them."""

_MAX_CHARACTERS: Final = 60
_KEYS: Final[Mapping[str, str]] = {key.casefold(): key for key in KEYS}
_MODIFIERS: Final[Mapping[str, Modifier]] = {
    **{modifier.value.casefold(): modifier for modifier in Modifier},
    "control": Modifier.CTRL,
    "option": Modifier.ALT,
    "cmd": Modifier.META,
    "command": Modifier.META,
    "win": Modifier.META,
    "super": Modifier.META,
}
_MAC_SIGNS: Final[Mapping[Modifier, str]] = {
    Modifier.CTRL: "⌃",
    Modifier.ALT: "⌥",
    Modifier.SHIFT: "⇧",
    Modifier.META: "⌘",
}
_MAC_ORDER: Final = (Modifier.CTRL, Modifier.ALT, Modifier.SHIFT, Modifier.META)
_META_NAMES: Final[Mapping[str, str]] = {"win32": "Win", "linux": "Super"}
_SIGNS: Final[Mapping[str, str]] = {
    "Minus": "-", "Equal": "=", "Comma": ",", "Period": ".", "Slash": "/", "Backslash": "\\", "Semicolon": ";",
    "Apostrophe": "'", "Grave": "`", "BracketLeft": "[", "BracketRight": "]", "PageUp": "Page Up", "PageDown": "Page Down",
    "Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "NumAdd": "Num +", "NumSubtract": "Num -", "NumMultiply": "Num *",
    "NumDivide": "Num /", "NumDecimal": "Num .", **{f"Num{digit}": f"Num {digit}" for digit in DIGITS},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCombination:
    """One combination.

    Attributes:
        key: one of ``KEYS``.
        modifiers: what is held beside it.

    Raises:
        UserError: there is no such key, or it would take typing away from other programs.
    """

    key: str
    modifiers: frozenset[Modifier] = frozenset()

    def __post_init__(self) -> None:
        if self.key not in KEYS:
            raise UserError(
                "This key cannot be part of a shortcut.", hint="Take a letter, a digit or a function key."
            )
        if self.key not in ALONE and not self.modifiers - {Modifier.SHIFT}:
            raise UserError(
                "A shortcut needs Ctrl, Alt or the system's own key beside it.",
                hint="Without one it could not be typed any more.",
            )

    @classmethod
    def of(cls, text: str) -> Self:
        """Return what a text means, in any order and case: ``alt+control+m``.

        Raises:
            UserError: it is none.
        """
        *held, key = [part.strip().casefold() for part in text[:_MAX_CHARACTERS].split("+")]
        if len(text) > _MAX_CHARACTERS or key not in _KEYS or any(part not in _MODIFIERS for part in held):
            raise UserError("This is no shortcut.", hint="Write it like Ctrl+Alt+M.")
        return cls(key=_KEYS[key], modifiers=frozenset(_MODIFIERS[part] for part in held))

    def __str__(self) -> str:
        return "+".join([*(modifier.value for modifier in Modifier if modifier in self.modifiers), self.key])

    def shown(self, system: str) -> str:
        """Return it as people of a system know it.

        Args:
            system: as ``sys.platform`` has it.
        """
        key = _SIGNS.get(self.key, self.key)
        if system == "darwin":
            return "".join(_MAC_SIGNS[each] for each in _MAC_ORDER if each in self.modifiers) + key
        meta = _META_NAMES.get(system, Modifier.META.value)
        names = [meta if each is Modifier.META else each.value for each in Modifier if each in self.modifiers]
        return "+".join([*names, key])
