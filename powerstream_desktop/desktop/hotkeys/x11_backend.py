"""X11: keys are grabbed on the root window (style_ecosystem.md 2b). A thread of its own, with a connection of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import SystemFault
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
from powerstream_desktop.desktop.hotkeys.held_keys import HeldKeys
from powerstream_desktop.desktop.hotkeys.wishing_thread import WishingThread
from powerstream_desktop.desktop.hotkeys.x11_keyboard import Place, X11Keyboard

NAME: Final = "X11"


class X11Backend:
    """Listens on an X server.

    Args:
        display: such as ``:0``; None for the session's.
        clock: gives the time.
    """

    def __init__(self, display: str | None = None, *, clock: Clock = monotonic) -> None:
        self._display = display
        self._clock = clock
        self._work: WishingThread[Mapping[HotkeyAction, KeyCombination]] = WishingThread()

    def start(self, listener: Listener) -> None:
        """See ``HotkeyBackend``."""
        self._work.start(lambda: self._run(listener))

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination], *, is_wish: bool = False) -> None:  # noqa: ARG002 - nobody is asked here
        """See ``HotkeyBackend``."""
        self._work.wish(dict(keys))

    def close(self) -> None:
        """See ``HotkeyBackend``."""
        self._work.close()

    def _run(self, listener: Listener) -> None:
        try:
            keyboard = X11Keyboard(self._display)
        except SystemFault:
            listener.stands(BackendStatus(name=NAME, state=BackendState.GONE, sentence=sentences.NO_X_SERVER))
            return
        ears = _Ears(keyboard, listener, self._clock)
        try:
            keyboard.learn()
            while not self._work.is_over:
                if (wish := self._work.taken()) is not None:
                    ears.bind(wish)
                while ears.hear():
                    pass  # whoever asks the server something is handed events meanwhile, and its socket says nothing of them
                due_at = ears.due_at
                self._work.wait(
                    keyboard.fileno(), None if due_at is None else max(0.0, due_at - self._clock())
                )
        except SystemFault as fault:
            listener.stands(BackendStatus(name=NAME, state=BackendState.GONE, sentence=fault.title))
        finally:
            ears.let_go()
            keyboard.close()


class _Ears:
    """What is grabbed and held; lives on the backend's thread."""

    def __init__(self, keyboard: X11Keyboard, listener: Listener, clock: Clock) -> None:
        self._keyboard = keyboard
        self._listener = listener
        self._clock = clock
        self._keys: Mapping[HotkeyAction, KeyCombination] = {}
        self._places: dict[HotkeyAction, tuple[Place, ...]] = {}
        self._actions: dict[Place, HotkeyAction] = {}
        self._held: HeldKeys[int] = HeldKeys()

    @property
    def due_at(self) -> float | None:
        """When to hear again, if nothing comes before."""
        return self._held.due_at

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination]) -> None:
        """Grab these and no others."""
        self.let_go()
        self._keys = keys
        self._keyboard.let_all_go()
        self._actions = {}
        bindings: dict[HotkeyAction, Binding] = {}
        self._places = self._where()
        for action, places in self._places.items():
            is_ours = self._keyboard.grab(places)
            if is_ours:
                self._actions.update(dict.fromkeys(places, action))
            why_not = sentences.NO_SUCH_KEY if not places else "" if is_ours else sentences.TAKEN
            bindings[action] = Binding(is_bound=not why_not, sentence=why_not)
        self._listener.stands(BackendStatus(name=NAME, state=BackendState.WORKING, bindings=bindings))

    def hear(self) -> bool:
        """Tell what has come; return whether something had."""
        events = tuple(self._keyboard.events())
        for kind, place, stamp_ms in events:
            if kind == "release":
                self._held.release(place[0], stamp_ms, self._clock())
            elif kind == "press":
                self._tell(self._held.press(place[0], self._actions.get(place), stamp_ms))
        self._tell(self._held.look(self._clock()))
        if any(kind == "mapping" for kind, _, _ in events):
            self._follow_layout()
        return bool(events)

    def _follow_layout(self) -> None:
        """Grab anew if a key lies elsewhere; a second keyboard that is touched says "mapping" too, and changes nothing."""
        if self._keyboard.learn() or self._where() != self._places:
            self.bind(self._keys)

    def _where(self) -> dict[HotkeyAction, tuple[Place, ...]]:
        return {action: self._keyboard.places(combination) for action, combination in self._keys.items()}

    def let_go(self) -> None:
        """Tell that nothing is held any more."""
        self._tell(self._held.let_all_go())

    def _tell(self, events: tuple[KeyEvent, ...]) -> None:
        for event in events:
            self._listener.heard(event)
