"""Windows: hotkeys belong to a thread, which is sent a message for each press; a release must be looked for (style_ecosystem.md 2b)."""

from __future__ import annotations

import threading
from collections import deque
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
from powerstream_desktop.desktop.hotkeys.windows_keyboard import (
    WindowsKeyboard,
    modifiers_of,
    system_keyboard,
    virtual_key,
)

NAME: Final = "Windows"
END_S: Final = 3.0
POLL_MS: Final = 25
"""How often a held key is looked at; only while one is held."""


class WindowsBackend:
    """Listens by ``RegisterHotKey``.

    Args:
        keyboard: None for the system's own.
    """

    def __init__(self, keyboard: WindowsKeyboard | None = None) -> None:
        self._keyboard = keyboard or system_keyboard()
        self._thread: threading.Thread | None = None
        self._can_be_woken = threading.Event()
        # Written by the window's thread, read by ours.
        self._wishes: deque[Mapping[HotkeyAction, KeyCombination]] = deque(maxlen=1)
        self._is_over = threading.Event()
        # Used by our thread alone.
        self._bound: dict[int, tuple[HotkeyAction, int]] = {}
        self._held: dict[int, HotkeyAction] = {}

    def start(self, listener: Listener) -> None:
        """See ``HotkeyBackend``."""
        self._thread = threading.Thread(target=self._run, args=(listener,), name="hotkeys", daemon=True)
        self._thread.start()
        self._can_be_woken.wait(END_S)

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination], *, is_wish: bool = False) -> None:  # noqa: ARG002 - nobody is asked here
        """See ``HotkeyBackend``."""
        self._wishes.append(dict(keys))
        self._keyboard.wake()

    def close(self) -> None:
        """See ``HotkeyBackend``."""
        if self._thread is None or self._is_over.is_set():
            return
        self._is_over.set()
        self._keyboard.wake()
        self._thread.join(END_S)

    def _run(self, listener: Listener) -> None:
        self._keyboard.begin()
        self._can_be_woken.set()
        while not self._is_over.is_set():
            while self._wishes:
                self._bind(self._wishes.popleft(), listener)
            number = self._keyboard.next_hotkey(POLL_MS if self._held else None)
            if number in self._bound:
                action, key = self._bound[number]
                if key not in self._held:
                    self._held[key] = action
                    listener.heard(KeyEvent(action=action, is_pressed=True))
            self._let_go([key for key in self._held if not self._keyboard.is_down(key)], listener)
        self._unbind(listener)

    def _bind(self, keys: Mapping[HotkeyAction, KeyCombination], listener: Listener) -> None:
        self._unbind(listener)
        bindings: dict[HotkeyAction, Binding] = {}
        for number, (action, combination) in enumerate(keys.items(), start=1):
            key = virtual_key(combination)
            is_bound = self._keyboard.register(number, modifiers_of(combination), key)
            if is_bound:
                self._bound[number] = (action, key)
            bindings[action] = Binding(is_bound=is_bound, sentence="" if is_bound else sentences.TAKEN)
        listener.stands(BackendStatus(name=NAME, state=BackendState.WORKING, bindings=bindings))

    def _unbind(self, listener: Listener) -> None:
        for number in self._bound:
            self._keyboard.unregister(number)
        self._bound = {}
        self._let_go(list(self._held), listener)

    def _let_go(self, keys: list[int], listener: Listener) -> None:
        for key in keys:
            listener.heard(KeyEvent(action=self._held.pop(key), is_pressed=False))
