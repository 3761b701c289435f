"""What the keys mean while a replay is reviewed: those of every cutting desk. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt

from powerstream_desktop.desktop.review.time_code import US_PER_S


class Deed(Enum):
    """What a key does; those that go somewhere have their distance in ``SKIPS_US``."""

    TOGGLE = "toggle"
    BACKWARD = "backward"
    HOLD = "hold"
    FORWARD = "forward"
    STEP_BACK = "step back"
    STEP_ON = "step on"
    SECOND_BACK = "second back"
    SECOND_ON = "second on"
    TEN_BACK = "ten back"
    TEN_ON = "ten on"
    TO_BEGINNING = "to beginning"
    TO_END = "to end"
    IN = "in"
    OUT = "out"
    MARK = "mark"
    MARK_NAMED = "mark named"
    MUTE = "mute"
    LOUDER = "louder"
    SOFTER = "softer"
    FULL_SCREEN = "full screen"


SKIPS_US: Final[Mapping[Deed, int]] = {
    Deed.SECOND_BACK: -US_PER_S,
    Deed.SECOND_ON: US_PER_S,
    Deed.TEN_BACK: -10 * US_PER_S,
    Deed.TEN_ON: 10 * US_PER_S,
}
_PLAIN: Final[Mapping[int, Deed]] = {
    Qt.Key.Key_Space: Deed.TOGGLE,
    Qt.Key.Key_J: Deed.BACKWARD,
    Qt.Key.Key_K: Deed.HOLD,
    Qt.Key.Key_L: Deed.FORWARD,
    Qt.Key.Key_Left: Deed.STEP_BACK,
    Qt.Key.Key_Right: Deed.STEP_ON,
    Qt.Key.Key_Home: Deed.TO_BEGINNING,
    Qt.Key.Key_End: Deed.TO_END,
    Qt.Key.Key_I: Deed.IN,
    Qt.Key.Key_O: Deed.OUT,
    Qt.Key.Key_M: Deed.MARK,
    Qt.Key.Key_S: Deed.MUTE,
    Qt.Key.Key_Up: Deed.LOUDER,
    Qt.Key.Key_Down: Deed.SOFTER,
    Qt.Key.Key_F: Deed.FULL_SCREEN,
}
_WITH_SHIFT: Final[Mapping[int, Deed]] = {
    Qt.Key.Key_Left: Deed.SECOND_BACK,
    Qt.Key.Key_Right: Deed.SECOND_ON,
    Qt.Key.Key_M: Deed.MARK_NAMED,
}
_WITH_CONTROL: Final[Mapping[int, Deed]] = {Qt.Key.Key_Left: Deed.TEN_BACK, Qt.Key.Key_Right: Deed.TEN_ON}
_MODIFIER: Final = Qt.KeyboardModifier


def deed_of(key: int, modifiers: Qt.KeyboardModifier) -> Deed | None:
    """Return what a key means; None if it means nothing here."""
    held = modifiers & ~_MODIFIER.KeypadModifier
    if held == _MODIFIER.NoModifier:
        return _PLAIN.get(key)
    if held == _MODIFIER.ShiftModifier:
        return _WITH_SHIFT.get(key)
    return _WITH_CONTROL.get(key) if held == _MODIFIER.ControlModifier else None
