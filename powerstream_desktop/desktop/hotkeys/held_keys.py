"""Which hotkeys are down, seen through a keyboard that repeats. Pure: told the time, in monotonic seconds.

X11 shows a held key as release and press, again and again, with the same time stamp. So a release waits for a moment; a press of the
same key that comes meanwhile takes it back.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import KeyEvent

WAIT_S: Final = 0.02
KeyT = TypeVar("KeyT")


class HeldKeys(Generic[KeyT]):
    """The keys of one keyboard, by whatever the system calls them."""

    def __init__(self) -> None:
        self._held: dict[KeyT, HotkeyAction] = {}
        self._let_go_at: dict[KeyT, float] = {}

    def __bool__(self) -> bool:
        return bool(self._held)

    def keys(self) -> tuple[KeyT, ...]:
        """Return what is down."""
        return tuple(self._held)

    @property
    def due_at(self) -> float | None:
        """When to look again; ``None`` for not before another event."""
        return min(self._let_go_at.values(), default=None)

    def press(self, key: KeyT, action: HotkeyAction | None) -> tuple[KeyEvent, ...]:
        """A key went down, or repeats.

        Args:
            key: which.
            action: what it is for; None for one that is only known while it is held, as its modifiers were let go first.
        """
        self._let_go_at.pop(key, None)
        if action is None or key in self._held:
            return ()
        self._held[key] = action
        return (KeyEvent(action=action, is_pressed=True),)

    def release(self, key: KeyT, now: float) -> None:
        """A key went up, or repeats."""
        if key in self._held:
            self._let_go_at.setdefault(key, now + WAIT_S)

    def look(self, now: float) -> tuple[KeyEvent, ...]:
        """Return what is up for good."""
        up = [key for key, due_at in self._let_go_at.items() if now >= due_at]
        return tuple(self._up(key) for key in up)

    def let_all_go(self) -> tuple[KeyEvent, ...]:
        """Nothing is listened for any more."""
        return tuple(self._up(key) for key in tuple(self._held))

    def _up(self, key: KeyT) -> KeyEvent:
        self._let_go_at.pop(key, None)
        return KeyEvent(action=self._held.pop(key), is_pressed=False)
