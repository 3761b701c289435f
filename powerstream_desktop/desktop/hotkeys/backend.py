"""How a system lets a program listen for keys: one port, and a way for each system behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction


class BackendState(Enum):
    """Whether keys are heard.

    STARTING: not yet known. WORKING: they are, but for those that were refused. ASKS_FIRST: the desktop wants the user to choose them in a
    dialog of its own. GONE: it cannot be, or no longer.
    """

    STARTING = "starting"
    WORKING = "working"
    ASKS_FIRST = "asks-first"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What became of a wish for a key.

    Attributes:
        is_bound: it is listened for.
        trigger: the key in the system's own words, where the system chose it; empty otherwise.
        sentence: why it is not listened for.
    """

    is_bound: bool
    trigger: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendStatus:
    """How a way of listening stands.

    Attributes:
        name: of the way, as people may look it up: ``X11``.
        state: whether keys are heard.
        sentence: why not; empty otherwise.
        bindings: what became of each wish.
        is_chosen_by_system: the keys are chosen in a dialog of the desktop, and not here.
    """

    name: str
    state: BackendState
    sentence: str = ""
    bindings: Mapping[HotkeyAction, Binding] = field(default_factory=dict)
    is_chosen_by_system: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEvent:
    """A hotkey went down, or up. A key that repeats by itself is told once.

    Attributes:
        action: whose key it is.
        is_pressed: down.
    """

    action: HotkeyAction
    is_pressed: bool


class Listener(Protocol):
    """Who is told. May be called on any thread, must return at once and raise nothing."""

    def heard(self, event: KeyEvent) -> None:
        """A hotkey moved."""
        ...

    def stands(self, status: BackendStatus) -> None:
        """Something changed in how the way stands."""
        ...


class HotkeyBackend(Protocol):
    """A way of listening. Its methods are called on the window's thread, and return at once except for ``close``.

    Between ``start`` and ``close`` the listener is told how it stands after each ``bind``. A key that is held when its binding goes is
    told as released: nobody talks for ever because a key was set anew.
    """

    def start(self, listener: Listener) -> None:
        """Begin. A system that cannot do it says so by its status, and raises nothing."""
        ...

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination], *, is_wish: bool = False) -> None:
        """Listen for these and for no others.

        Args:
            keys: at most one combination for each action, none of them twice.
            is_wish: the user asked for it this moment: the desktop may open its dialog.
        """
        ...

    def close(self) -> None:
        """Listen no more; waits for three seconds at most. Harmless when repeated."""
        ...
