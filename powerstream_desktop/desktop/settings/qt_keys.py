"""Which of our keys a key event of Qt's is."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from powerstream_desktop.common.key_combination import DIGITS, FUNCTION_KEYS, LETTERS, Modifier

_Key, _Held = Qt.Key, Qt.KeyboardModifier
_KEYS: Final[Mapping[int, str]] = {
    **{ord(letter): letter for letter in LETTERS},
    **{ord(digit): digit for digit in DIGITS},
    **{_Key.Key_F1 + number: name for number, name in enumerate(FUNCTION_KEYS)},
    _Key.Key_Space: "Space", _Key.Key_Insert: "Insert", _Key.Key_Delete: "Delete", _Key.Key_Home: "Home", _Key.Key_End: "End",
    _Key.Key_PageUp: "PageUp", _Key.Key_PageDown: "PageDown", _Key.Key_Left: "Left", _Key.Key_Right: "Right",
    _Key.Key_Up: "Up", _Key.Key_Down: "Down", _Key.Key_Pause: "Pause", _Key.Key_Print: "Print", _Key.Key_Minus: "Minus",
    _Key.Key_Equal: "Equal", _Key.Key_Comma: "Comma", _Key.Key_Period: "Period", _Key.Key_Slash: "Slash",
    _Key.Key_Backslash: "Backslash", _Key.Key_Semicolon: "Semicolon", _Key.Key_Apostrophe: "Apostrophe",
    _Key.Key_QuoteLeft: "Grave", _Key.Key_BracketLeft: "BracketLeft", _Key.Key_BracketRight: "BracketRight",
}  # fmt: skip
_PAD: Final[Mapping[int, str]] = {
    **{ord(digit): f"Num{digit}" for digit in DIGITS},
    _Key.Key_Plus: "NumAdd", _Key.Key_Minus: "NumSubtract", _Key.Key_Asterisk: "NumMultiply", _Key.Key_Slash: "NumDivide",
    _Key.Key_Period: "NumDecimal", _Key.Key_Comma: "NumDecimal",
}  # fmt: skip
_BESIDE: Final = frozenset(
    {
        _Key.Key_Control,
        _Key.Key_Alt,
        _Key.Key_Shift,
        _Key.Key_Meta,
        _Key.Key_AltGr,
        _Key.Key_Super_L,
        _Key.Key_Super_R,
    }
)


def is_only_beside(event: QKeyEvent) -> bool:
    """Return whether it is a key that is held beside others."""
    return event.key() in _BESIDE


def key_of(event: QKeyEvent) -> str:
    """Return the key; an empty text for one that no shortcut can have."""
    if event.modifiers() & _Held.KeypadModifier:
        return _PAD.get(event.key(), "") or _KEYS.get(event.key(), "")
    return _KEYS.get(event.key(), "")


def modifiers_of(event: QKeyEvent, system: str = sys.platform) -> frozenset[Modifier]:
    """Return what is held. On a Mac, Qt calls the key with the Apple sign "control", and the control key "meta"."""
    control, meta = (Modifier.META, Modifier.CTRL) if system == "darwin" else (Modifier.CTRL, Modifier.META)
    named = {
        _Held.ControlModifier: control,
        _Held.AltModifier: Modifier.ALT,
        _Held.ShiftModifier: Modifier.SHIFT,
        _Held.MetaModifier: meta,
    }
    return frozenset(ours for qts, ours in named.items() if event.modifiers() & qts)
