"""macOS: hotkeys are registered with the system, which tells press and release (style_ecosystem.md 2b). All on the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys import sentences
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import (
    BackendState,
    BackendStatus,
    Binding,
    KeyEvent,
    Listener,
)
from powerstream_desktop.desktop.hotkeys.macos_keyboard import (
    MacKeyboard,
    key_code,
    modifiers_of,
    system_keyboard,
)

NAME: Final = "macOS"


class MacOSBackend:
    """Listens by ``RegisterEventHotKey``.

    Args:
        keyboard: None for the system's own.
    """

    def __init__(self, keyboard: MacKeyboard | None = None) -> None:
        self._keyboard = keyboard or system_keyboard()
        self._listener: Listener | None = None
        self._bound: dict[int, HotkeyAction] = {}
        self._held: dict[int, HotkeyAction] = {}

    def start(self, listener: Listener) -> None:
        """See ``HotkeyBackend``."""
        if self._keyboard.begin(self._take):
            self._listener = listener
            return
        listener.stands(BackendStatus(name=NAME, state=BackendState.GONE, sentence=sentences.NO_MACOS))

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination], *, is_wish: bool = False) -> None:  # noqa: ARG002 - nobody is asked here
        """See ``HotkeyBackend``."""
        if self._listener is None:
            return
        self._unbind()
        bindings: dict[HotkeyAction, Binding] = {}
        for number, (action, combination) in enumerate(keys.items(), start=1):
            bindings[action] = self._bind_one(number, combination)
            if bindings[action].is_bound:
                self._bound[number] = action
        self._listener.stands(BackendStatus(name=NAME, state=BackendState.WORKING, bindings=bindings))

    def close(self) -> None:
        """See ``HotkeyBackend``."""
        if self._listener is not None:
            self._unbind()
            self._keyboard.end()
            self._listener = None

    def _bind_one(self, number: int, combination: KeyCombination) -> Binding:
        code = key_code(combination)
        if code is None:
            return Binding(is_bound=False, sentence=sentences.NO_SUCH_KEY)
        if not self._keyboard.register(number, modifiers_of(combination), code):
            return Binding(is_bound=False, sentence=sentences.TAKEN)
        return Binding(is_bound=True)

    def _unbind(self) -> None:
        for number in self._bound:
            self._keyboard.unregister(number)
        self._bound = {}
        for number in tuple(self._held):
            self._tell(number, is_pressed=False)

    def _take(self, number: int, is_down: bool) -> None:
        if is_down and number in self._bound and number not in self._held:
            self._held[number] = self._bound[number]
            self._tell(number, is_pressed=True)
        elif not is_down and number in self._held:
            self._tell(number, is_pressed=False)

    def _tell(self, number: int, *, is_pressed: bool) -> None:
        action = self._held[number] if is_pressed else self._held.pop(number)
        if self._listener is not None:
            self._listener.heard(KeyEvent(action=action, is_pressed=is_pressed))
