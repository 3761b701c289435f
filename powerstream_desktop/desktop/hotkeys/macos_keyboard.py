"""What Carbon lets a Mac's program do with hotkeys: needs no permission, and consumes the key. Untried: written from the headers.

Its handler is called by the main run loop, which Qt runs: all of this happens on the window's thread.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from powerstream_desktop.common.key_combination import KeyCombination, Modifier

_MODIFIERS: Final[Mapping[Modifier, int]] = {
    Modifier.META: 1 << 8,
    Modifier.SHIFT: 1 << 9,
    Modifier.ALT: 1 << 11,
    Modifier.CTRL: 1 << 12,
}
# By place on the keyboard, as Carbon has them: 0 is the key right of Caps Lock on every Mac.
_ROWS: Final = (
    (0x00, "ASDFHGZXCV"), (0x0B, "BQWERYT123465"), (0x1F, "OU"), (0x22, "IP"), (0x25, "LJ"), (0x2D, "NM"),
)  # fmt: skip
_CODES: Final[Mapping[str, int]] = {
    **{letter: first + step for first, letters in _ROWS for step, letter in enumerate(letters)},
    "K": 0x28, "9": 0x19, "7": 0x1A, "8": 0x1C, "0": 0x1D, "Equal": 0x18, "Minus": 0x1B, "BracketRight": 0x1E,
    "BracketLeft": 0x21, "Apostrophe": 0x27, "Semicolon": 0x29, "Backslash": 0x2A, "Comma": 0x2B, "Slash": 0x2C,
    "Period": 0x2F, "Grave": 0x32, "Space": 0x31, "Home": 0x73, "PageUp": 0x74, "Delete": 0x75, "End": 0x77,
    "PageDown": 0x79, "Left": 0x7B, "Right": 0x7C, "Down": 0x7D, "Up": 0x7E, "Insert": 0x72, "NumDecimal": 0x41,
    "NumMultiply": 0x43, "NumAdd": 0x45, "NumDivide": 0x4B, "NumSubtract": 0x4E,
    "Num0": 0x52, "Num1": 0x53, "Num2": 0x54, "Num3": 0x55, "Num4": 0x56, "Num5": 0x57, "Num6": 0x58, "Num7": 0x59,
    "Num8": 0x5B, "Num9": 0x5C, "F1": 0x7A, "F2": 0x78, "F3": 0x63, "F4": 0x76, "F5": 0x60, "F6": 0x61, "F7": 0x62,
    "F8": 0x64, "F9": 0x65, "F10": 0x6D, "F11": 0x67, "F12": 0x6F, "F13": 0x69, "F14": 0x6B, "F15": 0x71, "F16": 0x6A,
    "F17": 0x40, "F18": 0x4F, "F19": 0x50, "F20": 0x5A,
}  # fmt: skip


def key_code(combination: KeyCombination) -> int | None:
    """Return the code of a combination's key; None for one that no Mac has."""
    return _CODES.get(combination.key)


def modifiers_of(combination: KeyCombination) -> int:
    """Return what is held, as Carbon counts it."""
    return sum(_MODIFIERS[modifier] for modifier in combination.modifiers)


class MacKeyboard(Protocol):
    """The calls that are needed, all on the window's thread."""

    def begin(self, told: Callable[[int, bool], None]) -> bool:
        """Be told of hotkeys, by number, and whether they went down; False if that cannot be."""
        ...

    def register(self, number: int, modifiers: int, code: int) -> bool:
        """Take a hotkey; False if another program has it."""
        ...

    def unregister(self, number: int) -> None:
        """Give a hotkey back."""
        ...

    def end(self) -> None:
        """Be told no more."""
        ...


_KEYBOARD_CLASS: Final = int.from_bytes(b"keyb", "big")
_OURS: Final = int.from_bytes(b"PwSt", "big")
_PRESSED, _RELEASED = 5, 6
_DIRECT_OBJECT: Final = int.from_bytes(b"----", "big")
_HOTKEY_ID: Final = int.from_bytes(b"hkid", "big")
_EXCLUSIVE: Final = 1


class _EventType(ctypes.Structure):
    _fields_ = [("kind_class", ctypes.c_uint32), ("kind", ctypes.c_uint32)]


class _HotkeyID(ctypes.Structure):
    _fields_ = [("signature", ctypes.c_uint32), ("number", ctypes.c_uint32)]


_Handler = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class Carbon:
    """The system's own."""

    def __init__(self) -> None:
        self._carbon: Any = ctypes.CDLL("/System/Library/Frameworks/Carbon.framework/Carbon")
        self._carbon.GetEventDispatcherTarget.restype = ctypes.c_void_p
        self._told: Callable[[int, bool], None] = lambda _number, _is_down: None
        self._handler = _Handler(self._take)  # kept: the system holds it without counting
        self._installed = ctypes.c_void_p()
        self._taken: dict[int, ctypes.c_void_p] = {}

    def begin(self, told: Callable[[int, bool], None]) -> bool:
        """See ``MacKeyboard``."""
        self._told = told
        kinds = (_EventType * 2)(
            _EventType(_KEYBOARD_CLASS, _PRESSED), _EventType(_KEYBOARD_CLASS, _RELEASED)
        )
        status = self._carbon.InstallEventHandler(
            self._target(), self._handler, ctypes.c_ulong(2), kinds, None, ctypes.byref(self._installed)
        )
        return bool(status == 0)

    def register(self, number: int, modifiers: int, code: int) -> bool:
        """See ``MacKeyboard``."""
        taken = ctypes.c_void_p()
        status = self._carbon.RegisterEventHotKey(
            ctypes.c_uint32(code),
            ctypes.c_uint32(modifiers),
            _HotkeyID(_OURS, number),
            self._target(),
            ctypes.c_uint32(_EXCLUSIVE),
            ctypes.byref(taken),
        )
        if status == 0:
            self._taken[number] = taken
        return bool(status == 0)

    def unregister(self, number: int) -> None:
        """See ``MacKeyboard``."""
        self._carbon.UnregisterEventHotKey(self._taken.pop(number))

    def end(self) -> None:
        """See ``MacKeyboard``."""
        self._carbon.RemoveEventHandler(self._installed)

    def _target(self) -> ctypes.c_void_p:
        return ctypes.c_void_p(self._carbon.GetEventDispatcherTarget())

    def _take(self, _next: int, event: int, _data: int) -> int:
        found = _HotkeyID()
        reference = ctypes.c_void_p(event)
        size = ctypes.c_ulong(ctypes.sizeof(found))
        status: int = self._carbon.GetEventParameter(
            reference,
            ctypes.c_uint32(_DIRECT_OBJECT),
            ctypes.c_uint32(_HOTKEY_ID),
            None,
            size,
            None,
            ctypes.byref(found),
        )
        if status == 0 and found.signature == _OURS:
            self._told(found.number, self._carbon.GetEventKind(reference) == _PRESSED)
        return status


def system_keyboard() -> MacKeyboard:
    """Return the system's own; OSError where there is none."""
    return Carbon()
