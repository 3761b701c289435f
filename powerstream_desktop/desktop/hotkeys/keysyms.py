"""What X11 and the desktop portal call the keys: the names of keysyms, which both share. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from powerstream_desktop.common.key_combination import KeyCombination, Modifier

_NAMES: Final[Mapping[str, str]] = {
    "Space": "space", "PageUp": "Prior", "PageDown": "Next", "Minus": "minus", "Equal": "equal", "Comma": "comma",
    "Period": "period", "Slash": "slash", "Backslash": "backslash", "Semicolon": "semicolon", "Apostrophe": "apostrophe",
    "Grave": "grave", "BracketLeft": "bracketleft", "BracketRight": "bracketright", "NumAdd": "KP_Add",
    "NumSubtract": "KP_Subtract", "NumMultiply": "KP_Multiply", "NumDivide": "KP_Divide", "NumDecimal": "KP_Decimal",
    **{f"Num{digit}": f"KP_{digit}" for digit in range(10)},
}  # fmt: skip
_PORTAL_MODIFIERS: Final[Mapping[Modifier, str]] = {
    Modifier.CTRL: "CTRL",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
    Modifier.META: "LOGO",
}


def keysym_name(key: str) -> str:
    """Return the keysym's name of a key; of a letter, that of the small one."""
    return _NAMES.get(key, key.lower() if len(key) == 1 else key)


def portal_trigger(combination: KeyCombination) -> str:
    """Return a combination as the desktop portal wants it (the XDG shortcuts specification)."""
    held = [name for modifier, name in _PORTAL_MODIFIERS.items() if modifier in combination.modifiers]
    return "+".join([*held, keysym_name(combination.key)])
