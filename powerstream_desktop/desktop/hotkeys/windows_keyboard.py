"""What Windows lets a thread do with hotkeys. Untried: written from the documentation."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final, Protocol

from powerstream_desktop.common.key_combination import KeyCombination, Modifier

NO_REPEAT: Final = 0x4000
_MODIFIERS: Final[Mapping[Modifier, int]] = {
    Modifier.ALT: 0x0001,
    Modifier.CTRL: 0x0002,
    Modifier.SHIFT: 0x0004,
    Modifier.META: 0x0008,
}
_CODES: Final[Mapping[str, int]] = {
    **{f"F{number}": 0x6F + number for number in range(1, 25)},
    **{f"Num{digit}": 0x60 + digit for digit in range(10)},
    "NumMultiply": 0x6A, "NumAdd": 0x6B, "NumSubtract": 0x6D, "NumDecimal": 0x6E, "NumDivide": 0x6F, "Space": 0x20,
    "PageUp": 0x21, "PageDown": 0x22, "End": 0x23, "Home": 0x24, "Left": 0x25, "Up": 0x26, "Right": 0x27, "Down": 0x28,
    "Print": 0x2C, "Insert": 0x2D, "Delete": 0x2E, "Pause": 0x13, "Semicolon": 0xBA, "Equal": 0xBB, "Comma": 0xBC,
    "Minus": 0xBD, "Period": 0xBE, "Slash": 0xBF, "Grave": 0xC0, "BracketLeft": 0xDB, "Backslash": 0xDC,
    "BracketRight": 0xDD, "Apostrophe": 0xDE,
}  # fmt: skip
"""Virtual key codes; of letters and digits they are those of ASCII."""


def virtual_key(combination: KeyCombination) -> int:
    """Return the virtual key code of a combination's key."""
    return _CODES.get(combination.key) or ord(combination.key)


def modifiers_of(combination: KeyCombination) -> int:
    """Return what is held, without repeats."""
    return NO_REPEAT | sum(_MODIFIERS[modifier] for modifier in combination.modifiers)


class WindowsKeyboard(Protocol):
    """The calls that are needed. All but ``wake`` are made on one thread."""

    def begin(self) -> None:
        """Make this thread the one that is told."""
        ...

    def register(self, number: int, modifiers: int, key: int) -> bool:
        """Take a hotkey; False if another program has it."""
        ...

    def unregister(self, number: int) -> None:
        """Give a hotkey back."""
        ...

    def next_hotkey(self, timeout_ms: int | None) -> int | None:
        """Wait for a hotkey, for ``wake``, or for the time; return its number, None for neither."""
        ...

    def is_down(self, key: int) -> bool:
        """Return whether a key is held at this moment."""
        ...

    def wake(self) -> None:
        """End a wait; called on any thread."""
        ...


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _HOTKEY: Final = 0x0312
    _WAKE: Final = 0x8000
    _ALL_INPUT: Final = 0x04FF
    _REMOVE: Final = 0x0001
    _FOR_EVER: Final = 0xFFFFFFFF

    class User32:
        """The system's own."""

        def __init__(self) -> None:
            self._user32 = ctypes.windll.user32
            # Written by the thread that is told, before anybody wakes it.
            self._thread_id = 0

        def begin(self) -> None:
            """See ``WindowsKeyboard``."""
            message = wintypes.MSG()
            # A thread has no queue of messages before it has looked into it once.
            self._user32.PeekMessageW(ctypes.byref(message), None, _WAKE, _WAKE, 0)
            self._thread_id = ctypes.windll.kernel32.GetCurrentThreadId()

        def register(self, number: int, modifiers: int, key: int) -> bool:
            """See ``WindowsKeyboard``."""
            return bool(self._user32.RegisterHotKey(None, number, modifiers, key))

        def unregister(self, number: int) -> None:
            """See ``WindowsKeyboard``."""
            self._user32.UnregisterHotKey(None, number)

        def next_hotkey(self, timeout_ms: int | None) -> int | None:
            """See ``WindowsKeyboard``."""
            # What was in the queue before ends no wait.
            if (number := self._in_queue()) is not None:
                return number
            timeout = _FOR_EVER if timeout_ms is None else timeout_ms
            self._user32.MsgWaitForMultipleObjects(0, None, 0, timeout, _ALL_INPUT)
            return self._in_queue()

        def _in_queue(self) -> int | None:
            message = wintypes.MSG()
            while self._user32.PeekMessageW(ctypes.byref(message), None, 0, 0, _REMOVE):
                if message.message == _HOTKEY:
                    return int(message.wParam)
            return None

        def is_down(self, key: int) -> bool:
            """See ``WindowsKeyboard``."""
            return bool(self._user32.GetAsyncKeyState(key) & 0x8000)

        def wake(self) -> None:
            """See ``WindowsKeyboard``."""
            self._user32.PostThreadMessageW(self._thread_id, _WAKE, 0, 0)

    def system_keyboard() -> WindowsKeyboard:
        """Return the system's own."""
        return User32()

else:

    def system_keyboard() -> WindowsKeyboard:
        """Return the system's own; there is none here."""
        raise NotImplementedError("Windows has it.")
